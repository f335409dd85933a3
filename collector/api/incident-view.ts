import type { EpochMs } from "../analysis/types.ts";
import { differences } from "../publication/difference.ts";
import { eventsBeside } from "./events-beside.ts";
import { earlierStates, findIncident } from "./find-incident.ts";
import { findPublished, type Pick, publicationOfId } from "./publication-view.ts";
import type { Reader } from "./reader.ts";
import { timelineView } from "./timeline-view.ts";
import type { Incident, IncidentView } from "./types.ts";

const DAY_MS = 86_400_000;

/**
 * Everything the page of one incident shows, as known at `asOf` (null: now); null when there is none of that id. The id
 * of the analysis gives the incident as the analysis knows it.
 */
export async function incidentView(reader: Reader, id: string, asOf: EpochMs | null): Promise<IncidentView | null> {
  const incident = await findIncident(reader, id, asOf);
  if (incident === null) return null;
  const [around, earlier, publication] = await Promise.all([
    viewAround(reader, incident, asOf),
    earlierStates(reader, incident, asOf ?? reader.now()),
    publicationOfId(reader, incident, asOf),
  ]);
  return { ...around, earlier, publication };
}

/**
 * {@link incidentView} of a published incident by its number: of one version where it is named, as it was published then;
 * `against` holds an older version beside it.
 */
export async function publishedView(
  reader: Reader,
  pick: Pick & { readonly against?: number | null },
): Promise<IncidentView | null> {
  const found = await findPublished(reader, pick);
  if (found === null) return null;
  const { shown, publication } = found;
  const asOf = pick.version == null ? pick.asOf : Date.parse(shown.publishedAt);
  const older = publication.versions.find(({ version }) => version === pick.against && version < shown.version);
  return {
    ...(await viewAround(reader, shown.incident, asOf)),
    earlier: [],
    publication,
    ...(older && {
      difference: { from: older.version, to: shown.version, fields: differences(older, shown) },
    }),
  };
}

async function viewAround(reader: Reader, incident: Incident, asOf: EpochMs | null) {
  const choice = { region: only(incident.regions), asn: only(incident.asns), asOf };
  const [around, beside] = await Promise.all([
    timelineView(reader, { ...choice, ...windowAround(incident, asOf ?? reader.now()) }),
    eventsBeside(reader, incident),
  ]);
  return { ...around, incidents: [incident], incident, beside };
}

/** A day before and a day after, as far as there is knowledge. */
function windowAround({ start, end }: Incident, until: EpochMs) {
  const from = Date.parse(start.earliest) - DAY_MS;
  const to = end === null ? until : Math.min(until, Date.parse(end.latest) + DAY_MS);
  return { from, to: Math.max(to, Date.parse(start.latest)) };
}

function only<T>(list: readonly T[]): T | null {
  const [first, ...others] = list;
  return first === undefined || others.length > 0 ? null : first;
}
