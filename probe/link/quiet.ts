import type { Anchor } from "../../protocol/target.ts";
import { checkAnchors } from "./anchors.ts";
import type { Authenticity, Proved } from "./authentic.ts";
import { type Collectors, checkCollectors, collectorWord } from "./collectors.ts";
import { hello } from "./hello.ts";
import type { Names } from "./names.ts";
import { readWayOut } from "./way-out.ts";

/** What a look can prove to be as it was. */
export type Evidence = "resolver" | "foreign" | "proof" | "collector";

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
 * The rotation on a quiet line, an hour of which may cost 62 KB (1.5 MB a day). In bytes of IP as measured in a
 * namespace (test/probe/link/bytes.test.ts): a question to the resolver some 120, a connection ended by a reset 220,
 * one with a ClientHello 470, a proof of identity 2,000 to 5,000.
 */
const EVERY = { foreign: 2, hello: 8, proof: 160 };

/** The way out in one line, to see whether it is still the same. */
export async function wayWord(towards: string | undefined, signal: AbortSignal): Promise<string> {
  return JSON.stringify(await readWayOut(towards, signal));
}

/**
 * Makes the cheap look that says "nothing has changed": by turns a question to the resolver and a connection to one of
 * the anchors abroad that proved themselves, every eighth look with a ClientHello, and every 160th look (40 minutes) a
 * proof of identity. Never the same anchor twice in a row. A cable, a route or a tunnel that changed is seen at each
 * look. One failure decides nothing: a look in full follows.
 */
export function createQuietLook(): (options: QuietOptions, signal: AbortSignal) => Promise<QuietLook> {
  let count = 0;
  return async (options, signal) => {
    count += 1;
    const { anchors, collectors, collectorWas, way } = options;
    const isForeign = count % EVERY.foreign === 1;
    const [now, asked, collector] = await Promise.all([
      wayWord(anchors.find(({ group }) => group === "foreign")?.addresses[0], signal),
      isForeign ? askAbroad(options, count, signal) : askResolver(options, count, signal),
      collectors.length > 0 ? checkCollectors(collectors, options, signal).then(collectorWord) : "none",
    ]);
    const proved: Evidence[] = [...asked.proved];
    if (collector === "ok") proved.push("collector");
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

async function askAbroad(options: QuietOptions, turn: number, signal: AbortSignal): Promise<QuietLook> {
  const { anchors, authenticity, timeoutMs } = options;
  const abroad = anchors.filter(({ group }) => group === "foreign");
  const known = authenticity.proved().filter(({ id }) => abroad.some((anchor) => anchor.id === id));
  const next = turnOf(known, Math.floor(turn / EVERY.foreign));
  const anchor = abroad.find(({ id }) => id === next?.id) ?? abroad[turn % Math.max(1, abroad.length)];
  if (anchor === undefined) return { ok: true, proved: [] };
  const isProof = next === undefined || turn % EVERY.proof === 1;
  if (!isProof) {
    const { ok } = await hello(
      { ip: next.ip, port: anchor.port, timeoutMs, withHello: turn % EVERY.hello === 1 },
      signal,
    );
    return { ok, proved: ok ? ["foreign"] : [] };
  }
  authenticity.doubt(anchor.id);
  const [check] = await checkAnchors([anchor], options, signal);
  const ok = check?.ok ?? false;
  return { ok, proved: ok ? ["foreign", "proof"] : [] };
}

function turnOf(known: readonly Proved[], turn: number): Proved | undefined {
  return [...known].sort((a, b) => (a.id < b.id ? -1 : 1))[turn % Math.max(1, known.length)];
}
