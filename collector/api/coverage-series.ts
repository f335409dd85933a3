import type { Access } from "../../protocol/primitives.ts";
import type { Dimension, PresenceLane } from "../store/rollups.ts";
import type { StoredProbe, Window } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Reader } from "./reader.ts";
import { isSmall } from "./small-cells.ts";
import type { CoverageLane, CoveragePoint, Gap } from "./types.ts";

const MINUTE_MS = 60_000;
/** Steps that read well on an axis, in minutes. */
const STEPS = [
  ...[5, 10, 15, 20, 30],
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * 60),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((days) => days * 1440),
];
const PARTS_MAX = 200;

export type CoverageChoice = Window & {
  readonly region: string | null;
  readonly asn: number | null;
  readonly access?: Access | null;
  /** The most parts; 200 where it is left out. */
  readonly partsMax?: number;
  /** Whole parts, though the first begins before the window and the last ends after it. */
  readonly whole?: boolean;
};

/** The length of the parts in which a window is shown: at most so many of them, five minutes at least. */
export function stepOf({ from, to, partsMax = PARTS_MAX }: Window & { readonly partsMax?: number }): number {
  const minutes = STEPS.find((one) => (to - from) / (one * MINUTE_MS) <= partsMax) ?? STEPS.at(-1) ?? 5;
  return minutes * MINUTE_MS;
}

/**
 * How many witnesses were present over a window, and when the collector itself was off. Of a region or network with
 * few witnesses no counts are told: they would be the comings and goings of one person.
 */
export async function coverageOf(
  reader: Reader,
  choice: CoverageChoice,
): Promise<{ coverage: CoveragePoint[]; gaps: Gap[] }> {
  const { store } = reader;
  const [lanes, gaps, few] = await Promise.all([
    readLanes(reader, choice, []),
    store.gaps.within(choice),
    fewFinder(reader, choice),
  ]);
  const all = lanes[0]?.parts ?? [];
  const parts = choice.whole === true ? all : clipped(all, choice);
  const hidden = (choice.region !== null || choice.asn !== null || choice.access != null) && few({});
  return {
    coverage: parts.map(({ from, to, min, max, expected }) => ({
      ...{ from: utc(from), to: utc(to) },
      ...(hidden ? { min: null, max: null, expected: 0, few: true as const } : { min, max, expected }),
    })),
    gaps: gaps.map(({ from, to }) => ({ from: utc(from), to: utc(to) })),
  };
}

/**
 * Coverage of each region, of each network, and of each network in each region of a choice, in the parts of
 * {@link coverageOf}. Probes whose region or network is not known are in no lane of it.
 */
export async function coverageLanes(reader: Reader, choice: CoverageChoice): Promise<CoverageLane[]> {
  const few = await fewFinder(reader, choice);
  const wanted: (readonly Dimension[])[] = [["region"], ["asn"], ["region", "asn"]];
  const found = await Promise.all(wanted.map((by) => readLanes(reader, choice, by)));
  return found.flat().flatMap(({ region, asn, parts }): CoverageLane[] => {
    if (region === null || asn === null) return [];
    const place = { region: region ?? null, asn: asn ?? null };
    if (few(place)) return [{ ...place, min: [], max: [], expected: [], few: true }];
    const shown = inWindow(parts, choice);
    return [
      {
        ...place,
        min: shown.map(({ min }) => min),
        max: shown.map(({ max }) => max),
        expected: shown.map(({ expected }) => expected),
      },
    ];
  });
}

function readLanes({ store }: Reader, choice: CoverageChoice, by: readonly Dimension[]): Promise<PresenceLane[]> {
  const { from, to, region, asn, access = null } = choice;
  if (from >= to) return Promise.resolve([]);
  return store.rollups.presence({ from, to, region, asn, access, role: "witness", stepMs: stepOf(choice), by });
}

/** Parts that lie in the window; the first and the last end with it, though they tell of their whole step. */
function clipped(parts: PresenceLane["parts"], window: Window): PresenceLane["parts"] {
  const { from, to } = window;
  return inWindow(parts, window).map((part) => ({
    ...part,
    from: Math.max(part.from, from),
    to: Math.min(part.to, to),
  }));
}

function inWindow(parts: PresenceLane["parts"], { from, to }: Window): PresenceLane["parts"] {
  return parts.filter((part) => part.to > from && part.from < to);
}

type Place = { readonly region?: string | null; readonly asn?: number | null };

/** Tells whether a place within a choice has too few witnesses to count in public. */
async function fewFinder({ store, enoughProbes }: Reader, choice: CoverageChoice): Promise<(place: Place) => boolean> {
  const { region, asn, access = null, from } = choice;
  const matches = (asked: unknown, is: unknown) => asked === null || asked === undefined || asked === is;
  const witnesses = (await store.probes.all()).filter(
    (probe: StoredProbe) =>
      probe.role === "witness" &&
      (probe.left === null || probe.left >= from) &&
      matches(region, probe.region) &&
      matches(asn, probe.asn) &&
      matches(access, probe.access),
  );
  return (place) =>
    isSmall(
      "witness",
      witnesses.filter((probe) => matches(place.region, probe.region) && matches(place.asn, probe.asn)).length,
      enoughProbes,
    );
}
