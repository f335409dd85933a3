import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { checkCopy } from "../../../collector/store/backup.ts";
import { openDatabase } from "../../../collector/store/database.ts";
import { readCheckpoint } from "../../../protocol/checkpoint.ts";
import { leafHash } from "../../../protocol/merkle.ts";
import { runKuager, temporaryFolder, until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";

const folder = temporaryFolder();
let open: TestCollector | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function serving(): Promise<TestCollector> {
  const data = join(folder.path, `c${readdirSync(folder.path).length}`);
  mkdirSync(data);
  open = await startCollector({ folder: data, flags: { "checkpoint-seconds": "1" } });
  return open;
}

test("a copy made while the collector takes records holds one moment whole, and a collector serves from it", async () => {
  const collector = await serving();
  const probe = await collector.probe();
  let stop = false;
  const writing = (async () => {
    while (!stop) await post(collector.url, packed(probe.batch([probe.write(webDraft())])));
  })();
  const file = join(folder.path, "copy.db");
  const backup = await runKuager(["collector", "backup", file, "--json", "--data", collector.folder]);
  stop = true;
  await writing;
  expect(backup).toMatchObject({ code: 0, stderr: "" });
  const told = JSON.parse(backup.stdout) as { entries: number; leaves: number; checkpoint: string };
  expect(told.entries).toBe(told.leaves);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder.path).filter((name) => name.startsWith("copy"))).toEqual(["copy.db"]);
  expect((await runKuager(["collector", "backup", file, "--data", collector.folder])).code).toBe(73);
  const before = readCheckpoint(told.checkpoint);
  await collector.close();

  const data = join(folder.path, "restored");
  mkdirSync(data);
  copyFileSync(file, join(data, "collector.db"));
  open = await startCollector({ folder: data });
  const { size, root } = before ?? { size: -1, root: new Uint8Array() };
  const now = readCheckpoint(await (await fetch(`${open.url}/api/v1/log/checkpoint`)).text());
  expect(now?.size).toBe(told.entries);
  expect(now?.origin).toBe(before?.origin);
  if (now?.size === size) expect(now.root).toEqual(root);
  expect((await checkCopy(join(data, "collector.db"))).entries).toBe(told.entries);
});

test("a copy in which one entry was changed, taken out or cut is refused by name", async () => {
  const collector = await serving();
  const probe = await collector.probe();
  await post(collector.url, packed(probe.batch([1, 2, 3].map(() => probe.write(webDraft())))));
  await until("the head of the log covers them", async () => {
    const note = await (await fetch(`${collector.url}/api/v1/log/checkpoint`)).text();
    return readCheckpoint(note)?.size === 3;
  });
  const make = async (name: string, spoil: string) => {
    const file = join(folder.path, name);
    expect(await runKuager(["collector", "backup", file, "--data", collector.folder])).toMatchObject({ code: 0 });
    const db = await openDatabase(file);
    db.pragma("foreign_keys = OFF");
    db.exec(spoil);
    db.close();
    return runKuager(["collector", "backup", file, "--check"]);
  };
  const changed = await make("changed.db", "UPDATE entry SET text = replace(text, 'orda', 'other') WHERE id = 2");
  expect(changed).toMatchObject({ code: 65, stderr: expect.stringContaining("entry 2") });
  const out = await make(
    "out.db",
    "UPDATE log_chunk SET hashes = substr(hashes, 1, 64); DELETE FROM entry WHERE id = 3",
  );
  expect(out).toMatchObject({ code: 65, stderr: expect.stringContaining("root") });
  const cut = join(folder.path, "cut.db");
  writeFileSync(cut, "SQLite format 3\0 and no more");
  const short = join(folder.path, "short.db");
  writeFileSync(short, readFileSync(join(folder.path, "changed.db")).subarray(0, 20_000));
  const empty = join(folder.path, "empty.db");
  writeFileSync(empty, "");
  for (const file of [cut, short, empty, join(folder.path, "none.db")])
    expect(await runKuager(["collector", "backup", file, "--check"])).toMatchObject({
      code: 65,
      stderr: expect.not.stringMatching(/fault of ours|SqliteError/),
    });
});

