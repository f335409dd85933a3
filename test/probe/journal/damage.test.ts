import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { numbersOf, pathOf } from "../../../probe/data-folder.ts";
import { eraseAll } from "../../../probe/erase.ts";
import { loadEarlier } from "../../../probe/identity/identity.ts";
import { askForRecovery } from "../../../probe/journal/marks.ts";
import { CHAIN_START, followChain } from "../../../protocol/chain.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import { folders } from "../support.ts";
import { reopen, type Written, writeJournal } from "./damaged.ts";

const temporary = folders();
afterAll(temporary.clean);

const RUNS = 60;

function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const whole = readFileSync(path);
  whole.set(bytes.subarray(0, Math.max(0, whole.length - offset)), offset);
  writeFileSync(path, whole);
}

function startOf(rows: readonly { text: string }[]) {
  const entry = Entry.parse(JSON.parse(rows[0]?.text ?? ""));
  return entry.kind === "start" ? entry.body : null;
}

describe("a journal that is damaged", () => {
  it(`is gone on from, or set aside under its key with nothing in it made up: ${RUNS} random holes and cuts`, () => {
    const harm = fc.record({
      count: fc.integer({ min: 1, max: 60 }),
      padding: fc.constantFrom(0, 5000),
      clean: fc.boolean(),
      acknowledgedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      file: fc.constantFrom("journal", "journalWal"),
      cut: fc.boolean(),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 600 }),
    });
    fc.assert(
      fc.property(harm, (given) => {
        const folder = temporary.make();
        const acknowledged = Math.floor(given.count * given.acknowledgedShare);
        const written = writeJournal(folder, given.count, { ...given, acknowledged });
        const path = pathOf(folder, given.file as "journal" | "journalWal");
        if (existsSync(path)) {
          const offset = Math.floor(statSync(path).size * given.place);
          if (given.cut) truncateSync(path, offset);
          else overwrite(path, offset, given.bytes);
        }
        check(folder, written, { acknowledged, mayLoseTail: given.file === "journalWal" });
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it("whose first page is gone gives every entry back", () => {
    const folder = temporary.make();
    const written = writeJournal(folder, 40, { padding: 3000 });
    overwrite(pathOf(folder, "journal"), 0, new Uint8Array(4096).fill(7));
    const { isNew, saved, rows } = reopen(folder);
    expect(isNew).toBe(true);
    expect(saved).toEqual([written]);
    const last = [...written].at(-1);
    expect(startOf(rows)?.continues).toMatchObject({
      seq: last?.[0],
      hash: sha256Hex(last?.[1] ?? ""),
      why: "damaged",
    });
  });

  it("in what stands beside the texts gives every entry back whose text is whole, and its notes", () => {
    const folder = temporary.make();
    const written = writeJournal(folder, 20);
    const database = new Sqlite(pathOf(folder, "journal"));
    database.pragma("wal_checkpoint(TRUNCATE)");
    const spoil = (sql: string) => database.prepare(sql).run();
    spoil("UPDATE entry SET hash = replace(hash, 'a', 'b') WHERE seq = 7");
    spoil("UPDATE entry SET kind = 'spoilt', at = '', value = 77, bytes = -1 WHERE seq = 9");
    // As damaged pages give them: of a type that the table does not take.
    database.unsafeMode(true);
    database.pragma("writable_schema = ON");
    spoil("UPDATE sqlite_schema SET sql = replace(replace(sql, 'STRICT', ''), 'NOT NULL', '')");
    database.close();
    const loose = new Sqlite(pathOf(folder, "journal"));
    loose.prepare("UPDATE entry SET at = NULL, kind = x'00ff' WHERE seq = 11").run();
    loose.prepare("INSERT INTO note VALUES (NULL, NULL), ('odd', x'00ff')").run();
    loose.close();
    const { isNew, saved } = reopen(folder);
    expect([isNew, saved]).toEqual([true, [written]]);
  });

  it("with one page gone in its middle gives all but what stood there", () => {
    const folder = temporary.make();
    const written = writeJournal(folder, 200);
    const size = statSync(pathOf(folder, "journal")).size;
    overwrite(pathOf(folder, "journal"), Math.floor(size / 8192) * 4096, new Uint8Array(4096).fill(7));
    const { saved } = reopen(folder);
    expect(saved[0]?.size).toBeGreaterThan(written.size - 20);
    expect(saved[0]?.size).toBeLessThan(written.size);
  });

  it.each([
    ["that is no database", (folder: string) => writeFileSync(pathOf(folder, "journal"), "x".repeat(9000)), "damaged"],
    ["of no length", (folder: string) => truncateSync(pathOf(folder, "journal"), 0), "missing"],
    ["that is gone", (folder: string) => rmSync(pathOf(folder, "journal")), "missing"],
  ] as const)("%s starts again under a new key, and says after which", (_, harm, why) => {
    const folder = temporary.make();
    writeJournal(folder, 5);
    harm(folder);
    const { before, identity, rows } = reopen(folder);
    expect(startOf(rows)?.continues).toEqual({ probe: before.probe, seq: 0, hash: CHAIN_START.hash, why });
    expect(rows.every(({ text }) => text.includes(`"probe":"${identity.probe}"`))).toBe(true);
    expect(loadEarlier(folder, 1)?.probe).toBe(before.probe);
    // From here on it is a journal like any other.
    expect(reopen(folder).isNew).toBe(false);
  });

  it("whose WAL is gone after a power loss is not gone on with under the same key", () => {
    const folder = temporary.make();
    writeJournal(folder, 12, { clean: false });
    rmSync(pathOf(folder, "journalWal"));
    const { isNew, rows } = reopen(folder);
    expect(isNew).toBe(true);
    expect(startOf(rows)?.continues?.why).toBe("lost-tail");
    expect(startOf(rows)?.previous).toMatchObject({ end: expect.stringMatching(/first|unclean/) });
  });

  it("after a fork is set aside whole, and the run before is still told of", () => {
    const folder = temporary.make();
    const written = writeJournal(folder, 12);
    askForRecovery(folder, "fork");
    const { saved, rows } = reopen(folder);
    expect(saved).toEqual([written]);
    expect(startOf(rows)).toMatchObject({ continues: { why: "fork" }, previous: { end: "unclean" } });
  });

  it("that was written without harm is opened again under the same key, after a clean end and after a power loss", () => {
    for (const clean of [true, false]) {
      const folder = temporary.make();
      const written = writeJournal(folder, 30, { clean, acknowledged: 7 });
      const { isNew, rows } = reopen(folder);
      expect([isNew, rows.length, startOf(rows.slice(written.size))?.continues]).toEqual([
        false,
        written.size + 2,
        undefined,
      ]);
    }
  });

  it("is erased with everything that was set aside, keys first", () => {
    const folder = temporary.make();
    for (let round = 0; round < 2; round++) {
      writeJournal(folder, 5);
      overwrite(pathOf(folder, "journal"), 4096, new Uint8Array(8192).fill(9));
      expect(reopen(folder).isNew).toBe(true);
    }
    expect(numbersOf(folder, "identity")).toEqual([1, 2]);
    eraseAll(folder);
    expect(existsSync(folder)).toBe(false);
  });
});

/** Nothing made up, one chain a key, and under an unchanged key nothing missing that no collector has. */
function check(
  folder: string,
  written: Written,
  { acknowledged, mayLoseTail }: { acknowledged: number; mayLoseTail: boolean },
) {
  const { isNew, rows, saved } = reopen(folder);
  for (const [seq, text] of saved.flatMap((one) => [...one])) expect(text).toBe(written.get(seq));
  const own = isNew ? rows : rows.slice(0, -2);
  const first = own[0]?.seq ?? 1;
  const entries = rows.map(({ text }) => Entry.parse(JSON.parse(text)));
  const head = { seq: first - 1, hash: entries[0]?.prev ?? CHAIN_START.hash };
  if (isNew) expect(followChain(CHAIN_START, entries).fault).toBeNull();
  else {
    // Delivered entries are not looked at again: only what no collector has must be whole.
    const kept = new Map(rows.map(({ seq, text }) => [seq, text]));
    const end = mayLoseTail ? own.length : written.size;
    for (let seq = acknowledged + 1; seq <= end; seq++) expect(kept.get(seq)).toBe(written.get(seq));
    expect(head.seq).toBeLessThanOrEqual(acknowledged);
  }
  expect(rows.length).toBeGreaterThanOrEqual(2);
}
