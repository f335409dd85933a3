import type { Anchor } from "../../protocol/target.ts";
import type { ProbeClock } from "../clock.ts";
import { createAuthenticity } from "./authentic.ts";
import { type Collectors, collectorWord } from "./collectors.ts";
import { type DateReading, readDates } from "./dates.ts";
import { createNames } from "./names.ts";
import { createQuietLook, type QuietLook, wayWord } from "./quiet.ts";
import { defaultRoute } from "./route.ts";
import { type Sensed, sense } from "./sense.ts";

/** How a look in full is made: `calm` trusts earlier proofs, `atOnce` asks everything together. */
export type LookManner = "first" | "calm" | "doubtful" | "atOnce";

/** The two looks there are. */
export type Look = {
  full: (manner: LookManner, signal: AbortSignal) => Promise<Sensed>;
  /** Whether all is still as the last look in full found it. Only for a line that was well. */
  quiet: (signal: AbortSignal) => Promise<QuietLook>;
  /** Monotonic time of the collector's last word; null when none was heard. */
  heardMono: () => number | null;
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
};

/** Makes the looks; names, proofs of identity and the way out are remembered from one to the next. */
export function createLook(options: LookOptions): Look {
  const { clock, isDirect, routes, random = Math.random } = options;
  const family = () => defaultRoute()?.family ?? "v4";
  const names = createNames({ servers: options.servers, isBogon: options.isBogon, family });
  const authenticity = createAuthenticity(options.ca);
  const quiet = createQuietLook();
  const common = () => ({ anchors: options.anchors(), names, authenticity, timeoutMs: options.timeoutMs(), random });
  const towards = () => options.anchors().find(({ group }) => group === "foreign")?.addresses[0];
  const heardMono = () => clock.heardMono();
  const isHeard = () => {
    const heard = heardMono();
    return heard !== null && clock.monoMs() - heard <= options.patienceMs();
  };
  let last: { way: string; collector: ReturnType<typeof collectorWord> } | null = null;
  return {
    heardMono,
    dates: (signal) => readDates({ ...common(), ca: options.ca, monoMs: clock.monoMs }, signal),
    full: async (manner, signal) => {
      const way = await wayWord(towards(), signal);
      const given = { collectors: routes(), lookAtCollectors: isDirect && !isHeard() };
      const flags = { withPorts: true, atOnce: manner === "atOnce", calm: manner === "calm" };
      const sensed = await sense({ ...common(), ...given, ...flags }, signal);
      last = { way, collector: collectorWord(sensed.collector) };
      return sensed;
    },
    quiet: async (signal) => {
      const heard = isHeard();
      const was = last?.collector ?? "none";
      if (heard && was === "unreachable") return { ok: false, proved: [] };
      const collectors = heard || !isDirect ? [] : routes();
      return quiet({ ...common(), collectors, collectorWas: was, way: last?.way ?? "" }, signal);
    },
  };
}
