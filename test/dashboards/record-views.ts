import type { Category, IncidentView, Target, TargetsView, TargetView } from "../../collector/api/types.ts";
import { PAST_CUT, TIMELINE_VIEWS } from "./timeline-views.ts";
import { BLOCK, ENDED, MANY } from "./view-incidents.ts";
import { NAMES, SITES } from "./view-names.ts";
import { AS_OF, findings, incident, shift, stamp } from "./view-parts.ts";

/** Pages of one incident by the situation they show; published ones are those of published-views.ts. */
export const INCIDENT_VIEWS = {
  cityCut: {
    ...TIMELINE_VIEWS.cityCut,
    incident: PAST_CUT,
    incidents: [PAST_CUT],
    earlier: [
      { asOf: "2022-01-05T10:43:00.000Z", confidence: "observed", witnesses: 2, end: null },
      { asOf: "2022-01-05T13:43:00.000Z", confidence: "probable", witnesses: 9, end: null },
    ],
  },
  openBlock: { ...TIMELINE_VIEWS.oneOpenBlock, incident: BLOCK, earlier: [] },
  asKnownThen: {
    ...TIMELINE_VIEWS.fewProbes,
    asOf: "2022-01-05T12:00:00.000Z",
    ...withIncident(
      incident({
        id: "KZ-2022-0003",
        kind: "throttle",
        method: "throttled",
        targets: ["youtube.com"],
        regions: ["KZ-62"],
        start: { earliest: "2022-01-05T09:00:00.000Z", latest: "2022-01-05T09:20:00.000Z" },
        confidence: "observed",
        witnesses: 1,
        singleWitness: true,
        startUnknown: true,
        causes: [{ cause: "single probe", score: 1, verdict: "untestable", because: ["only one probe saw it"] }],
      }),
    ),
    earlier: [],
  },
} satisfies Record<string, IncidentView>;

function withIncident(one: IncidentView["incident"]) {
  return { incident: one, incidents: [one] };
}

const CATEGORIES: Category[] = ["independent-media", "foreign-media", "social", "messenger"];

function target(id: string, index: number): Target {
  return {
    id,
    url: `https://${id}/`,
    category: CATEGORIES[index % CATEGORIES.length] ?? "other",
    names: NAMES.targets[id] ?? { kk: id, ru: id, en: id },
    why: "Reported unreachable in an invented year.",
    source: "An invented report, https://example.org/report",
    hostedIn: index % 2 === 0 ? "KZ" : null,
    risk: 2,
    kind: id.includes("telegram") ? "im" : "web",
  };
}

const TARGETS = SITES.map(target);

/** Lists of sites by the situation they show. */
export const TARGETS_VIEWS = {
  all: {
    ...stamp(),
    names: NAMES,
    category: null,
    categories: CATEGORIES,
    targets: TARGETS,
    cells: findings({ "orda.kz": { 9198: "tls_drop" }, "x.com": { 29355: "dns_tamper", 21299: "inconclusive" } }),
    changed: false,
  },
  oneCategory: {
    ...stamp(),
    names: NAMES,
    category: "messenger",
    categories: CATEGORIES,
    targets: TARGETS.filter(({ category }) => category === "messenger"),
    cells: [],
    changed: true,
  },
} satisfies Record<string, TargetsView>;

const DAYS = Array.from({ length: 30 }, (_, index) => shift(AS_OF, (index - 29) * 24 * 60).slice(0, 10));
const ORDA = target("orda.kz", 0);

/** Pages of one site by the situation they show. */
export const TARGET_VIEWS = {
  blocked: {
    ...stamp(),
    names: NAMES,
    target: ORDA,
    cells: TARGETS_VIEWS.all.cells.filter((cell) => cell.target === "orda.kz"),
    from: DAYS[0] ?? "",
    to: DAYS.at(-1) ?? "",
    days: DAYS.flatMap((day, index) =>
      index === 11
        ? []
        : [
            { day, asn: 9198, codes: index > 18 ? { ok: 300 - index * 10, tls_drop: index * 10 } : { ok: 288 } },
            { day, asn: 29355, codes: index % 7 === 0 ? { ok: 280, inconclusive: 8 } : { ok: 288 } },
            { day, asn: 48503, codes: index > 25 ? { ok: 1, tls_reset: 1 } : { ok: 1 }, few: true as const },
          ],
    ),
    asked: {
      day: "2026-11-20",
      days: [
        { day: "2026-11-20", asn: 9198, codes: { ok: 10, tls_drop: 278 } },
        { day: "2026-11-20", asn: 48503, codes: { ok: 1 }, few: true as const },
      ],
    },
    incidents: [BLOCK, ...ENDED, ...MANY.slice(3, 5)],
    reports: TIMELINE_VIEWS.cityCut.reports.map((report) => ({
      ...report,
      kind: "block" as const,
      targets: ["orda.kz"],
    })),
  },
  nothingKnown: {
    ...stamp(),
    names: NAMES,
    target: target("signal.org", 3),
    cells: [],
    from: DAYS[0] ?? "",
    to: DAYS.at(-1) ?? "",
    days: [],
    asked: { day: "2022-01-04", days: [] },
    incidents: [],
    reports: [],
  },
} satisfies Record<string, TargetView>;
