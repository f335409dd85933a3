import type { Anchor } from "../../protocol/target.ts";
import type { ProbeClock } from "../clock.ts";
import { createAuthenticity } from "./authentic.ts";
import { type Collectors, collectorWord } from "./collectors.ts";
import { type DateReading, readDates } from "./dates.ts";
import { createNames } from "./names.ts";
import { createQuietLook, type QuietLook, type Rotation, wayWord } from "./quiet.ts";
import { defaultRoute } from "./route.ts";
import { type Sensed, sense } from "./sense.ts";

/** How a look in full is made: `calm` trusts earlier proofs, `atOnce` asks everything together. */
export type LookManner = "first" | "calm" | "doubtful" | "atOnce";

/** The two looks there are. */
export type Look = {
  full: (manner: LookManner, signal: AbortSignal) => Promise<Sensed>;
  /** Whether all is still as the last look in full found it. Only for a line that was well. */
  quiet: (signal: AbortSignal) => Promise<QuietLook>;
  /** Monotonic time of the last proof that a collector is reached, its word or a look at it; null without any. */
  heardMono: () => number | null;
  /** Milliseconds until the collector's next word is overdue; null when it is, or none was ever heard. */
  overdueMs: () => number | null;
  /** What the anchors say the time is. */
  dates: (signal: AbortSignal) => Promise<DateReading[]>;
};

export type LookOptions = {
  anchors: () => readonly Anchor[];
  /** The host's own resolvers, `ip:port`. */
  servers: () => readonly string[];
  isBogon: (ip: string) => boolean;
  /** PEM certificates trusted besides the public roots. */
  ca: readonly string[];
  clock: ProbeClock;
  timeoutMs: () => number;
  /** A word of the collector this old still says that it is reached. */
  patienceMs: () => number;
  /** What delivery knows of the collector's addresses. */
  routes: () => Collectors;
  /** Whether the addresses of the collector may be looked at directly; not where a proxy leads to them. */
  isDirect: boolean;
  random?: () => number;
  /** How often a cheap look asks for what; see quiet.ts. */
  rotation?: Rotation;
};

/** Ports are tested this often while the line stays bad: a greeting over QUIC alone is 1,200 bytes. */
const PORTS_MS = 60_000;

/** Makes the looks; names, proofs of identity and the way out are remembered from one to the next. */
export function createLook(options: LookOptions): Look {
  const { clock, isDirect, routes, random = Math.random } = options;
  const family = () => defaultRoute()?.family ?? "v4";
  const nowMs = clock.monoMs;
  const names = createNames({ servers: options.servers, isBogon: options.isBogon, family, nowMs });
  const authenticity = createAuthenticity(options.ca, nowMs);
  const gateways = new Set<string>();
  const quiet = createQuietLook(options.rotation);
  const common = () => ({
    anchors: options.anchors(),
    names,
    authenticity,
    timeoutMs: options.timeoutMs(),
    random,
    gateways,
  });
  const towards = () => options.anchors().find(({ group }) => group === "foreign")?.addresses[0];
  /** Ports tested on a line that is bad, and when. */
  let tested: { ports: Sensed["ports"]; mono: number } | null = null;
  let lookedMono: number | null = null;
  const heardMono = () => {
    const heard = clock.heardMono();
    return lookedMono === null || heard === null ? (heard ?? lookedMono) : Math.max(heard, lookedMono);
  };
  const overdueMs = () => {
    const heard = clock.heardMono();
    const leftMs = heard === null ? 0 : heard + options.patienceMs() - clock.monoMs();
    return leftMs > 0 ? leftMs : null;
  };
  const isHeard = () => overdueMs() !== null;
  let last: { way: string; collector: ReturnType<typeof collectorWord> } | null = null;
  return {
    heardMono,
    overdueMs,
    dates: (signal) => readDates({ ...common(), ca: options.ca, monoMs: clock.monoMs }, signal),
    full: async (manner, signal) => {
      const way = await wayWord(towards(), signal);
      const lookAtCollectors = isDirect && !isHeard();
      const begunMono = clock.monoMs();
      const given = { collectors: routes(), lookAtCollectors };
      if (manner === "doubtful") authenticity.doubt();
      const flags = { withPorts: true, atOnce: manner === "atOnce", calm: manner === "calm" };
      const isRecent = tested !== null && begunMono - tested.mono < PORTS_MS && manner === "atOnce";
      const knownPorts = isRecent ? (tested?.ports ?? null) : null;
      const sensed = await sense({ ...common(), ...given, ...flags, knownPorts }, signal);
      const isTested = sensed.state !== "international" && !sensed.portal;
      if (!isTested) tested = null;
      else if (!isRecent) tested = { ports: sensed.ports, mono: begunMono };
      last = { way, collector: collectorWord(sensed.collector) };
      if (lookAtCollectors && last.collector === "ok") lookedMono = begunMono;
      return sensed;
    },
    quiet: async (signal) => {
      const heard = isHeard();
      const was = last?.collector ?? "none";
      if (heard && was === "unreachable") return { ok: false, proved: [] };
      const collectors = heard || !isDirect ? [] : routes();
      const begunMono = clock.monoMs();
      const found = await quiet({ ...common(), collectors, collectorWas: was, way: last?.way ?? "" }, signal);
      if (found.proved.includes("collector")) lookedMono = begunMono;
      return found;
    },
  };
}
