import type { Anchor } from "../../protocol/target.ts";
import { checkAnchors } from "./anchors.ts";
import type { Authenticity, Proved } from "./authentic.ts";
import { type Collectors, checkCollectors, collectorWord } from "./collectors.ts";
import { hello } from "./hello.ts";
import type { Names } from "./names.ts";
import { readWayOut } from "./way-out.ts";

/** What a look can prove to be as it was. */
export type Evidence = "way" | "resolver" | "foreign" | "proof" | "collector";

/** Whether all that was asked is as it should be, and what that was. */
export type QuietLook = { ok: boolean; proved: readonly Evidence[] };

export type QuietOptions = {
  anchors: readonly Anchor[];
  names: Names;
  authenticity: Authenticity;
  timeoutMs: number;
  random: () => number;
  /** Addresses of the collector to look at; empty while a word of it is fresh. */
  collectors: Collectors;
  collectorWas: ReturnType<typeof collectorWord>;
  /** The way out at the last full look, as {@link wayWord} says it. */
  way: string;
};

/**
 * The rotation on a quiet line, which may cost 1.5 MB a day or 260 bytes a look, in bytes of IP as a data plan counts
 * them (test/probe/link/bytes.test.ts): a question to the resolver some 130, a connection ended by a reset 224, one
 * with a ClientHello 500, a proof of identity 2,000 to 5,000. Numbers are looks from one to the next.
 */
export type Rotation = { foreign: number; hello: number; proof: number };
const EVERY: Rotation = { foreign: 2, hello: 20, proof: 160 };
/** An anchor that answers in less than this part of the shortest time known is somebody nearer: a portal, a proxy. */
const NEARER = { part: 0.4, leastMs: 20 };

/** The way out in one line, to see whether it is still the same. */
export async function wayWord(towards: string | undefined, signal: AbortSignal): Promise<string> {
  return JSON.stringify(await readWayOut(towards, signal));
}

/**
 * Makes the cheap look that says "nothing has changed": by turns a question to the resolver and a connection to one of
 * the anchors abroad that proved themselves, now and then with a ClientHello or, every 40 minutes, with a proof of
 * identity. Never the same anchor twice in a row. A cable, a route or a tunnel that changed is seen at each look. One
 * failure decides nothing: a look in full follows.
 */
export function createQuietLook(
  every: Rotation = EVERY,
): (options: QuietOptions, signal: AbortSignal) => Promise<QuietLook> {
  let count = 0;
  const shortest = new Map<string, number>();
  return async (options, signal) => {
    count += 1;
    const { anchors, collectors, collectorWas, way } = options;
    const isForeign = count % every.foreign === 1;
    const [now, asked, collector] = await Promise.all([
      wayWord(anchors.find(({ group }) => group === "foreign")?.addresses[0], signal),
      isForeign ? askAbroad(options, { every, count, shortest }, signal) : askResolver(options, count, signal),
      collectors.length > 0 ? checkCollectors(collectors, options, signal).then(collectorWord) : "none",
    ]);
    const proved: Evidence[] = [...asked.proved];
    if (collector === "ok") proved.push("collector");
    if (now === way) proved.push("way");
    const isReached = collector === "none" || collector === collectorWas;
    return { ok: now === way && asked.ok && isReached, proved };
  };
}

async function askResolver({ anchors, names, timeoutMs }: QuietOptions, turn: number, signal: AbortSignal) {
  const home = anchors.filter(({ group }) => group === "domestic");
  const { host } = home[turn % Math.max(1, home.length)] ?? {};
  const check = host === undefined ? null : await names.check([host], timeoutMs, signal);
  if (check === null) return { ok: true, proved: [] };
  return { ok: check.ok, proved: check.ok ? (["resolver"] as const) : [] };
}

type Turn = { every: Rotation; count: number; shortest: Map<string, number> };

async function askAbroad(
  options: QuietOptions,
  { every, count, shortest }: Turn,
  signal: AbortSignal,
): Promise<QuietLook> {
  const { anchors, authenticity, timeoutMs } = options;
  const abroad = anchors.filter(({ group }) => group === "foreign");
  const known = authenticity.proved().filter(({ id }) => abroad.some((anchor) => anchor.id === id));
  const next = turnOf(known, Math.floor(count / every.foreign));
  const anchor = abroad.find(({ id }) => id === next?.id) ?? abroad[count % Math.max(1, abroad.length)];
  if (anchor === undefined) return { ok: true, proved: [] };
  const isProof = next === undefined || count % every.proof === 1;
  if (!isProof) {
    const withHello = count % every.hello === 1;
    const { ok, ms } = await hello({ ip: next.ip, port: anchor.port, timeoutMs, withHello }, signal);
    const known = shortest.get(next.ip) ?? Number.POSITIVE_INFINITY;
    const isNearer = Number.isFinite(known) && known >= NEARER.leastMs && (ms ?? known) < known * NEARER.part;
    if (ok && ms !== null && !isNearer) shortest.set(next.ip, Math.min(known, ms));
    return ok && !isNearer ? { ok, proved: ["foreign"] } : { ok: false, proved: [] };
  }
  authenticity.doubt(anchor.id);
  const [check] = await checkAnchors([anchor], options, signal);
  const ok = check?.ok ?? false;
  return { ok, proved: ok ? ["foreign", "proof"] : [] };
}

function turnOf(known: readonly Proved[], turn: number): Proved | undefined {
  return [...known].sort((a, b) => (a.id < b.id ? -1 : 1))[turn % Math.max(1, known.length)];
}
