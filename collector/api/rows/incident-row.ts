import { z } from "zod";
import { Incident } from "../../../protocol/incident.ts";
import { Text, Utc } from "../../../protocol/primitives.ts";
import { IncidentNumber } from "../../../protocol/publication.ts";
import { type Column, edgeColumns, localColumns, namesCell } from "../columns.ts";

const { version: revision, ...KNOWN } = Incident.shape;
/** Where an incident stands with publishing. Only the first two are incidents that anyone still holds. */
export const STATES = ["unpublished", "published", "withdrawn", "merged"] as const;

const Withdrawn = z.strictObject({
  at: Utc,
  by: z.enum(["records", "review"]).describe("the records that came later, or a reviewer"),
  reason: z
    .object({ kk: Text, ru: Text, en: Text })
    .partial()
    .nullable()
    .describe("the reviewer's words, in the languages they were written in"),
});

/**
 * An incident as the API lists it: what is known now. Beside a `number` stands its newest `version`; where `changedSince` is
 * true the row tells more than that version, which the next one will tell. Without one (`number` null, no `version`) it is as
 * the analysis knows it now. `revision` is the analysis' own count.
 */
export const IncidentRow = z.strictObject({
  ...KNOWN,
  number: IncidentNumber.nullable().describe("null while it is not published"),
  version: z.int().min(1).optional(),
  revision,
  state: z
    .enum(STATES)
    .describe("withdrawn and merged ones are kept so that citations lead somewhere: do not count them"),
  publishedAt: Utc.optional().describe("when that version was published"),
  changedSince: z.boolean().optional().describe("the analysis knows more than the version tells"),
  withdrawn: Withdrawn.optional(),
  mergedInto: IncidentNumber.optional().describe("the number that tells it now"),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

export const INCIDENT_COLUMNS: readonly Column<IncidentRow>[] = [
  { name: "id", about: "id of the analysis", of: (row) => row.id },
  { name: "number", about: "number under which it is published; empty while it is not", of: (row) => row.number },
  {
    name: "version",
    type: "integer",
    unit: "number of a version",
    about: "its newest version (see changed_since); empty while it is not published",
    of: (row) => row.version ?? null,
  },
  { name: "kind", about: "block, interception, throttle, shutdown or outage", of: (row) => row.kind },
  { name: "method", about: "how, as the verdicts name it", of: (row) => row.method },
  { name: "extent", about: "degree of a loss", of: (row) => row.extent },
  { name: "confidence", about: "observed, probable or confirmed", of: (row) => row.confidence },
  ...edgeColumns<IncidentRow>(),
  {
    name: "start_unknown",
    type: "flag",
    about:
      "it was so when watching began: both bounds of the start are the first sighting, and the true start lies before",
    of: (row) => row.startUnknown ?? false,
  },
  {
    name: "end_unknown",
    type: "flag",
    about: "nobody has watched it since: the end is the last sighting, and the true one may lie later",
    of: (row) => row.endUnknown ?? false,
  },
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
    about: "the explanation that leads all others clearly (20 to 1); empty: none does",
    of: (row) => row.cause ?? null,
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
  {
    name: "state",
    about: "unpublished, published, withdrawn or merged; count only the first two",
    of: (row) => row.state,
  },
  { name: "published_at", type: "time", about: "when the version was published", of: (row) => row.publishedAt ?? null },
  {
    name: "changed_since",
    type: "flag",
    about: "the analysis knows more than the version tells: a further version will tell it",
    of: (row) => row.changedSince ?? false,
  },
  {
    name: "withdrawn_at",
    type: "time",
    about: "when it was withdrawn; empty while it stands",
    of: (row) => row.withdrawn?.at ?? null,
  },
  {
    name: "withdrawn_by",
    about: "records (the analysis took it back) or review",
    of: (row) => row.withdrawn?.by ?? null,
  },
  {
    name: "withdrawn_reason",
    about: "the reviewer's words, in English where there are such",
    of: (row) => reasonOf(row),
  },
  { name: "merged_into", about: "the number that tells it now", of: (row) => row.mergedInto ?? null },
];

function reasonOf({ withdrawn }: IncidentRow): string | null {
  const { en, ru, kk } = withdrawn?.reason ?? {};
  return en ?? ru ?? kk ?? null;
}
