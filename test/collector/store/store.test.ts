import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, lockFolder, openDatabase } from "../../../collector/store/database.ts";
import { migrate } from "../../../collector/store/migrate.ts";
import { openStore, sqliteStore } from "../../../collector/store/open-store.ts";
import type { Append, EntryRow, RowQuery, Store } from "../../../collector/store/store.ts";
import { CHAIN_START, GENESIS } from "../../../protocol/chain.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

let folder: { path: string; remove: () => void };
let db: Db;
let store: Store;
const PROBE = "a".repeat(32);
const OTHER = "b".repeat(32);

beforeEach(async () => {
  folder = temporaryFolder();
  const file = join(folder.path, "collector.db");
  db = await openDatabase(file);
  migrate(db);
  store = sqliteStore(db, file);
  for (const id of [PROBE, OTHER])
    await store.probes.addKnown(
      { id, role: "witness", asn: 9198, region: "KZ-75", access: null, from: "2026-01-01T00:00:00Z", to: null },
      null,
    );
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const row = (seq: number, more: Partial<EntryRow> = {}): EntryRow => ({
  seq,
  kind: "web",
  target: "orda.kz",
  at: seq * 1000,
  text: JSON.stringify({ seq, prev: seq === 1 ? GENESIS : `hash${seq - 1}` }),
  hash: `hash${seq}`,
  ...more,
});
const append = (more: Partial<Append> = {}): Append => ({
  probe: PROBE,
  received: 5000,
  after: CHAIN_START,
  rows: [row(1), row(2)],
  signature: "signed",
  ...more,
});
const query = (more: Partial<RowQuery> = {}): RowQuery => ({
  ...{ from: 0, to: 1e12, target: null, after: null, limit: 100 },
  asOf: Number.MAX_SAFE_INTEGER,
  ...more,
});

describe("entries", () => {
  test("an append moves the head, keeps the signature and counts measurements", async () => {
    expect(await store.entries.append(append())).toBe(true);
    expect((await store.probes.byId(PROBE))?.head).toEqual({ seq: 2, hash: "hash2" });
    expect(await store.entries.signatures(PROBE)).toEqual([{ seq: 2, hash: "hash2", signature: "signed" }]);
    expect(await store.probes.totals()).toEqual({ measurements: 2, lastAt: 2000 });
  });

  test("an append that no longer continues the head stores nothing", async () => {
    await store.entries.append(append());
    expect(await store.entries.append(append({ rows: [row(3)] }))).toBe(false);
    expect(await store.entries.hashAt(PROBE, 3)).toBeNull();
  });

  test("an append that fails half-way stores nothing of itself", async () => {
    // SQLite refuses the second row: a STRICT integer column takes no fraction.
    await expect(store.entries.append(append({ rows: [row(1), row(2, { at: 0.5 })] }))).rejects.toThrow();
    expect((await store.probes.byId(PROBE))?.head.seq).toBe(0);
    expect(await store.entries.hashAt(PROBE, 1)).toBeNull();
  });

  test("entries come in the order of receiving, then probe, then seq, page by page", async () => {
    await store.entries.append(append({ probe: OTHER, received: 7000 }));
    await store.entries.append(append({ received: 7000 }));
    await store.entries.append(append({ received: 6000, after: { seq: 2, hash: "hash2" }, rows: [row(3)] }));
    let after = { received: 0, probe: "", seq: 0 };
    const seen: string[] = [];
    for (;;) {
      const [next] = await store.entries.inOrder(after, 1);
      if (next === undefined) break;
      after = next;
      seen.push(`${next.probe[0]}${next.seq}`);
    }
    expect(seen).toEqual(["a3", "a1", "a2", "b1", "b2"]);
  });

  test("measurements page by cursor without loss or repetition, whatever the page size", async () => {
    const rows = Array.from({ length: 25 }, (_, index) => row(index + 1, { at: 1000 * Math.floor(index / 3) }));
    await store.entries.append(append({ rows }));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const seen: number[] = [];
        let after: RowQuery["after"] = null;
        for (;;) {
          const page = await store.entries.measurements(query({ limit, after }));
          expect(page.rows.length).toBeLessThanOrEqual(limit);
          seen.push(...page.rows.map(({ seq }) => seq));
          if (page.next === null) break;
          after = page.next;
        }
        expect(seen).toEqual(rows.map(({ seq }) => seq).reverse());
      }),
      { numRuns: 10 },
    );
  });

  test("as_of hides what was received later", async () => {
    await store.entries.append(append({ received: 9000 }));
    expect((await store.entries.measurements(query({ asOf: 8999 }))).rows).toEqual([]);
    expect((await store.entries.measurements(query({ asOf: 9000 }))).rows).toHaveLength(2);
  });

  test("entries of an archive move the head only as far as the chain is whole", async () => {
    const rows = [row(1), row(2), row(4)].map((one) => ({ ...one, received: 100 }));
    expect(await store.entries.addKnown(PROBE, rows)).toBe(3);
    expect(await store.entries.addKnown(PROBE, rows)).toBe(0);
    expect((await store.probes.byId(PROBE))?.head).toEqual({ seq: 2, hash: "hash2" });
    expect(await store.entries.append(append({ after: { seq: 2, hash: "hash2" }, rows: [row(3), row(4)] }))).toBe(true);
    expect((await store.probes.byId(PROBE))?.head).toEqual({ seq: 4, hash: "hash4" });
    expect(await store.probes.totals()).toMatchObject({ measurements: 4 });
  });
});

