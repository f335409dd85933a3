import type { StateTable } from "../store.ts";
import type { Engine } from "./engine.ts";

const SQL = {
  get: "SELECT value FROM state WHERE key = ?",
  set: "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  once: "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
};

/** Single values by key. */
export function stateTable({ db, run }: Engine): StateTable {
  const get = db.prepare<[string], { value: string }>(SQL.get);
  const set = db.prepare<[string, string]>(SQL.set);
  const once = db.prepare<[string, string]>(SQL.once);
  return {
    get: (key) => run(() => get.get(key)?.value ?? null),
    set: (key, value) => run(() => void set.run(key, value)),
    once: (key, make) =>
      run(() => {
        if (get.get(key) === undefined) once.run(key, make());
        // Read back: another process may have been quicker.
        return get.get(key)?.value ?? "";
      }),
  };
}
