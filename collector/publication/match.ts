import type { Incident } from "../../protocol/incident.ts";

const HOUR_MS = 3_600_000;
const FAR = Number.MAX_SAFE_INTEGER;
/** A restoration this short does not part two tellings of one story. */
const SLACK_MS = HOUR_MS / 4;

/**
 * How much two incidents, found by the analysis under different ids, tell one story: 0 when they do not, else the more
 * the larger. They must be of a kind, share a site (where they name any), a network and a region, and overlap in time.
 */
export function likeness(a: Incident, b: Incident): number {
  if (familyOf(a) !== familyOf(b) || gapMs(a, b) > SLACK_MS) return 0;
  const shares = [share(a.targets, b.targets), share<number>(a.asns, b.asns), share(a.regions, b.regions)];
  if (shares.some((one) => one === 0)) return 0;
  const apartMs = Math.abs(Date.parse(a.start.latest) - Date.parse(b.start.latest));
  return shares.reduce((sum, one) => sum + one, 0) + 2 / (1 + apartMs / HOUR_MS);
}

/**
 * Whether `late` is what an analysis that began in the middle of `whole` makes of it: the same cells within its time,
 * from a first sighting on. It knows less, and is no incident of its own.
 */
export function isTailOf(late: Incident, whole: Incident): boolean {
  return (
    late.startUnknown === true &&
    familyOf(late) === familyOf(whole) &&
    whole.start.latest < late.start.latest &&
    Date.parse(late.start.latest) <= endOf(whole) + SLACK_MS &&
    covers(whole.targets, late.targets) &&
    covers<number>(whole.asns, late.asns) &&
    covers(whole.regions, late.regions)
  );
}

/** Kinds that one and the same story may be told as when more is known. */
function familyOf({ kind }: Incident): "loss" | "block" | "throttle" {
  if (kind === "throttle") return kind;
  return kind === "shutdown" || kind === "outage" ? "loss" : "block";
}

/** Share of the members that both name; an empty list means all. */
function share<T>(a: readonly T[], b: readonly T[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0.5;
  const common = a.filter((one) => b.includes(one)).length;
  return common / (a.length + b.length - common);
}

function covers<T>(whole: readonly T[], part: readonly T[]): boolean {
  return whole.length === 0 || (part.length > 0 && part.every((one) => whole.includes(one)));
}

/** Time between two incidents; negative when they overlap. */
function gapMs(a: Incident, b: Incident): number {
  const start = Math.max(Date.parse(a.start.earliest), Date.parse(b.start.earliest));
  return start - Math.min(endOf(a), endOf(b));
}

function endOf({ end }: Incident): number {
  return end === null ? FAR : Date.parse(end.latest);
}
