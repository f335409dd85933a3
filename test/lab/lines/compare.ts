import { type Fact, unmet } from "./facts.ts";
import type { LinkSeen, Seen } from "./seen.ts";

/** When something was done to a line, and when it ended; milliseconds since 1970. */
export type Truth = { startMs: number; endMs: number };

/** What a journal says of one act. `says` is what its best entry says of each fact; errors are signed seconds. */
export type Told = { says: readonly string[]; named: boolean; startErrorS: number | null; endErrorS: number | null };

/** How far a journal's start and end may be from the truth, in seconds. */
export const MAX_ERROR_S = 20;
/** An entry written so long before the act is not about it. */
const SLACK_MS = 1_000;

type LinkEntry = { atMs: number; body: LinkSeen };

/** Whether an entry finds nothing amiss with the line: the world is reached, names resolve, and nothing lies between. */
export function isUsual({ state, condition, portal, vpn, checks }: LinkSeen): boolean {
  return (
    state === "international" && (condition ?? "open") === "open" && !portal && !vpn && checks.resolver?.ok !== false
  );
}

/** Whether an entry finds nothing amiss with the line, nor with the ways to the collector. */
export function isDelivered(body: LinkSeen): boolean {
  return isUsual(body) && (body.collector.length === 0 || body.collector.some(({ ok }) => ok));
}

/**
 * Sets what a journal says of the line beside the truth. It is named when one entry of the time bears out every fact;
 * it starts with the first entry that finds something amiss and ends with the first after it that does not. Pure.
 */
export function compareLine(
  entries: readonly Seen[],
  facts: readonly Fact[],
  { startMs, endMs }: Truth,
  usual: (body: LinkSeen) => boolean = isUsual,
): Told {
  const links = entries.flatMap((entry): LinkEntry[] =>
    entry.kind === "link" ? [{ atMs: Date.parse(entry.at), body: entry.body }] : [],
  );
  const began = links.findIndex(({ atMs, body }) => atMs >= startMs - SLACK_MS && !usual(body));
  const over = links.findIndex(
    ({ atMs, body }, index) => began >= 0 && index > began && atMs >= endMs - SLACK_MS && usual(body),
  );
  const during = links.filter(
    ({ atMs }, index) =>
      began >= 0 && index >= began && atMs <= endMs + 1000 * MAX_ERROR_S && (over < 0 || index < over),
  );
  const [best] = [...during].sort((a, b) => unmet(facts, a.body).length - unmet(facts, b.body).length);
  return {
    says: best === undefined ? ["nothing"] : facts.map((fact) => fact.of(best.body)),
    named: best !== undefined && unmet(facts, best.body).length === 0,
    startErrorS: errorS(links[began], startMs),
    endErrorS: errorS(links[over], endMs),
  };
}

/** Sets the start after a loss of power beside the truth: another boot, an unclean end, and the middle of the time in which
 * the host's end lies, from its last sign of life on. Pure. */
export function comparePower(entries: readonly Seen[], { startMs, endMs }: Truth): Told {
  const starts = entries.flatMap((entry) => (entry.kind === "start" ? [entry] : []));
  const [before, after] = [starts[0], starts[1]];
  if (before === undefined || after === undefined)
    return { says: ["nothing"], named: false, startErrorS: null, endErrorS: null };
  const { end, lastAliveAt, boundMs = 0 } = after.body.previous;
  const rebooted = before.boot !== after.boot;
  return {
    says: [end, rebooted ? "yes" : "no"],
    named: end === "unclean" && rebooted,
    startErrorS: lastAliveAt === null ? null : (Date.parse(lastAliveAt) + boundMs / 2 - startMs) / 1000,
    endErrorS: (Date.parse(after.at) - endMs) / 1000,
  };
}

/** Whether a line that nobody touched stayed as it was, by its journal. Pure. */
export function stayedUsual(entries: readonly Seen[], { startMs }: Truth): boolean {
  return entries.every((entry) => entry.kind !== "link" || Date.parse(entry.at) < startMs || isUsual(entry.body));
}

/** Whether all is right: named, and start and end near enough. */
export function isRight({ named, startErrorS, endErrorS }: Told): boolean {
  return named && isNear(startErrorS) && isNear(endErrorS);
}

function isNear(errorS: number | null): boolean {
  return errorS !== null && Math.abs(errorS) <= MAX_ERROR_S;
}

/** From the truth to the middle of the time in which an entry says that its change lies. */
function errorS(entry: LinkEntry | undefined, trueMs: number): number | null {
  if (entry === undefined) return null;
  const [after, before] = boundsOf(entry);
  return ((after + before) / 2 - trueMs) / 1000;
}

function boundsOf({ atMs, body }: LinkEntry): [number, number] {
  const [edge] = [...(body.edges ?? [])].sort((a, b) => Date.parse(a.before) - Date.parse(b.before));
  if (edge !== undefined) return [Date.parse(edge.after), Date.parse(edge.before)];
  if (body.previous !== undefined) return [Date.parse(body.previous.until), Date.parse(body.since)];
  return [atMs, atMs];
}
