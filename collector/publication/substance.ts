import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { Incident } from "../../protocol/incident.ts";

/** What a reader would call a change, by the code under which a version tells it. */
const FIELDS: Readonly<Record<string, (incident: Incident) => unknown>> = {
  kind: ({ kind }) => kind,
  method: ({ method }) => method,
  extent: ({ extent }) => extent,
  targets: ({ targets }) => targets,
  networks: ({ asns }) => asns,
  regions: ({ regions }) => regions,
  access: ({ access }) => access,
  start: ({ start, startUnknown = false }) => [start, startUnknown],
  end: ({ end, endUnknown = false }) => [end, endUnknown],
  confidence: ({ confidence, singleWitness = false }) => [confidence, singleWitness],
  explanations: ({ causes, cause = null }) => [cause, causes.map((one) => [one.cause, one.verdict])],
  parts: ({ parts = [] }) => parts,
};

/** Codes of what differs between two states of an incident. Counts that grow with every round do not. */
export function changedFields(before: Incident, after: Incident): string[] {
  return Object.entries(FIELDS)
    .filter(([, of]) => canonicalJson(of(before)) !== canonicalJson(of(after)))
    .map(([code]) => code);
}

/** Text that is equal for two incidents exactly when {@link changedFields} finds nothing. */
export function substanceText(incident: Incident): string {
  return canonicalJson(Object.values(FIELDS).map((of) => of(incident)));
}