test("reading a copy back leaves the folder and the file as they were, also one of a Kuager before that kept a log beside it", async () => {
  const collector = await serving();
  const probe = await collector.probe();
  await post(collector.url, packed(probe.batch([probe.write(webDraft())])));
  const place = join(folder.path, "alone");
  mkdirSync(place);
  const file = join(place, "copy.db");
  expect(await runKuager(["collector", "backup", file, "--data", collector.folder])).toMatchObject({ code: 0 });
  for (const mode of ["delete", "wal"]) {
    const db = await openDatabase(file);
    db.pragma(`journal_mode = ${mode}`);
    db.close();
    const before = readFileSync(file);
    expect((await checkCopy(file)).entries).toBe(1);
    expect(readdirSync(place)).toEqual(["copy.db"]);
    expect(readFileSync(file).equals(before)).toBe(true);
  }
});

test("a copy is one file that needs no other beside it to be read", async () => {
  const collector = await serving();
  const file = join(folder.path, "one.db");
  expect(await runKuager(["collector", "backup", file, "--data", collector.folder])).toMatchObject({ code: 0 });
  // Bytes 18 and 19 of SQLite's header: 1 is a file that is whole by itself, 2 one that has a log beside it.
  expect([...readFileSync(file).subarray(18, 20)]).toEqual([1, 1]);
});

test("a hash that the log keeps of 256 leaves is read back too", async () => {
  const collector = await serving();
  const probe = await collector.probe();
  await post(collector.url, packed(probe.batch(Array.from({ length: 260 }, () => probe.write(webDraft())))));
  await collector.close();
  open = null;
  const file = join(folder.path, "node.db");
  expect(await runKuager(["collector", "backup", file, "--data", collector.folder])).toMatchObject({ code: 0 });
  const db = await openDatabase(file);
  expect(db.prepare("UPDATE log_node SET hash = zeroblob(32)").run().changes).toBe(1);
  db.close();
  const checked = await runKuager(["collector", "backup", file, "--check"]);
  expect(checked).toMatchObject({ code: 65, stderr: expect.stringContaining("256 leaves") });
});

test.each([
  ["before the log", /^00[12]-/, 0],
  ["that kept a row for each leaf", /^00[1-6]-/, 1],
])(
  "a copy of a store %s is read back as well: it is made before a newer Kuager first serves",
  async (_, names, leaves) => {
    const file = join(folder.path, `old${leaves}.db`);
    const db = await openDatabase(file);
    for (const sql of oldMigrations(names)) db.exec(sql);
    db.prepare("INSERT INTO probe (id, role, joined, changed, hash) VALUES ('p', 'witness', 0, 0, '')").run();
    db.prepare(
      "INSERT INTO entry (probe, seq, received, kind, target, at, text, hash) VALUES ('p', 1, 0, 'web', 'x', 0, 'one', '')",
    ).run();
    if (leaves > 0) db.prepare("INSERT INTO log_leaf (leaf, entry, hash) VALUES (0, 1, ?)").run(leafHash("one"));
    db.close();
    expect(await checkCopy(file)).toEqual({ entries: 1, leaves, checkpoint: null });
    if (leaves === 0) return;
    const again = await openDatabase(file);
    again.exec("UPDATE entry SET text = 'two'");
    again.close();
    await expect(checkCopy(file)).rejects.toMatchObject({ code: "bad_input" });
  },
);

const migrations = new URL("../../../collector/store/migrations/", import.meta.url);
function oldMigrations(names: RegExp): string[] {
  const files = readdirSync(migrations).filter((name) => names.test(name));
  return files.sort().map((name) => readFileSync(new URL(name, migrations), "utf8"));
}

test("without a collector nothing is made", async () => {
  const file = join(folder.path, "none.db");
  const empty = join(folder.path, "empty");
  expect(await runKuager(["collector", "backup", file, "--data", empty])).toMatchObject({ code: 78 });
  expect(existsSync(file) || existsSync(empty)).toBe(false);
});
