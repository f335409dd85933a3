import { inForce, ofIncident } from "../legal/in-force.ts";
import { besideMeasured, isOf, windowOf } from "../statements/beside.ts";
import type { Reader } from "./reader.ts";
import type { Incident, Publication } from "./types.ts";

/** What is known of the legal basis of a published incident, what a registry says of its sites, and what was said of it. */
export async function publishedContext(
  reader: Reader,
  number: string,
  incident: Incident,
): Promise<Pick<Publication, "legal" | "registry" | "statements">> {
  const { store, now } = reader;
  const { targets } = incident;
  const statements = (await store.statements.all()).filter((statement) => {
    const { from, to } = windowOf(statement, now());
    const ends = incident.end === null ? now() : Date.parse(incident.end.latest);
    return Date.parse(incident.start.earliest) < to && ends >= from && isOf(statement, incident);
  });
  return {
    legal: ofIncident(inForce(await store.legal.all(), null), number, targets),
    registry: (await store.registry.newest()).filter(({ target }) => targets.includes(target)),
    statements: await besideMeasured(reader, statements),
  };
}
