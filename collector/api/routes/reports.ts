import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { linksOf } from "../../analysis/associate/report-links.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { reportsIn } from "../timeline-view.ts";
import type { Report } from "../types.ts";

const { from, to, region } = PARAMETERS;
const EVER_DAYS = 36_500;
const READ_MAX = 10_000;

const COLUMNS = [
  { name: "id", of: (row: Report) => row.id },
  { name: "kind", of: (row: Report) => row.kind },
  { name: "grade", of: (row: Report) => row.grade },
  { name: "place", of: (row: Report) => row.place },
  { name: "start", of: (row: Report) => row.start },
  { name: "end", of: (row: Report) => row.end },
  { name: "precision", of: (row: Report) => row.precision },
  { name: "targets", of: (row: Report) => row.targets.join(" ") },
  { name: "title_en", of: (row: Report) => row.title.en },
  { name: "title_ru", of: (row: Report) => row.title.ru },
  { name: "title_kk", of: (row: Report) => row.title.kk },
  { name: "source", of: (row: Report) => row.source },
  { name: "linked_incidents", of: (row: Report) => (row.links ?? []).map(({ incident }) => incident).join(" ") },
];

/** `GET /api/v1/reports`: what press and NGOs reported; never mixed with what was measured. */
export function addReports(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "reports",
    query: z.strictObject({ from, to, region }),
    columns: COLUMNS,
    read: async (query) => {
      const window = windowOf(query, reader.now() + 1, EVER_DAYS);
      const reports = reportsIn(reader.catalogue.reports, { ...window, region: query.region ?? null });
      const incidents = await reader.store.incidents.list({ ...window, asOf: null, openOnly: false, limit: READ_MAX });
      return { rows: reports.map((report) => ({ ...report, links: linksOf(report, incidents) })) };
    },
  });
}
