import { isBlocking } from "../../../protocol/verdict.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { VerdictCount } from "../../store/rollups.ts";
import type { Window } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { stepOf } from "../coverage-series.ts";
import { type Reader, stamp } from "../reader.ts";
import { isSmall } from "../small-cells.ts";
import { SILENT_CODES } from "../target-cells.ts";
import { pointOf } from "./presence-rows.ts";
import type { ExploreView, FindingPoint } from "./view-types.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEPS = 200;
const COUNTS_MAX = 200_000;

export type ExploreChoice = Window & {
  readonly target: string | null;
  readonly region: string | null;
  readonly asn: number | null;
};

/** One series: connected witnesses, or one site's judgements. Of a choice of few witnesses no counts are told. */
export async function exploreView(reader: Reader, choice: ExploreChoice): Promise<ExploreView> {
  const { catalogue, store } = reader;
  const { target, region, asn } = choice;
  const probes = await store.probes.all();
  const chosen = probes.filter(
    (probe) =>
      probe.role === "witness" &&
      (probe.left === null || probe.left >= choice.from) &&
      (region === null || probe.region === region) &&
      (asn === null || probe.asn === asn),
  );
  const few = (region !== null || asn !== null) && isSmall("witness", chosen.length, reader.enoughProbes);
  const window = { from: choice.from, to: Math.min(choice.to, reader.now()) };
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    targets: catalogue.list.targets.map(({ id }) => id),
    ...{ region, asn, target, from: utc(choice.from), to: utc(choice.to) },
    presence: target === null && window.to > window.from ? await presence(reader, choice, window, few) : [],
    findings: target !== null && window.to > window.from ? await findings(reader, choice, window, few) : [],
  };
}

async function presence({ store }: Reader, { region, asn }: ExploreChoice, window: Window, few: boolean) {
  const [lane] = await store.rollups.presence({
    ...{ role: "witness", region, asn, access: null },
    ...{ ...window, stepMs: stepOf(window), by: [] },
  });
  const points = (lane?.parts ?? []).map(pointOf);
  return few
    ? points.map(({ from, to }) => ({ from, to, min: null, max: null, expected: 0, few: true as const }))
    : points;
}

/** Judgements by hours or days; of few witnesses by days, and only whether there were any and any with signs. */
async function findings({ store }: Reader, choice: ExploreChoice, window: Window, few: boolean) {
  const grain = few || (window.to - window.from) / HOUR_MS > STEPS ? ("day" as const) : ("hour" as const);
  const counts = await store.rollups.verdicts({
    ...{ role: "witness", region: choice.region, asn: choice.asn, access: null },
    ...{ ...window, grain, target: choice.target, by: ["start"], rowsMax: COUNTS_MAX },
  });
  const stepMs = grain === "hour" ? HOUR_MS : DAY_MS;
  const first = Math.floor(window.from / stepMs) * stepMs;
  const steps = Math.ceil((window.to - first) / stepMs);
  return Array.from({ length: steps }, (_, index) =>
    findingPoint(
      counts.filter(({ start }) => start === first + index * stepMs),
      first + index * stepMs,
      stepMs,
      few,
    ),
  );
}

function findingPoint(counts: readonly VerdictCount[], from: EpochMs, stepMs: number, few: boolean): FindingPoint {
  const telling = counts.filter(({ code }) => !SILENT_CODES.has(code));
  const measured = telling.reduce((sum, { count }) => sum + count, 0);
  const interfered = telling.reduce(
    (sum, { code, count }) => sum + (isBlocking(code) || code === "throttled" ? count : 0),
    0,
  );
  const times = { from: utc(from), to: utc(from + stepMs) };
  if (!few) return { ...times, measured, interfered };
  return { ...times, measured: Math.min(1, measured), interfered: Math.min(1, interfered), few: true };
}
