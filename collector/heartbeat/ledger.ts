import { randomBytes } from "node:crypto";
import {
  BEAT_WINDOW_S,
  type Beat,
  beatPseudonym,
  beatSecret,
  openBeat,
  readBeatName,
} from "../../protocol/dns-beat.ts";
import type { ProbeConfig } from "../../protocol/wire.ts";
import type { EpochMs } from "../analysis/types.ts";
import { knownProbe } from "../ingest/known-probe.ts";
import type { Store } from "../store/store.ts";

/** A name asked for, judged: a beat that counts, one that counted before, or none of ours. */
export type Judgement =
  | { readonly kind: "counts"; readonly probe: string; readonly beat: Beat }
  | { readonly kind: "replay" }
  | { readonly kind: "unknown" };

export type BeatLedger = {
  readonly zone: string;
  /** What a probe is told; null: what anyone may be told. */
  configFor: (probe: string | null) => NonNullable<ProbeConfig["dnsBeat"]>;
  judge: (name: string) => Promise<Judgement>;
};

/** Pseudonyms are made anew at most so often: a name nobody knows costs no more than a look into a map. */
const RENEW_MS = 10_000;
/** Beats remembered against replays: more than the rate limit lets through within their window. */
const REMEMBERED = 150_000;

/**
 * Knows whose beat a name is, and whether it was heard before. What was heard is kept in memory for as long as the
 * window lets it pass; after a start only beats made since then count, so that those heard before cannot count again
 * (but for those of a probe whose clock was ahead, once and within the window). Throws what the store throws.
 */
export async function createBeatLedger(store: Store, zone: string, now: () => EpochMs = Date.now): Promise<BeatLedger> {
  const root = await store.state.once("dns-beat-secret", () => randomBytes(32).toString("hex"));
  const startedS = Math.floor(now() / 1000);
  const heard = new Map<string, number>();
  const names = pseudonyms(store, root, now);
  return {
    zone,
    configFor: (probe) => (probe === null ? { zone } : { zone, secret: beatSecret(root, probe) }),
    judge: async (name) => {
      const nowS = Math.floor(now() / 1000);
      const sealed = readBeatName(name, zone);
      if (sealed === null || sealed.at < startedS || Math.abs(sealed.at - nowS) > BEAT_WINDOW_S) return unknown;
      const probe = await names(sealed.pseudonym, sealed.at);
      const beat = probe === null ? null : openBeat(sealed, { zone, secret: beatSecret(root, probe) });
      if (probe === null || beat === null || !(await knownProbe(store, probe)).ok) return unknown;
      const key = sealed.label.toString("latin1");
      if (heard.has(key)) return { kind: "replay" };
      forget(heard, nowS);
      if (heard.size >= REMEMBERED) return unknown;
      heard.set(key, sealed.at + BEAT_WINDOW_S);
      return { kind: "counts", probe, beat };
    },
  };
}

const unknown: Judgement = { kind: "unknown" };

/** Drops from the oldest end what the window no longer lets pass. */
function forget(heard: Map<string, number>, nowS: number): void {
  for (const [key, until] of heard) {
    if (until >= nowS) return;
    heard.delete(key);
  }
}

/** Finds the probe behind a pseudonym of the day of a time in seconds; null when there is none. */
function pseudonyms(store: Store, root: string, now: () => EpochMs) {
  const days = new Map<number, { madeAt: number; probes: Promise<Map<string, string>> }>();
  const make = async (at: number) => {
    const all = (await store.probes.all()).filter(({ revoked, left }) => !revoked && left === null);
    return new Map(all.map(({ id }) => [beatPseudonym(beatSecret(root, id), at), id]));
  };
  return async (pseudonym: string, at: number): Promise<string | null> => {
    const day = Math.floor(at / 86_400);
    const known = days.get(day);
    const probe = (await known?.probes)?.get(pseudonym);
    if (probe !== undefined) return probe;
    let newest = days.get(day);
    if (newest === undefined || Math.abs(now() - newest.madeAt) >= RENEW_MS) {
      newest = { madeAt: now(), probes: make(at) };
      days.set(day, newest);
      for (const other of days.keys()) if (Math.abs(other - day) > 1) days.delete(other);
    }
    return (await newest.probes).get(pseudonym) ?? null;
  };
}
