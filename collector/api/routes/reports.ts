import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Report as ReportRow } from "../../../targets/schema.ts";
import { linksOf } from "../../analysis/associate/report-links.ts";
import { type Column, localColumns, namesCell } from "../columns.ts";
import { publicReports } from "../kept-reports.ts";
import { addListing } from "../listing.ts";
import { pageOfRows } from "../page-rows.ts";
import { PARAMETERS, several, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { standingIncidents } from "../standing-incidents.ts";
import { reportsIn } from "../timeline-view.ts";
import type { Report } from "../types.ts";

const { from, to, region, target, limit, cursor } = PARAMETERS;
const EVER_DAYS = 36_500;
const READ_MAX = 10_000;
const LIMIT = 1000;

const Query = z.strictObject({
  ...{ from, to, region, target, limit, cursor },
  kind: several(ReportRow.shape.kind).optional().describe("kinds of reports, apart by commas"),
  grade: several(ReportRow.shape.grade)
    .optional()
    .describe("A measured, B several reports, C one report; apart by commas"),
});
const Link = z
  .strictObject({ incident: z.string(), reason: z.string() })
  .describe("a measured incident that it may speak of, and why");

const COLUMNS: readonly Column<Report>[] = [
  { name: "id", about: "id of the report", of: (row) => row.id },
  { name: "kind", about: "what was reported", of: (row) => row.kind },
  { name: "grade", about: "A measured, B several reports, C one report", of: (row) => row.grade },
  { name: "place", about: "region, or KZ", of: (row) => row.place },
  { name: "start", type: "time", about: "as exact as precision says", of: (row) => row.start },
  { name: "end", type: "time", about: "empty where it is not known", of: (row) => row.end },
  { name: "precision", about: "minute, hour, day or month", of: (row) => row.precision },
  { name: "targets", about: "ids apart by spaces", of: (row) => row.targets.join(" ") },
  { name: "title_en", about: "what was reported, in English", of: (row) => row.title.en },
  { name: "title_ru", about: "the same in Russian", of: (row) => row.title.ru },
  { name: "title_kk", about: "the same in Kazakh", of: (row) => row.title.kk },
  { name: "source", about: "who reported it, and where", of: (row) => row.source },
  {
    name: "linked_incidents",
    about: "measured incidents that it may speak of, apart by spaces",
    of: (row) => (row.links ?? []).map(({ incident }) => incident).join(" "),
  },
  ...localColumns<Report>(({ start, place }) => ({ at: start, region: place })),
  {
    name: "target_names",
    about: "names of the targets, in their order, apart by semicolons",
    of: (row, words) => namesCell(row.targets.map(words.target)),
  },
  {
    name: "place_name",
    about: "name of the region in the language asked for",
    of: (row, words) => words.region(row.place),
  },
];

/** `GET /api/v1/reports`: what press and NGOs reported; never mixed with what was measured. */
export function addReports(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "reports",
    about: {
      en: "What press and organisations reported, oldest first: a layer of its own, never mixed with what was measured.",
      ru: "О чём сообщали пресса и организации, старые сначала: отдельный слой, никогда не смешивается с измеренным.",
      kk: "Баспасөз бен ұйымдар хабарлағандар, ескісі алдымен: бөлек қабат, өлшенгенмен ешқашан араласпайды.",
    },
    query: Query,
    row: ReportRow.extend({ links: z.array(Link) }),
    columns: COLUMNS,
    placesOf: ({ place }) => [place],
    example: "limit=2",
    read: async (query) => {
      const window = windowOf(query, reader.now() + 1, EVER_DAYS);
      const reports = reportsIn(await publicReports(reader), { ...window, region: query.region ?? null }).filter(
        ({ kind, grade, targets }) =>
          (query.kind === undefined || query.kind.includes(kind)) &&
          (query.grade === undefined || query.grade.includes(grade)) &&
          (query.target === undefined || targets.includes(query.target)),
      );
      const place = ({ id, start }: Report) => ({ at: Date.parse(start), id });
      const { limit: asked = LIMIT, cursor: after } = query;
      const page = pageOfRows(reports, { order: "up", place, limit: asked, cursor: after, asOf: reader.now() });
      const { incidents } = await standingIncidents(reader, {
        ...window,
        asOf: null,
        openOnly: false,
        limit: READ_MAX,
      });
      const rows = page.rows.map((report) => ({ ...report, links: linksOf(report, incidents) }));
      return { rows, next: page.next, coverage: { probes: null, band: null, samples: null } };
    },
  });
}
