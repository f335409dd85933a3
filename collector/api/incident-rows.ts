import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { factsOf } from "../publication/combine.ts";
import { changesOf, isOver } from "../publication/plan.ts";
import type { Member } from "../publication/types.ts";
import type { Reader } from "./reader.ts";
import type { Incident, IncidentRow } from "./types.ts";

/** Incidents without a number that a window is asked for at once, the newest first. */
const READ_MAX = 10_000;

/** Which incidents: those that touch the window, as known and published at `asOf` (null: now). */
export type RowsAsked = {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly asOf: EpochMs | null;
  readonly openOnly: boolean;
};

/**
 * Incidents as they are known: what has a number is told as its newest version tells it or, where the analysis has learnt
 * more since (`changedSince`), as the analysis knows it, beside the number of that version. What has none, as the analysis
 * knows it. Withdrawn and merged ones are among them, marked.
 */
export async function incidentRows({ store }: Reader, asked: RowsAsked): Promise<IncidentRow[]> {
  const { asOf } = asked;
  const [found, standing, heads] = await Promise.all([
    store.incidents.list({ ...asked, limit: READ_MAX }),
    store.publications.standing(asOf),
    store.publications.heads(asOf),
  ]);
  const known = new Map(found.map((incident) => [incident.id, incident]));
  const rows: IncidentRow[] = [];
  for (const { version, members } of standing) {
    const row = versionRow(version, false);
    if (!touches(row, asked) && !members.some(({ id }) => known.has(id))) continue;
    const current = isOver(version) ? new Map() : await currentOf(store, members, { asOf, known });
    rows.push(rowOf(version, members, current));
  }
  const unpublished = found.filter(({ id }) => !heads.has(id)).map(unpublishedRow);
  return [...rows.filter((row) => touches(row, asked)), ...unpublished];
}

type Known = Parameters<typeof factsOf>[1]["current"];

/** What the analysis holds of members at `asOf`; what is not among those that are known already is looked up. */
async function currentOf(
  { incidents }: Pick<Reader["store"], "incidents">,
  members: readonly Member[],
  { asOf, known }: { readonly asOf: EpochMs | null; readonly known: ReadonlyMap<string, Incident> },
): Promise<Known> {
  const current = new Map<string, { incident: Incident; stored: number }>();
  for (const { id } of members) {
    const incident = known.get(id) ?? (await incidents.byId(id, asOf));
    if (incident !== null) current.set(id, { incident, stored: 0 });
  }
  return current;
}

/** An incident of the analysis that has no number. */
export function unpublishedRow({ version: revision, ...incident }: Incident): IncidentRow {
  return { ...incident, ...(revision !== undefined && { revision }), number: null, state: "unpublished" };
}

/** A published incident at one version, word for word as that version tells it. */
export function versionRow(version: PublishedVersion, changed: boolean): IncidentRow {
  const { incident, number, publishedAt, change, note, other, role } = version;
  const { version: revision, ...rest } = incident;
  const withdrawn = { at: publishedAt, by: role == null ? ("records" as const) : ("review" as const), reason: note };
  return {
    ...rest,
    ...(revision !== undefined && { revision }),
    ...{ number, version: version.version, publishedAt },
    state: change === "tombstone" ? "withdrawn" : change === "merged" ? "merged" : "published",
    changedSince: changed,
    ...(change === "tombstone" && { withdrawn }),
    ...(change === "merged" && other !== null && { mergedInto: other }),
  };
}

/**
 * A published incident: as its version tells it or, where the analysis knows what a reader would call a change and no version
 * tells yet, as the analysis knows it.
 */
function rowOf(version: PublishedVersion, members: readonly Member[], current: Known): IncidentRow {
  if (isOver(version)) return versionRow(version, false);
  const facts = factsOf(members, { current });
  if (facts === null) return versionRow(version, true);
  if (changesOf(version, facts, version.rulesVersion ?? "").length === 0) return versionRow(version, false);
  return versionRow({ ...version, incident: { ...facts, id: version.incident.id } }, true);
}

/** {@link IncidentRow.changedSince} of one version, as known at `asOf` (null: now). */
export async function isBehind({ store }: Reader, version: PublishedVersion, asOf: EpochMs | null): Promise<boolean> {
  const members = await store.publications.members(version.number, asOf);
  return rowOf(version, members, await currentOf(store, members, { asOf, known: new Map() })).changedSince === true;
}

/**
 * An incident without an end touches every window after its start; one that was withdrawn or merged without one, those
 * before that moment, and it is not open.
 */
function touches({ start, end, state, publishedAt }: IncidentRow, { from, to, openOnly }: RowsAsked): boolean {
  const isOver = state === "withdrawn" || state === "merged";
  const last = end?.latest ?? (isOver ? publishedAt : undefined);
  const ended = last === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(last);
  return Date.parse(start.earliest) < to && ended >= from && (!openOnly || (end === null && !isOver));
}
