import type { EpochMs } from "../../collector/analysis/types.ts";
import type { Incident } from "../../protocol/incident.ts";
import { type Family, familyOf, type Matched, matchIncidents, middleError, outside } from "./match.ts";
import type { Scenario, Truth } from "./scenario.ts";

/** What one run of a scenario gave. */
export type Outcome = {
  scenario: Scenario;
  seed: number;
  incidents: readonly Incident[];
  items: number;
  tookMs: number;
};

/** Times are milliseconds, sorted. */
export type FamilyScore = {
  truths: number;
  found: number;
  missed: number;
  doubles: number;
  false: number;
  delays: EpochMs[];
  partialDelays: EpochMs[];
  startErrors: EpochMs[];
  endErrors: EpochMs[];
  intervals: number;
  covered: number;
};
export type Score = {
  families: Record<Family, FamilyScore>;
  /** True cause to leading cause, counted. */
  causes: Map<string, Map<string, number>>;
  /** Disputed truths for which a cause leads by three all the same. */
  overclaimed: number;
  /** Incidents where much happened that is none: lies, sites that fail, gaps. */
  toldOfNothing: number;
  /** Quiet archives: cells watched times years, and the false alarms there. */
  cellYears: number;
  quietFalse: number;
  quietConfirmed: number;
  /** What went wrong, in words. */
  notes: string[];
};

const ROUND_MS = 900_000;
const YEAR_MS = 365.25 * 86_400_000;
/** A cause leads when it is ahead of all others by so much (detection.md 7.3). */
const MARGIN = 3;
/** Cuts begin and end within two seconds from line to line (timeline.ts). */
const SPREAD_MS = 2000;

/** An empty score. */
export function emptyScore(): Score {
  const family = (): FamilyScore => ({
    truths: 0,
    found: 0,
    missed: 0,
    doubles: 0,
    false: 0,
    delays: [],
    partialDelays: [],
    startErrors: [],
    endErrors: [],
    intervals: 0,
    covered: 0,
  });
  return {
    families: { block: family(), loss: family(), throttle: family() },
    causes: new Map(),
    overclaimed: 0,
    toldOfNothing: 0,
    cellYears: 0,
    quietFalse: 0,
    quietConfirmed: 0,
    notes: [],
  };
}

/** Adds a run to a score. */
export function addOutcome(score: Score, outcome: Outcome): void {
  const { scenario, incidents } = outcome;
  const matching = matchIncidents(scenario.truths, incidents);
  const note = (text: string) => score.notes.push(`${scenario.name}#${outcome.seed}: ${text}`);
  for (const truth of scenario.truths) if (truth.optional !== true) score.families[familyOf(truth.kind)].truths++;
  for (const truth of matching.missed) {
    score.families[familyOf(truth.kind)].missed++;
    note(`missed ${tell(truth)}`);
  }
  for (const incident of matching.doubles) {
    score.families[familyOf(incident.kind)].doubles++;
    note(`double ${tellIncident(incident)}`);
  }
  for (const incident of matching.false) {
    score.families[familyOf(incident.kind)].false++;
    note(`false ${tellIncident(incident)}`);
  }
  const usual = (scenario.roundMs ?? ROUND_MS) <= ROUND_MS;
  for (const matched of matching.matched) addMatched(score, matched, usual, note);
  if (scenario.truths.length === 0 && scenario.acts.length > 0) score.toldOfNothing += incidents.length;
  if (scenario.acts.length > 0) return;
  score.cellYears += cellYearsOf(scenario);
  score.quietFalse += incidents.length;
  score.quietConfirmed += incidents.filter(({ confidence }) => confidence === "confirmed").length;
}

/** Delays of blocks are told for the usual rounds only. */
function addMatched(score: Score, { truth, incident }: Matched, usual: boolean, note: (text: string) => void): void {
  const family = score.families[familyOf(truth.kind)];
  if (truth.optional === true) {
    addOptional(score, truth, incident, note);
    return;
  }
  family.found++;
  const delay = Date.parse(incident.detectedAt) - truth.from;
  if (truth.slow !== true && (usual || familyOf(truth.kind) !== "block"))
    (truth.share === undefined ? family.delays : family.partialDelays).push(delay);
  family.startErrors.push(middleError(truth.from, incident.start));
  const edges = [{ name: "start", moment: truth.from, interval: incident.start }];
  if (incident.end !== null) {
    family.endErrors.push(middleError(truth.to, incident.end));
    edges.push({ name: "end", moment: truth.to, interval: incident.end });
  } else note(`no end of ${tell(truth)}`);
  for (const { name, moment, interval } of edges) {
    family.intervals++;
    const off = outside(moment, interval, truth.spreadMs ?? SPREAD_MS);
    if (off === 0) family.covered++;
    else
      note(
        `${name} of ${tell(truth)} lies ${Math.round(off / 1000)} s outside [${interval.earliest}, ${interval.latest}]`,
      );
  }
  if (truth.kind !== incident.kind) note(`${tell(truth)} is told as ${incident.kind}`);
  addCause(score, truth, incident, note);
}

/** What nobody must find may be found, but not be laid to the wrong door. */
function addOptional(score: Score, truth: Truth, incident: Incident, note: (text: string) => void): void {
  const leading = leaderOf(incident);
  if (leading === null || leading === truth.cause) return;
  score.overclaimed++;
  note(`${tell(truth)} is laid to ${leading}`);
}

/** The cause that leads by the margin; null for none. */
function leaderOf({ causes: [first, second] }: Incident): string | null {
  return first !== undefined && first.score - (second?.score ?? 0) >= MARGIN ? first.cause : null;
}

function addCause(score: Score, truth: Truth, incident: Incident, note: (text: string) => void): void {
  const leading = leaderOf(incident);
  if (truth.disputed === true) {
    if (leading === null) return;
    score.overclaimed++;
    note(`${tell(truth)} is disputed, and ${leading} leads`);
    return;
  }
  const told = leading ?? "undecided";
  // Who ordered a block is not asked of the records; the causes of losses are.
  const row = `${truth.cause} (${familyOf(truth.kind)})`;
  const tally = score.causes.get(row) ?? new Map<string, number>();
  score.causes.set(row, tally.set(told, (tally.get(told) ?? 0) + 1));
  if (told !== truth.cause && told !== "undecided") note(`${tell(truth)} is laid to ${told}`);
}

function cellYearsOf({ areas, targets, from, to }: Scenario): number {
  return (areas.filter(({ probes }) => probes > 1).length * targets.length * (to - from)) / YEAR_MS;
}

function tell({ kind, cause, from, targets, scope }: Truth): string {
  const where = [...(scope.asns ?? []), ...(scope.regions ?? []), scope.access ?? ""].filter((one) => one !== "");
  return `${kind} (${cause}) of ${new Date(from).toISOString()} ${targets.join(",")} ${where.join(",") || "everywhere"}`;
}

function tellIncident({ kind, method, targets, asns, regions, start, end, confidence, witnesses }: Incident): string {
  const where = `${asns.join(",")} ${regions.join(",")}`;
  return `${confidence} ${kind} ${method ?? ""} ${targets.join(",")} ${where} from ${start.earliest} to ${end?.latest ?? "now"} by ${witnesses}`;
}
