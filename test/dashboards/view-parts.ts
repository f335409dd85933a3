import type {
  CoverageCell,
  CoveragePoint,
  Incident,
  Stamp,
  TargetCell,
  VerdictCode,
} from "../../collector/api/types.ts";
import { SITES } from "./view-names.ts";

const MINUTE_MS = 60_000;
/** The moment at which the fixtures' first pages are made. */
export const AS_OF = "2026-11-21T18:40:00.000Z";

/** The stamp of a view made at a moment. */
export function stamp(asOf = AS_OF): Stamp {
  return { generatedAt: asOf, asOf, rulesVersion: "2026-11-01", license: "CC BY 4.0", enoughProbes: 3 };
}

/** A moment some minutes from another. */
export function shift(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();
}

/** An incident with sensible defaults. */
export function incident(over: Partial<Incident> & Pick<Incident, "id">): Incident {
  const start = over.start ?? { earliest: shift(AS_OF, -185), latest: shift(AS_OF, -172) };
  return {
    kind: "block",
    method: "tls_drop",
    extent: null,
    targets: ["orda.kz"],
    asns: [9198],
    regions: ["KZ-75"],
    access: ["fixed"],
    start,
    end: null,
    detectedAt: shift(start.latest, 2),
    confidence: "confirmed",
    witnesses: 4,
    measurements: 120,
    causes: [],
    version: 1,
    ...over,
  };
}

/** Rival explanations as the analysis would judge a city's cut. */
export const CAUSES: Incident["causes"] = [
  { cause: "ordered cut", score: 4, verdict: "supported", because: ["4 of 4 networks fell silent within 90 s"] },
  { cause: "power cut", score: -5, verdict: "contradicted", because: ["9 of 11 hosts kept running; no restart seen"] },
  { cause: "collector fault", score: -6, verdict: "contradicted", because: ["probes of 13 other regions stayed"] },
  { cause: "DDoS", score: 0, verdict: "untestable", because: [] },
];

/** Cells of coverage as a small but real fleet would have them. */
export function fleet(present: (region: string, asn: number, known: number) => number = (_r, _a, known) => known) {
  const known: Record<string, readonly [number, number, number, number]> = {
    "KZ-75": [6, 5, 4, 3],
    "KZ-71": [5, 4, 3, 3],
    "KZ-79": [4, 3, 2, 0],
    "KZ-19": [3, 1, 0, 0],
    "KZ-35": [4, 3, 0, 1],
    "KZ-15": [3, 0, 2, 0],
    "KZ-63": [3, 3, 0, 0],
    "KZ-55": [3, 0, 0, 0],
    "KZ-39": [3, 1, 0, 0],
    "KZ-23": [3, 0, 1, 0],
    "KZ-27": [2, 0, 0, 0],
    "KZ-61": [3, 0, 0, 2],
    "KZ-11": [1, 0, 0, 0],
    "KZ-47": [1, 1, 0, 0],
    "KZ-10": [3, 0, 0, 0],
    "KZ-31": [2, 1, 0, 0],
  };
  const asns = [9198, 29355, 21299, 48503];
  return Object.entries(known).flatMap(([region, counts]): CoverageCell[] =>
    counts.flatMap((count, index) => {
      const asn = asns[index] ?? 0;
      if (count === 0) return [];
      return [
        { region, asn, access: index === 0 ? "fixed" : "mobile", known: count, present: present(region, asn, count) },
      ];
    }),
  );
}

/** Latest findings: all as usual but those given. */
export function findings(odd: Readonly<Record<string, Readonly<Record<number, VerdictCode>>>> = {}): TargetCell[] {
  return SITES.flatMap((target) =>
    [9198, 29355, 21299, 48503].map((asn): TargetCell => {
      const code = odd[target]?.[asn] ?? "ok";
      return {
        target,
        asn,
        region: "KZ-75",
        code,
        probes: 5,
        agreeing: code === "ok" ? 5 : 4,
        lastAt: shift(AS_OF, -9),
      };
    }),
  );
}

type Level = { until: string; min: number; max: number } | { until: string; min: null; max: null };

/** A coverage series of equal buckets whose counts change at given moments. */
export function coverageSeries(from: string, to: string, minutes: number, expected: number, levels: Level[]) {
  const points: CoveragePoint[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += minutes * MINUTE_MS) {
    const iso = new Date(at).toISOString();
    const level = levels.find(({ until }) => iso < until) ?? { min: expected, max: expected };
    const end = new Date(Math.min(Date.parse(to), at + minutes * MINUTE_MS)).toISOString();
    points.push({ from: iso, to: end, min: level.min, max: level.max, expected });
  }
  return points;
}