describe("presence", () => {
  test("an interval opens, moves with its beats and closes once", async () => {
    await store.presence.open(PROBE, 1000);
    await store.presence.beats([{ probe: PROBE, to: 3000 }], 3500);
    expect(await store.presence.within({ from: 0, to: 9000 })).toEqual([
      { probe: PROBE, from: 1000, to: 3000, received: null },
    ]);
    await store.presence.close([{ probe: PROBE, to: 4000 }], 94_000);
    await store.presence.closeAll(200_000);
    expect(await store.presence.within({ from: 0, to: 9000 })).toEqual([
      { probe: PROBE, from: 1000, to: 4000, received: 94_000 },
    ]);
  });

  test("only intervals that touch a window are found", async () => {
    await store.presence.open(PROBE, 1000);
    await store.presence.close([{ probe: PROBE, to: 2000 }], 3000);
    expect(await store.presence.within({ from: 2001, to: 9000 })).toEqual([]);
    expect(await store.presence.within({ from: 0, to: 1000 })).toEqual([]);
    expect(await store.presence.within({ from: 1500, to: 1600 })).toHaveLength(1);
  });
});

describe("incidents", () => {
  const incident = (more: Partial<Incident> = {}): Incident => ({
    ...{ id: "i1", kind: "block", method: "tls_drop", extent: null, targets: ["orda.kz"], asns: [9198], regions: [] },
    ...{ access: [], end: null, confidence: "observed", witnesses: 2, measurements: 4, causes: [] },
    start: { earliest: "2026-01-01T00:00:00.000Z", latest: "2026-01-01T00:01:00.000Z" },
    detectedAt: "2026-01-01T00:02:00.000Z",
    ...more,
  });
  const list = (asOf: number | null = null) =>
    store.incidents.list({ from: 0, to: Number.MAX_SAFE_INTEGER, asOf, openOnly: false, limit: 10 });

  test("as_of gives an incident as it was known then", async () => {
    await store.incidents.put([incident()], 1000);
    await store.incidents.put([incident({ confidence: "confirmed" })], 2000);
    expect(await list(999)).toEqual([]);
    expect(await list(1500)).toMatchObject([{ confidence: "observed" }]);
    expect(await list(2000)).toMatchObject([{ confidence: "confirmed" }]);
    expect(await list()).toMatchObject([{ confidence: "confirmed" }]);
  });

  test("a count that grows makes no new revision", async () => {
    await store.incidents.put([incident()], 1000);
    await store.incidents.put([incident({ measurements: 9 })], 2000);
    expect(db.prepare("SELECT count(*) AS n FROM incident").get()).toEqual({ n: 1 });
    expect(await list()).toMatchObject([{ measurements: 9 }]);
  });

  test("a withdrawn incident is gone now, still there as of then, and can return", async () => {
    await store.incidents.put([incident()], 1000);
    await store.incidents.withdraw(["i1"], 2000);
    expect(await list()).toEqual([]);
    expect(await list(1500)).toHaveLength(1);
    await store.incidents.put([incident()], 3000);
    expect(await list()).toHaveLength(1);
  });
});

describe("a database", () => {
  test("is refused when a newer Kuager wrote it", async () => {
    db.pragma("user_version = 99");
    await expect(openStore(folder.path)).rejects.toMatchObject({
      code: "config",
      message: expect.stringContaining("newer Kuager"),
    });
  });

  test("that is none is refused by name", async () => {
    const other = temporaryFolder();
    writeFileSync(join(other.path, "collector.db"), "x".repeat(5000));
    await expect(openStore(other.path)).rejects.toMatchObject({
      code: "io",
      message: expect.stringContaining(other.path),
    });
    other.remove();
  });

  test("cannot be made below a file: the message names the path and the remedy", async () => {
    const file = join(folder.path, "file");
    writeFileSync(file, "");
    await expect(openStore(join(file, "data"))).rejects.toMatchObject({
      code: "cannot_write",
      message: expect.stringMatching(/file\/data.*--data/s),
    });
  });

  test("opened by two at once is brought up to date once", async () => {
    const other = temporaryFolder();
    const stores = await Promise.all([openStore(other.path), openStore(other.path)]);
    await Promise.all(stores.map((one) => one.close()));
    other.remove();
  });

  test("that cannot grow refuses with io and keeps what it has", async () => {
    await store.entries.append(append());
    const pages = Number(db.pragma("page_count", { simple: true }));
    db.pragma(`max_page_count = ${pages + 2}`);
    const text = "x".repeat(200_000);
    const more = append({ after: { seq: 2, hash: "hash2" }, rows: [row(3, { text })] });
    await expect(store.entries.append(more)).rejects.toMatchObject({
      code: "io",
      message: expect.stringContaining("disk is full"),
    });
    expect(await store.entries.hashAt(PROBE, 2)).toBe("hash2");
    expect((await store.probes.byId(PROBE))?.head.seq).toBe(2);
    db.pragma(`max_page_count = ${pages + 2000}`);
    expect(await store.entries.append(more)).toBe(true);
  });

  test("is held by one serving collector at a time", async () => {
    const lock = await lockFolder(folder.path);
    await expect(lockFolder(folder.path)).rejects.toMatchObject({ code: "try_later" });
    lock.close();
    (await lockFolder(folder.path)).close();
  });

  test("refreshes its statistics", async () => {
    await store.entries.append(append());
    await store.maintain();
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_stat1").get()).not.toEqual({ n: 0 });
  });
});
