import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openDatabase } from "../../../collector/store/database.ts";
import { migrate } from "../../../collector/store/migrate.ts";
import { openStore, sqliteStore } from "../../../collector/store/open-store.ts";
import type { ArchivedRow, Store } from "../../../collector/store/store.ts";
import { leafHash, memoryNodes, treeRoot, verifyConsistency, verifyInclusion } from "../../../protocol/merkle.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const PROBES = ["a", "b", "c"].map((letter) => letter.repeat(32));
const row = (probe: string, seq: number): ArchivedRow => ({
  ...{ seq, kind: "web", target: "orda.kz", at: seq, received: seq },
  ...{ text: JSON.stringify({ probe, seq }), hash: `${probe}${seq}` },
});

async function inStore<T>(work: (store: Store, folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  const store = await openStore(folder.path);
  try {
    for (const id of PROBES)
      await store.probes.addKnown({ id, role: "witness", asn: null, region: null, access: null }, null);
    return await work(store, folder.path);
  } finally {
    await store.close();
    folder.remove();
  }
}

const rootHex = async (store: Store, size: number) => Buffer.from(await store.log.root(size)).toString("hex");
const rootOf = (texts: readonly string[]) =>
  Buffer.from(treeRoot(texts.length, memoryNodes(texts.map((text) => leafHash(text))))).toString("hex");

test("whatever comes in whatever order and however often, the log holds each entry once, as it came", async () => {
  const arrivals = fc.array(
    fc.tuple(fc.constantFrom(...PROBES), fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 200 })),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(arrivals, fc.nat(), (batches, pick) =>
      inStore(async (store) => {
        const texts: string[] = [];
        for (const [probe, seqs] of batches) {
          const rows = seqs.map((seq) => row(probe, seq));
          await store.entries.addKnown(probe, rows);
          for (const { text } of rows) if (!texts.includes(text)) texts.push(text);
        }
        const size = texts.length;
        expect(await store.log.size()).toBe(size);
        if (size === 0) return;
        expect(await rootHex(store, size)).toBe(rootOf(texts));
        const index = pick % size;
        const [root, path] = [await store.log.root(size), await store.log.inclusion(index, size)];
        expect(verifyInclusion({ index, size, leaf: leafHash(texts[index] ?? ""), path, root })).toBe(true);
        const [from, steps] = [index + 1, await store.log.consistency(index + 1, size)];
        const fromRoot = await store.log.root(from);
        expect(verifyConsistency({ from, to: size, fromRoot, toRoot: root, path: steps })).toBe(true);
      }),
    ),
    { numRuns: 25 },
  );
}, 60_000);

test("roots of whole tiles are kept as the log grows past them", async () => {
  await inStore(async (store) => {
    const texts = Array.from({ length: 70_000 }, (_, at) => row("a".repeat(32), at + 1));
    for (let at = 0; at < texts.length; at += 5000)
      await store.entries.addKnown(PROBES[0] ?? "", texts.slice(at, at + 5000));
    expect(await rootHex(store, texts.length)).toBe(rootOf(texts.map(({ text }) => text)));
    expect(await store.log.tile(1, 1, 256)).toHaveLength(70_000 / 256 - 256 - ((70_000 / 256) % 1));
    expect(await store.log.tile(2, 0, 256)).toHaveLength(1);
  });
}, 60_000);

test("an append that fails leaves no leaf", async () => {
  await inStore(async (store) => {
    const [probe = ""] = PROBES;
    await expect(store.entries.addKnown(probe, [row(probe, 1), { ...row(probe, 2), at: 0.5 }])).rejects.toThrow();
    expect(await store.log.size()).toBe(0);
    await store.entries.addKnown(probe, [row(probe, 1)]);
    await expect(store.entries.addKnown(probe, [row(probe, 2), { ...row(probe, 1), hash: "other" }])).rejects.toThrow();
    expect(await store.log.size()).toBe(1);
    expect(await store.log.leafOf(probe, 1)).toMatchObject({ leaf: 0 });
  });
});

