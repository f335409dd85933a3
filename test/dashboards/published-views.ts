import type { LegalView, StatementBeside, StatementsView } from "../../collector/api/legal-types.ts";
import type {
  IncidentView,
  LegalBasis,
  Publication,
  PublishedVersion,
  RegistryLookup,
} from "../../collector/api/types.ts";
import { INCIDENT_VIEWS } from "./record-views.ts";
import { PAST_CUT } from "./timeline-views.ts";
import { BLOCK } from "./view-incidents.ts";
import { NAMES } from "./view-names.ts";
import { AS_OF, shift, stamp } from "./view-parts.ts";

const HASH = "ab12".repeat(16);
const CUT = "KZ-2022-0001";

function version(over: Partial<PublishedVersion> & Pick<PublishedVersion, "version">): PublishedVersion {
  return {
    ...{ number: CUT, publishedAt: shift("2022-01-05T12:00:00.000Z", over.version * 600), change: "records" },
    ...{ changed: [], note: null, erratum: false, other: null, rulesVersion: "2026-11-01", incident: PAST_CUT },
    ...over,
  };
}

const VERSIONS: PublishedVersion[] = [
  version({
    version: 3,
    change: "review",
    role: "reviewer",
    erratum: true,
    changed: ["regions"],
    note: {
      en: "The region was named wrongly (invented).",
      ru: "Регион был назван неверно (выдумано).",
      kk: "Өңір қате аталған (ойдан шығарылған).",
    },
  }),
  version({
    version: 2,
    changed: ["start", "confidence", "parts", "rules"],
    incident: { ...PAST_CUT, confidence: "probable", witnesses: 2 },
  }),
  version({
    version: 1,
    change: "first",
    incident: {
      ...PAST_CUT,
      confidence: "observed",
      end: null,
      start: { earliest: "2022-01-05T10:29:00.000Z", latest: "2022-01-05T10:45:00.000Z" },
    },
  }),
];

const STATEMENT: StatementBeside = {
  ...{ id: "s1", speaker: "An invented ministry", body: "state", at: "2022-01-05T00:00:00.000Z", precision: "day" },
  ...{
    claim: "explains",
    cause: "power cut",
    place: "KZ-75",
    from: "2022-01-05T10:00:00.000Z",
    to: "2022-01-05T21:00:00.000Z",
  },
  summary: {
    kk: "Байланыстың болмауы электр жабдығымен түсіндірілді (ойдан шығарылған).",
    ru: "Отсутствие связи объяснили оборудованием питания (выдумано).",
    en: "The loss was explained by power equipment (invented).",
  },
  ...{
    targets: [],
    asns: [],
    regions: ["KZ-75"],
    source: "An invented agency, https://example.org/s1",
    archived: null,
  },
  measured: {
    ...{ from: "2022-01-05T10:00:00.000Z", to: "2022-01-05T21:00:00.000Z", watched: { min: 0, max: 12, expected: 12 } },
    incidents: [{ ...PAST_CUT, number: CUT }],
  },
  hypotheses: [
    {
      claim: "power cut",
      predictions: [
        { kk: "машиналардың өзі өшеді", ru: "машины выключаются сами", en: "the machines go off themselves" },
      ],
      ...{ verdict: "contradicted", reason: "records" },
      grounds: [{ incident: PAST_CUT.id, verdict: "contradicted", because: ["9 of 11 hosts kept running"] }],
    },
  ],
};
const DENIAL: StatementBeside = {
  ...STATEMENT,
  ...{ id: "s2", speaker: "An invented operator", body: "operator", claim: "denies", denied: "order", cause: null },
  ...{ precision: "month", archived: { url: null, sha256: HASH, retrieved: AS_OF } },
  measured: { ...STATEMENT.measured, incidents: [], watched: { min: null, max: null, expected: 0 } },
  hypotheses: [{ claim: "no order", predictions: [], verdict: "untestable", reason: "not measured", grounds: [] }],
};

const LEGAL: LegalBasis[] = [
  {
    ...{ id: "l1", version: 1, subject: { target: "orda.kz" }, basis: "no known legal basis", authority: null },
    ...{ statute: null, document: null, remedy: null, source: "An invented source", recordedAt: AS_OF },
  },
  {
    ...{ id: "l2", version: 2, subject: { incident: "KZ-2026-0043" }, basis: "court decision" },
    ...{ authority: "An invented court", statute: "An invented law, article 1", remedy: "Appealed (invented)" },
    document: { title: "Decision", number: "1-2/3", date: "2026-11-01", url: null, sha256: HASH },
    ...{ source: "An invented case file", recordedAt: AS_OF },
  },
];
const LOOKUPS: RegistryLookup[] = [
  {
    ...{ target: "orda.kz", asked: AS_OF, url: "https://example.org/?url=orda.kz", status: "listed_no_court" },
    ...{ httpStatus: 200, answerSha256: HASH, answerBytes: 412, failure: null },
    entries: [{ id: "1", name: "http://orda.kz", category: "Другое", court: null, date: "27.11.2024", document: null }],
  },
  {
    ...{ target: "vlast.kz", asked: AS_OF, url: "https://example.org/?url=vlast.kz", status: "lookup_failed" },
    ...{ httpStatus: null, answerSha256: null, answerBytes: null, failure: "generic_timeout_error", entries: [] },
  },
];

