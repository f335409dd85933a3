import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { factsOf } from "../publication/combine.ts";
import { changesOf, isOver } from "../publication/plan.ts";
import type { Member } from "../publication/types.ts";
import type { Reader } from "./reader.ts";
import type { Incident, IncidentRow } from "./types.ts";

const READ_MAX = 10_000;
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER, openOnly: false, limit: READ_MAX };

/** Which incidents: those that touch the window, as known and published at `asOf` (null: now). */
export type RowsAsked = {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly asOf: EpochMs | null;
  readonly openOnly: boolean;
};

/**
 * Incidents as readers may cite them: what has a number is told as its newest version tells it, whatever the analysis has
 * learnt since (`changedSince`); what has none, as the analysis knows it. Withdrawn and merged ones are among them, marked.
 */
export async function incidentRows({ store }: Reader, asked: RowsAsked): Promise<IncidentRow[]> {
  const { asOf } = asked;
  const [known, standing, heads] = await Promise.all([
    store.incidents.list({ ...EVER, asOf }),
    store.publications.standing(asOf),
    store.publications.heads(asOf),
  ]);
  const current = new Map(known.map((incident) => [incident.id, { incident, stored: 0 }]));
  const published = standing.map(({ version, members }) =>
    versionRow(version, changedSince(version, members, current)),
  );
  const unpublished = known.filter(({ id }) => !heads.has(id)).map(unpublishedRow);
  return [...published, ...unpublished].filter((row) => touches(row, asked));
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

/** Whether the analysis knows what a reader would call a change, and no version tells yet. */
function changedSince(
  version: PublishedVersion,
  members: readonly Member[],
  current: Parameters<typeof factsOf>[1]["current"],
): boolean {
  if (isOver(version)) return false;
  const facts = factsOf(members, { current });
  return facts === null || changesOf(version, facts, version.rulesVersion ?? "").length > 0;
}

/** {@link IncidentRow.changedSince} of one version, as known at `asOf` (null: now). */
export async function isBehind({ store }: Reader, version: PublishedVersion, asOf: EpochMs | null): Promise<boolean> {
  const members = await store.publications.members(version.number);
  const known = await Promise.all(members.map(({ id }) => store.incidents.byId(id, asOf)));
  const found = known.flatMap((incident) =>
    incident === null ? [] : [[incident.id, { incident, stored: 0 }] as const],
  );
  return changedSince(version, members, new Map(found));
}

/** An incident without an end touches every window after its start. What was withdrawn is not open. */
function touches({ start, end, state }: IncidentRow, { from, to, openOnly }: RowsAsked): boolean {
  const isOpen = end === null && (state === "published" || state === "unpublished");
  const ended = end === null ? Number.MAX_SAFE_INTEGER : Date.parse(end.latest);
  return Date.parse(start.earliest) < to && ended >= from && (!openOnly || isOpen);
}