test("leaves of a store that kept one in each row stand where they stood, and the log goes on from its old heads", async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, "collector.db");
  const db = await openDatabase(file);
  try {
    migrate(db, oldMigrations(/^00[123]-/));
    const [probe = ""] = PROBES;
    db.prepare("INSERT INTO probe (id, role, joined, changed, hash) VALUES (?, 'witness', 0, 0, '')").run(probe);
    const add = db.prepare(
      "INSERT INTO entry (id, probe, seq, received, kind, target, at, text, hash) VALUES (?, ?, ?, 0, 'web', 'x', 0, ?, '')",
    );
    const leaf = db.prepare("INSERT INTO log_leaf (leaf, entry, hash) VALUES (?, ?, ?)");
    const node = db.prepare("INSERT INTO log_node (level, node, hash) VALUES (1, ?, ?)");
    // Ids with holes, as a database that was mended may have them.
    const ids = Array.from({ length: 600 }, (_, at) => at + 1 + (at > 300 ? 7 : 0) + (at > 511 ? 1 : 0));
    const texts = ids.map((id) => `entry ${id}`);
    const read = memoryNodes(texts.map((text) => leafHash(text)));
    for (const [at, id] of ids.entries()) {
      add.run(id, probe, at + 1, texts[at]);
      leaf.run(at, id, read(0, at));
    }
    for (const at of [0, 1]) node.run(at, read(8, at));
    migrate(db);
    const store = sqliteStore(db, file);
    expect(await store.log.size()).toBe(600);
    expect(await rootHex(store, 600)).toBe(rootOf(texts));
    for (const seq of [1, 301, 302, 512, 513, 600])
      expect(await store.log.leafOf(probe, seq)).toMatchObject({ leaf: seq - 1, hash: Buffer.from(read(0, seq - 1)) });
    const more = Array.from({ length: 300 }, (_, at) => row(probe, 601 + at));
    await store.entries.addKnown(probe, more);
    const all = [...texts, ...more.map(({ text }) => text)];
    expect(await rootHex(store, 900)).toBe(rootOf(all));
    const [from, steps] = [600, await store.log.consistency(600, 900)];
    const [fromRoot, toRoot] = [await store.log.root(600), await store.log.root(900)];
    expect(verifyConsistency({ from, to: 900, fromRoot, toRoot, path: steps })).toBe(true);
    expect(await store.log.leafOf(probe, 900)).toMatchObject({ leaf: 899 });
    expect(await store.log.leafOf(probe, 901)).toBeNull();
  } finally {
    db.close();
    folder.remove();
  }
});

const migrations = new URL("../../../collector/store/migrations/", import.meta.url);
const oldMigrations = (names: RegExp) =>
  readdirSync(migrations)
    .filter((name) => names.test(name))
    .sort()
    .map((name, index) => ({ version: index + 1, sql: readFileSync(new URL(name, migrations), "utf8") }));

test("a store from before the log has its entries made leaves, in the order in which they were stored", async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, "collector.db");
  const db = await openDatabase(file);
  try {
    migrate(db, oldMigrations(/^00[12]-/));
    const [probe = ""] = PROBES;
    db.prepare("INSERT INTO probe (id, role, joined, changed, hash) VALUES (?, 'witness', 0, 0, '')").run(probe);
    const add = db.prepare(
      "INSERT INTO entry (probe, seq, received, kind, target, at, text, hash) VALUES (?, ?, 0, 'web', 'x', 0, ?, '')",
    );
    const texts = Array.from({ length: 2600 }, (_, at) => `entry ${at}`);
    for (const [at, text] of texts.entries()) add.run(probe, 5000 - at, text);
    migrate(db);
    const store = sqliteStore(db, file);
    expect(await rootHex(store, texts.length)).toBe(rootOf(texts));
    await store.entries.addKnown(probe, [row(probe, 1)]);
    expect(await rootHex(store, texts.length + 1)).toBe(rootOf([...texts, row(probe, 1).text]));
  } finally {
    db.close();
    folder.remove();
  }
});
