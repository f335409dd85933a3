import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { Statement } from "../../../protocol/publication.ts";
import type { StatementTable } from "../legal-tables.ts";
import type { Engine } from "./engine.ts";

export const STATEMENT_SQL = {
  last: "SELECT revision, statement FROM statement WHERE id = ? ORDER BY revision DESC LIMIT 1",
  add: "INSERT INTO statement (id, revision, stored, at, statement) VALUES (?, ?, ?, ?, ?)",
  all: `SELECT s.statement FROM statement s
    JOIN (SELECT id, max(revision) AS revision FROM statement GROUP BY id) n ON n.id = s.id AND n.revision = s.revision
    ORDER BY s.at, s.id`,
  revisions: "SELECT statement FROM statement WHERE id = ? ORDER BY revision",
};

type Row = { statement: string };

/** The ledger of statements. */
export function statementTable({ db, run }: Engine): StatementTable {
  const last = db.prepare<[string], Row & { revision: number }>(STATEMENT_SQL.last);
  const add = db.prepare<[string, number, number, number, string]>(STATEMENT_SQL.add);
  const all = db.prepare<[], Row>(STATEMENT_SQL.all);
  const revisions = db.prepare<[string], Row>(STATEMENT_SQL.revisions);
  const addEach = (isKnown: (id: string, text: string) => boolean) =>
    db.transaction((statements: readonly Statement[], at: number) =>
      statements.reduce((count, statement) => {
        const text = canonicalJson(statement);
        if (isKnown(statement.id, text)) return count;
        add.run(statement.id, (last.get(statement.id)?.revision ?? 0) + 1, at, Date.parse(statement.at), text);
        return count + 1;
      }, 0),
    );
  const putAll = addEach((id, text) => last.get(id)?.statement === text);
  const addAll = addEach((id, text) => revisions.all(id).some((row) => row.statement === text));
  return {
    put: (statements, at) => run(() => putAll.immediate(statements, at)),
    addKnown: (statements, at) => run(() => addAll.immediate(statements, at)),
    all: () => run(() => all.all().map(parsed)),
    revisions: (id) => run(() => revisions.all(id).map(parsed)),
  };
}

function parsed({ statement }: Row): Statement {
  return Statement.parse(JSON.parse(statement));
}
