import type { EpochMs } from "../analysis/types.ts";
import { eventsBeside } from "./events-beside.ts";
import { earlierStates, findIncident } from "./find-incident.ts";
import type { Reader } from "./reader.ts";
import { timelineView } from "./timeline-view.ts";
import type { Incident, IncidentView } from "./types.ts";

const DAY_MS = 86_400_000;

/** Everything the page of one incident shows, as known at `asOf` (null: now); null when there is none of that id. */
export async function incidentView(reader: Reader, id: string, asOf: EpochMs | null): Promise<IncidentView | null> {
  const incident = await findIncident(reader, id, asOf);
  if (incident === null) return null;
  const until = asOf ?? reader.now();
  const choice = { region: only(incident.regions), asn: only(incident.asns), asOf };
  const [around, earlier, beside] = await Promise.all([
    timelineView(reader, { ...choice, ...windowAround(incident, until) }),
    earlierStates(reader, incident, until),
    eventsBeside(reader, incident),
  ]);
  return { ...around, incidents: [incident], incident, earlier, beside };
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
