import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { RegistryLookup } from "../../../protocol/publication.ts";
import type { KeptLookup, RegistryTable } from "../legal-tables.ts";
import type { Engine } from "./engine.ts";

export const REGISTRY_SQL = {
  addAnswer: "INSERT INTO registry_answer (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING",
  add: "INSERT INTO registry_lookup (target, asked, lookup, answer) VALUES (?, ?, ?, ?)",
  newest: `SELECT l.id, l.lookup FROM registry_lookup l
    JOIN (SELECT target, max(id) AS id FROM registry_lookup GROUP BY target) n ON n.id = l.id ORDER BY l.target`,
  list: "SELECT id, lookup FROM registry_lookup WHERE id < ? ORDER BY id DESC LIMIT ?",
  listOf: "SELECT id, lookup FROM registry_lookup WHERE target = ? AND id < ? ORDER BY id DESC LIMIT ?",
  answer: "SELECT bytes FROM registry_answer WHERE sha256 = ?",
};

type Row = { id: number; lookup: string };

/** Lookups in a public registry, with the bytes of the answers. */
export function registryTable({ db, run }: Engine): RegistryTable {
  const addAnswer = db.prepare<[string, Uint8Array]>(REGISTRY_SQL.addAnswer);
  const addLookup = db.prepare<[string, number, string, string | null]>(REGISTRY_SQL.add);
  const newest = db.prepare<[], Row>(REGISTRY_SQL.newest);
  const list = db.prepare<[number, number], Row>(REGISTRY_SQL.list);
  const listOf = db.prepare<[string, number, number], Row>(REGISTRY_SQL.listOf);
  const answerOf = db.prepare<[string], { bytes: Buffer }>(REGISTRY_SQL.answer);
  const add = db.transaction((lookup: RegistryLookup, answer: Uint8Array | null) => {
    const kept = answer === null ? null : lookup.answerSha256;
    if (answer !== null && kept !== null) addAnswer.run(kept, answer);
    addLookup.run(lookup.target, Date.parse(lookup.asked), canonicalJson(lookup), kept);
  });
  return {
    add: (lookup, answer) => run(() => void add.immediate(lookup, answer)),
    newest: () => run(() => newest.all().map((row) => kept(row).lookup)),
    list: ({ target, before, limit }) =>
      run(() => {
        const from = before ?? Number.MAX_SAFE_INTEGER;
        return (target === null ? list.all(from, limit) : listOf.all(target, from, limit)).map(kept);
      }),
    answer: (sha256) => run(() => answerOf.get(sha256)?.bytes ?? null),
  };
}

function kept({ id, lookup }: Row): KeptLookup {
  return { id, lookup: RegistryLookup.parse(JSON.parse(lookup)) };
}