const PUBLICATION: Publication = {
  ...{ number: CUT, versions: VERSIONS, shown: 3, sha256: HASH, site: "https://kuager.example" },
  ...{ legal: [], registry: [], statements: [STATEMENT, DENIAL], bundle: { sha256: HASH, bytes: 1_812_345 } },
};
const cut: IncidentView = { ...INCIDENT_VIEWS.cityCut, earlier: [], publication: PUBLICATION };
const blockVersions = [
  version({
    number: "KZ-2026-0043",
    version: 1,
    change: "split",
    other: "KZ-2026-0040",
    publishedAt: shift(AS_OF, -90),
    incident: BLOCK,
  }),
];

/** Pages of published incidents by the situation they show. */
export const PUBLISHED_VIEWS = {
  published: cut,
  oldVersion: {
    ...cut,
    asOf: VERSIONS[1]?.publishedAt ?? AS_OF,
    publication: { ...PUBLICATION, shown: 2, bundle: null, site: null },
    difference: {
      ...{ from: 1, to: 2 },
      fields: [
        { field: "confidence", before: "observed", after: "probable" },
        { field: "start", before: VERSIONS[2]?.incident.start, after: PAST_CUT.start },
        { field: "end", before: null, after: PAST_CUT.end },
        { field: "witnesses", before: 11, after: 2 },
        { field: "asns", before: [9198], after: [9198, 29355] },
        { field: "causes", before: [], after: PAST_CUT.causes },
        { field: "parts", before: null, after: [{ asn: 9198, region: "KZ-75", start: PAST_CUT.start, end: null }] },
        { field: "singleWitness", before: true, after: null },
      ],
    },
  },
  tombstone: {
    ...cut,
    publication: {
      ...PUBLICATION,
      shown: 4,
      statements: [],
      versions: [version({ version: 4, change: "tombstone" }), ...VERSIONS],
    },
  },
  merged: {
    ...cut,
    publication: {
      ...PUBLICATION,
      ...{ shown: 4, statements: [] },
      versions: [version({ version: 4, change: "merged", other: "KZ-2022-0002", role: "reviewer" }), ...VERSIONS],
    },
  },
  documented: {
    ...INCIDENT_VIEWS.openBlock,
    publication: {
      ...{ number: "KZ-2026-0043", versions: blockVersions, shown: 1, sha256: HASH, site: null, bundle: null },
      ...{ legal: LEGAL, registry: LOOKUPS, statements: [] },
    },
  },
} satisfies Record<string, IncidentView>;

/** Ledgers of statements. */
export const STATEMENTS_VIEWS = {
  some: { ...stamp(), names: NAMES, statements: [STATEMENT, DENIAL] },
  none: { ...stamp(), names: NAMES, statements: [] },
} satisfies Record<string, StatementsView>;

const RECONCILED = [
  ["orda.kz", true, "listed_no_court", "blocked", ["KZ-2026-0043"], "no known legal basis"],
  ["vlast.kz", true, "listed_court", "reachable", [], "court decision"],
  ["azattyq.org", false, "not_listed", "blocked", ["KZ-2026-0044"], "not yet known"],
  ["egov.kz", false, "not_listed", "reachable", [], "not yet known"],
  ["x.com", null, "lookup_failed", "blocked", ["KZ-2026-0045"], "not yet known"],
  ["vk.com", null, null, "unclear", [], "not yet known"],
] as const;

/** Pages of legal bases. */
export const LEGAL_VIEWS = {
  some: {
    ...stamp(),
    names: NAMES,
    ...{ quarter: "2026-Q4", quarters: ["2026-Q4", "2022-Q1"], legal: LEGAL, asked: true },
    rows: [
      {
        ...{ quarter: "2026-Q4", number: "KZ-2026-0043", version: 1, kind: "block", confidence: "confirmed" },
        ...{ target: "orda.kz", start: BLOCK.start, end: null, asns: [9198], regions: ["KZ-75"] },
        ...{ basis: "court decision", authority: "An invented court", statute: null, remedy: null, source: "s" },
        document: { title: "Decision", number: "1-2/3", date: "2026-11-01", url: null, sha256: null },
      },
      {
        ...{ quarter: "2026-Q4", number: "KZ-2026-0050", version: 2, kind: "shutdown", confidence: "probable" },
        ...{ target: null, start: PAST_CUT.start, end: PAST_CUT.end, asns: [], regions: [] },
        ...{ basis: "not yet known", authority: null, statute: null, remedy: null, source: null, document: null },
      },
    ],
    reconciliation: {
      rows: RECONCILED.map(([target, listed, status, reach, incidents, basis]) => ({
        ...{ target, listed, status, reach, incidents: [...incidents], basis, networks: 4 },
        ...{ askedAt: status === null ? null : AS_OF, answerSha256: status === null ? null : HASH },
      })),
      counts: {
        listedBlocked: 1,
        listedReachable: 1,
        unlistedBlocked: 1,
        unlistedReachable: 1,
        unanswered: 2,
        unmeasured: 0,
      },
    },
  },
  empty: {
    ...stamp(),
    names: NAMES,
    ...{ quarter: "2026-Q4", quarters: ["2026-Q4"], legal: [], asked: false, rows: [] },
    reconciliation: {
      rows: [],
      counts: {
        listedBlocked: 0,
        listedReachable: 0,
        unlistedBlocked: 0,
        unlistedReachable: 0,
        unanswered: 22,
        unmeasured: 0,
      },
    },
  },
} satisfies Record<string, LegalView>;
