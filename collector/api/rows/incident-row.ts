import { z } from "zod";
import { Incident } from "../../../protocol/incident.ts";
import { IncidentNumber } from "../../../protocol/publication.ts";
import { type Column, edgeColumns, localColumns, namesCell } from "../columns.ts";

const { version: revision, ...KNOWN } = Incident.shape;
/**
 * An incident as the API lists it: as the analysis knows it, with the number and version under which it is published
 * (`number` null and no `version` while it is not). `revision` is the analysis' own count of its changes.
 */
export const IncidentRow = z.strictObject({
  ...KNOWN,
  number: IncidentNumber.nullable().describe("null while it is not published"),
  version: z.int().min(1).optional(),
  revision,
});
export type IncidentRow = z.infer<typeof IncidentRow>;

export const INCIDENT_COLUMNS: readonly Column<IncidentRow>[] = [
  { name: "id", about: "id of the analysis", of: (row) => row.id },
  { name: "number", about: "number under which it is published; empty while it is not", of: (row) => row.number },
  {
    name: "version",
    type: "integer",
    unit: "number of a version",
    about: "its newest published version",
    of: (row) => row.version ?? null,
  },
  { name: "kind", about: "block, interception, throttle, shutdown or outage", of: (row) => row.kind },
  { name: "method", about: "how, as the verdicts name it", of: (row) => row.method },
  { name: "extent", about: "degree of a loss", of: (row) => row.extent },
  { name: "confidence", about: "observed, probable or confirmed", of: (row) => row.confidence },
  ...edgeColumns<IncidentRow>(),
  { name: "detected_at", type: "time", about: "when it could be known", of: (row) => row.detectedAt },
  { name: "targets", about: "ids apart by spaces; empty for a loss of the line", of: (row) => row.targets.join(" ") },
  { name: "asns", about: "networks apart by spaces; empty: all that were watched", of: (row) => row.asns.join(" ") },
  {
    name: "regions",
    about: "regions apart by spaces; empty: all that were watched",
    of: (row) => row.regions.join(" "),
  },
  { name: "access", about: "fixed, mobile, or both apart by a space", of: (row) => row.access.join(" ") },
  { name: "witnesses", type: "integer", about: "probes that saw it", of: (row) => row.witnesses },
  { name: "measurements", type: "integer", about: "measurements it rests on", of: (row) => row.measurements },
  { name: "single_witness", type: "flag", about: "seen by one probe alone", of: (row) => row.singleWitness ?? false },
  {
    name: "leading_cause",
    about: "the likeliest explanation of those tried",
    of: (row) => row.causes[0]?.cause ?? null,
  },
  ...localColumns<IncidentRow>((row) => ({ at: row.start.earliest, region: row.regions[0] ?? null })),
  {
    name: "target_names",
    about: "names of the targets, in their order, apart by semicolons",
    of: (row, words) => namesCell(row.targets.map(words.target)),
  },
  {
    name: "network_names",
    about: "names of the networks, in their order, apart by semicolons",
    of: (row, words) => namesCell(row.asns.map(words.network)),
  },
  {
    name: "region_names",
    about: "names of the regions, in their order, apart by semicolons",
    of: (row, words) => namesCell(row.regions.map(words.region)),
  },
];
