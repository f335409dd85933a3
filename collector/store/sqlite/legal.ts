import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import { LegalBasis } from "../../../protocol/publication.ts";
import type { LegalTable } from "../legal-tables.ts";
import type { Engine } from "./engine.ts";

export const LEGAL_SQL = {
  known: "SELECT record FROM legal_basis WHERE id = ? AND version = ?",
  last: "SELECT max(version) AS version FROM legal_basis WHERE id = ?",
  add: "INSERT INTO legal_basis (id, version, recorded, record) VALUES (?, ?, ?, ?)",
  all: "SELECT record FROM legal_basis ORDER BY recorded, id, version",
};

type Row = { record: string };

/** Legal bases, by version. */
export function legalTable({ db, run }: Engine): LegalTable {
  const known = db.prepare<[string, number], Row>(LEGAL_SQL.known);
  const last = db.prepare<[string], { version: number | null }>(LEGAL_SQL.last);
  const add = db.prepare<[string, number, number, string]>(LEGAL_SQL.add);
  const all = db.prepare<[], Row>(LEGAL_SQL.all);
  const addOne = (record: LegalBasis): 0 | 1 => {
    const { id, version } = record;
    const text = canonicalJson(record);
    const before = known.get(id, version);
    if (before?.record === text) return 0;
    if (before !== undefined)
      throw new CodedError(
        "bad_input",
        `${id}: version ${version} is on record and never changes. Add version ${version + 1}.`,
      );
    const newest = last.get(id)?.version ?? 0;
    if (version !== newest + 1)
      throw new CodedError("bad_input", `${id}: the next version is ${newest + 1}, not ${version}.`);
    add.run(id, version, Date.parse(record.recordedAt), text);
    return 1;
  };
  const addAll = db.transaction((records: readonly LegalBasis[]) =>
    [...records].sort((a, b) => a.version - b.version).reduce((count, record) => count + addOne(record), 0),
  );
  return {
    add: (records) => run(() => addAll.immediate(records)),
    all: () => run(() => all.all().map(({ record }) => LegalBasis.parse(JSON.parse(record)))),
  };
}
