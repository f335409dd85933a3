import type { LegalView, StatementsView } from "../../collector/api/legal-types.ts";
import type { TargetView } from "../../collector/api/types.ts";
import { DENIAL, HASH, LEGAL, LOOKUPS, STATEMENT } from "./published-views.ts";
import { TARGET_VIEWS } from "./record-views.ts";
import { PAST_CUT } from "./timeline-views.ts";
import { BLOCK } from "./view-incidents.ts";
import { NAMES } from "./view-names.ts";
import { AS_OF, stamp } from "./view-parts.ts";

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

const SILENT = {
  shown: false,
  status451: false,
  authority: false,
  "law and date": false,
  appeal: false,
  "both languages": false,
};

/** Pages of a site with its legal side. */
export const TARGET_LAW_VIEWS = {
  law: {
    ...TARGET_VIEWS.blocked,
    legal: {
      ...{ legal: LEGAL, registry: LOOKUPS },
      transparency: {
        ...{ lowest: 0, highest: 3 },
        networks: [
          {
            ...{ asn: 9198, methods: ["block_page"], points: 3, seenAt: AS_OF, record: HASH },
            criteria: { ...SILENT, shown: true, status451: true, authority: true },
          },
          { asn: 29355, methods: ["tls_drop", "dns_tamper"], points: 0, criteria: SILENT, seenAt: null, record: null },
        ],
      },
    },
  },
} satisfies Record<string, TargetView>;
