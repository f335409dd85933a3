import type { FastifyInstance } from "fastify";
import { linksOf } from "../../analysis/associate/report-links.ts";
import type { Desk } from "../desk.ts";
import { addScreen } from "../visit.ts";

const READ_MAX = 10_000;

/** What press and NGOs reported, from the project's data files, and which incidents each may speak of. */
export function addReports(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, {
    path: "/reports",
    role: "viewer",
    get: async ({ frame }) => {
      const { store, catalogue } = desk.reader;
      const ever = { from: 0, to: Number.MAX_SAFE_INTEGER, asOf: null, openOnly: false, limit: READ_MAX };
      const incidents = await store.incidents.list(ever);
      const reports = catalogue.reports.map((report) => ({ ...report, links: linksOf(report, incidents) }));
      return { page: desk.pages.reports({ reports }, frame) };
    },
  });
}
