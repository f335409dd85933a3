import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { linksOf } from "../../analysis/associate/report-links.ts";
import { keptReports } from "../../api/kept-reports.ts";
import type { KeptReport } from "../../api/told.ts";
import type { Desk } from "../desk.ts";
import { REPORT_FIELDS, reportOf, valuesOfReport } from "../report-form.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

const READ_MAX = 10_000;

/**
 * What press and NGOs reported, and which incidents each may speak of: list, add, correct, withdraw. Each change is a
 * further revision; readers see it at once.
 */
export function addReports(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, { path: "/reports", role: "viewer", get: (visit) => list(desk, visit) });
  addScreen(app, desk, {
    path: "/reports/edit",
    role: "editor",
    get: (visit) => edit(desk, visit),
    post: (visit) => save(desk, visit),
  });
  addScreen(app, desk, { path: "/reports/withdraw", role: "editor", post: (visit) => withdraw(desk, visit) });
}

async function list({ reader, pages }: Desk, { frame }: Visit) {
  const ever = { from: 0, to: Number.MAX_SAFE_INTEGER, asOf: null, openOnly: false, limit: READ_MAX };
  const { incidents: table, publications } = reader.store;
  const [incidents, kept, heads] = await Promise.all([table.list(ever), keptReports(reader), publications.heads(null)]);
  const numbers = new Map([...heads].map(([id, { number }]) => [id, number]));
  const reports = kept.reverse().map(({ report, ...state }) => {
    const links = state.withdrawn ? [] : linksOf(report, incidents);
    return { ...report, ...state, links };
  });
  return { page: pages.reports({ reports, numbers }, frame) };
}

async function edit(desk: Desk, { query, frame }: Visit) {
  const id = query("report");
  const kept = id === "" ? null : await keptOf(desk, id);
  if (id !== "" && kept === null) return { page: desk.pages.refused("missing", frame), status: 404 };
  const values = kept === null ? {} : valuesOfReport(kept.report);
  return { page: desk.pages.reportForm({ values, isNew: kept === null }, frame) };
}

async function save(desk: Desk, { form, frame, session }: Visit) {
  const { store, catalogue, now } = desk.reader;
  const values = Object.fromEntries(REPORT_FIELDS.map((name) => [name, form.one(name)]));
  const isNew = values.id === "";
  const before = isNew ? null : await keptOf(desk, values.id ?? "");
  if (!isNew && before === null) return { page: desk.pages.refused("missing", frame), status: 404 };
  const id = before?.report.id ?? `desk-${randomUUID()}`;
  const read = reportOf({ ...values, id }, catalogue, before?.report ?? null);
  if (!read.ok) {
    const problem = read.problems.join("; ");
    return { page: desk.pages.reportForm({ values, isNew }, { ...frame, problem }), status: 400 };
  }
  await store.reports.put({ report: read.value, withdrawn: false }, now());
  const detail = read.value.title.en;
  await desk.audit.record({ by: session.account.name, act: "report saved", subject: id, detail });
  return { to: "/reports", done: "saved" as const };
}

async function withdraw(desk: Desk, visit: Visit) {
  const kept = await keptOf(desk, visit.form.one("report"));
  if (kept === null || kept.withdrawn) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const { report } = kept;
  const subject = report.title[visit.language];
  const question = asked(desk, visit, "withdrawReport", { subject, back: "/reports" });
  if (question !== null) return question;
  const { store, now } = desk.reader;
  await store.reports.put({ report, withdrawn: true }, now());
  const said = { act: "report withdrawn", subject: report.id, detail: report.title.en } as const;
  await desk.audit.record({ by: visit.session.account.name, ...said });
  return { to: "/reports", done: "withdrawn" as const };
}

async function keptOf({ reader }: Desk, id: string): Promise<KeptReport | null> {
  return (await keptReports(reader)).find(({ report }) => report.id === id) ?? null;
}
