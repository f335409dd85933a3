import type { LegalBasis, RegistryLookup } from "../../../protocol/publication.ts";
import { type Column, edgeColumns } from "../columns.ts";
import type { QuarterlyRow, ReconciledTarget } from "../legal-types.ts";

/** What is known of legal bases. */
export const LEGAL_COLUMNS: readonly Column<LegalBasis>[] = [
  { name: "id", about: "id of the basis", of: (row) => row.id },
  {
    name: "version",
    type: "integer",
    unit: "number of a version",
    about: "its version, from 1",
    of: (row) => row.version,
  },
  { name: "target", about: "target it speaks of", of: ({ subject }) => ("target" in subject ? subject.target : null) },
  {
    name: "incident",
    about: "incident it speaks of",
    of: ({ subject }) => ("incident" in subject ? subject.incident : null),
  },
  {
    name: "basis",
    about: "court decision, administrative order, no known legal basis or not yet known",
    of: (row) => row.basis,
  },
  { name: "authority", about: "who decided", of: (row) => row.authority },
  { name: "statute", about: "law that was named", of: (row) => row.statute },
  { name: "document", about: "title of the document", of: (row) => row.document?.title ?? null },
  { name: "document_number", about: "its number", of: (row) => row.document?.number ?? null },
  { name: "document_date", about: "its date, as exact as it is known", of: (row) => row.document?.date ?? null },
  {
    name: "document_sha256",
    about: "hash of the archived document (SHA-256)",
    of: (row) => row.document?.sha256 ?? null,
  },
  { name: "remedy", about: "appeal, and what came of it", of: (row) => row.remedy },
  { name: "source", about: "where that is known from", of: (row) => row.source },
  { name: "recorded_at", type: "time", about: "when it was written down", of: (row) => row.recordedAt },
];

/** What a public registry answered. */
export const REGISTRY_COLUMNS: readonly Column<RegistryLookup>[] = [
  { name: "target", about: "target that was asked for", of: (row) => row.target },
  { name: "asked", type: "time", about: "when the registry was asked", of: (row) => row.asked },
  {
    name: "status",
    about: "listed_court, listed_no_court, not_listed or lookup_failed (never read as not listed)",
    of: (row) => row.status,
  },
  { name: "failure", about: "why the lookup failed", of: (row) => row.failure },
  {
    name: "courts",
    about: "courts that the entries name, apart by semicolons",
    of: (row) => row.entries.map(({ court }) => court ?? "").join("; "),
  },
  {
    name: "dates",
    about: "dates of the entries, apart by semicolons",
    of: (row) => row.entries.map(({ date }) => date ?? "").join("; "),
  },
  {
    name: "http_status",
    type: "integer",
    unit: "HTTP status",
    about: "status of the answer",
    of: (row) => row.httpStatus,
  },
  { name: "answer_sha256", about: "hash of the bytes of the answer (SHA-256)", of: (row) => row.answerSha256 },
  { name: "answer_bytes", type: "integer", unit: "bytes", about: "length of the answer", of: (row) => row.answerBytes },
  { name: "url", about: "address that was asked", of: (row) => row.url },
];

/** The registry held against measurements. */
export const RECONCILIATION_COLUMNS: readonly Column<ReconciledTarget>[] = [
  { name: "target", about: "target", of: (row) => row.target },
  { name: "listed", type: "flag", about: "whether the registry lists it; empty: no answer", of: (row) => row.listed },
  { name: "registry_status", about: "status of the newest answer", of: (row) => row.status },
  { name: "asked", type: "time", about: "when the registry was asked", of: (row) => row.askedAt },
  { name: "answer_sha256", about: "hash of the bytes of the answer (SHA-256)", of: (row) => row.answerSha256 },
  { name: "measured", about: "blocked, reachable or unclear", of: (row) => row.reach },
  {
    name: "incidents",
    about: "numbers (or ids) of the open incidents that block it, apart by spaces",
    of: (row) => row.incidents.join(" "),
  },
  { name: "networks", type: "integer", about: "networks that measured it of late", of: (row) => row.networks },
  { name: "basis", about: "legal basis that is known", of: (row) => row.basis },
];

/** The quarterly table. */
export const QUARTERLY_COLUMNS: readonly Column<QuarterlyRow>[] = [
  { name: "quarter", about: "quarter, as 2026-Q4", of: (row) => row.quarter },
  { name: "number", about: "number of the incident", of: (row) => row.number },
  {
    name: "version",
    type: "integer",
    unit: "number of a version",
    about: "its newest version",
    of: (row) => row.version,
  },
  { name: "kind", about: "block, interception, throttle, shutdown or outage", of: (row) => row.kind },
  { name: "target", about: "target; empty for a whole service", of: (row) => row.target },
  { name: "basis", about: "legal basis that is known", of: (row) => row.basis },
  { name: "authority", about: "who decided", of: (row) => row.authority },
  { name: "statute", about: "law that was named", of: (row) => row.statute },
  { name: "document", about: "title of the document", of: (row) => row.document?.title ?? null },
  { name: "document_number", about: "its number", of: (row) => row.document?.number ?? null },
  { name: "document_date", about: "its date, as exact as it is known", of: (row) => row.document?.date ?? null },
  { name: "remedy", about: "appeal, and what came of it", of: (row) => row.remedy },
  { name: "confidence", about: "observed, probable or confirmed", of: (row) => row.confidence },
  ...edgeColumns<QuarterlyRow>(),
  { name: "asns", about: "networks apart by spaces; empty: all that were watched", of: (row) => row.asns.join(" ") },
  {
    name: "regions",
    about: "regions apart by spaces; empty: all that were watched",
    of: (row) => row.regions.join(" "),
  },
  { name: "source", about: "where the legal basis is known from", of: (row) => row.source },
];
