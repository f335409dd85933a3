import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { Report } from "../../../targets/schema.ts";
import type { ReportTable, StoredReport } from "../world-tables.ts";
import type { Engine } from "./engine.ts";

export const REPORT_SQL = {
  last: "SELECT revision, withdrawn, report FROM report WHERE id = ? ORDER BY revision DESC LIMIT 1",
  add: "INSERT INTO report (id, revision, stored, withdrawn, report) VALUES (?, ?, ?, ?, ?)",
  all: `SELECT r.withdrawn, r.report FROM report r
    JOIN (SELECT id, max(revision) AS revision FROM report GROUP BY id) n ON n.id = r.id AND n.revision = r.revision
    ORDER BY r.id LIMIT ?`,
  revisions: "SELECT withdrawn, report FROM report WHERE id = ? ORDER BY revision",
};

type Row = { withdrawn: number; report: string };

/** Reports that editors recorded, corrected or withdrew. */
export function reportTable({ db, run }: Engine): ReportTable {
  const last = db.prepare<[string], Row & { revision: number }>(REPORT_SQL.last);
  const add = db.prepare<[string, number, number, number, string]>(REPORT_SQL.add);
  const all = db.prepare<[number], Row>(REPORT_SQL.all);
  const revisions = db.prepare<[string], Row>(REPORT_SQL.revisions);
  const put = db.transaction(({ report, withdrawn }: StoredReport, at: number) => {
    const [text, state, before] = [canonicalJson(report), Number(withdrawn), last.get(report.id)];
    if (before?.report === text && before.withdrawn === state) return false;
    add.run(report.id, (before?.revision ?? 0) + 1, at, state, text);
    return true;
  });
  return {
    put: (stored, at) => run(() => put.immediate(stored, at)),
    all: (limit) => run(() => all.all(limit).map(parsed)),
    revisions: (id) => run(() => revisions.all(id).map(parsed)),
  };
}

function parsed({ withdrawn, report }: Row): StoredReport {
  return { withdrawn: withdrawn === 1, report: Report.parse(JSON.parse(report)) };
}
