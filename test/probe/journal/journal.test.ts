import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { createClock } from "../../../probe/clock.ts";
import { Journal } from "../../../probe/journal/journal.ts";
import { isRunning } from "../../../probe/journal/lock.ts";
import { type StoredRow, textsOf } from "../../../probe/journal/rows.ts";
import { startLife } from "../../../probe/life/life.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { CHAIN_START, followChain } from "../../../protocol/chain.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import { folders, linkBody, listeningLog, openJournal, SILENT, webBody } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);

/** Every entry a journal keeps, parsed. */
function entriesOf(journal: Journal): Entry[] {
  return journal.read(0, 1e6, 1e12).map(({ text }) => {
    const parsed = parseJson(Entry, text);
    if (!parsed.ok) throw new Error(parsed.problems.join("; "));
    return parsed.value;
  });
}

describe("journal", () => {
  it("chains entries from seq 1 and keeps them as canonical JSON whose hash the next one names", () => {
    const { journal, identity } = openJournal(temporary.make());
    journal.append({ kind: "web", body: webBody() });
    journal.append({ kind: "link", body: linkBody() }, { urgent: true });
    const rows = journal.read(0, 10, 1e9);
    const entries = entriesOf(journal);
    expect(entries.map(({ seq, probe, kind }) => [seq, probe, kind])).toEqual([
      [1, identity.probe, "web"],
      [2, identity.probe, "link"],
    ]);
    for (const { text, hash } of rows) {
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(sha256Hex(text)).toBe(hash);
    }
    expect(followChain(CHAIN_START, entries)).toEqual({ head: journal.head(), fault: null });
    journal.close();
  });

  it("keeps an ordinary entry in memory until the group is committed, and an urgent one commits all before it", () => {
    const { journal } = openJournal(temporary.make());
    journal.append({ kind: "web", body: webBody() });
    expect(journal.head().seq).toBe(0);
    journal.append({ kind: "web", body: webBody() }, { urgent: true });
    expect(journal.head().seq).toBe(2);
    journal.close();
  });

  it("commits what waits when it closes, and goes on from there", () => {
    const folder = temporary.make();
    const first = openJournal(folder);
    first.journal.append({ kind: "web", body: webBody() });
    first.journal.close();
    const second = openJournal(folder);
    expect(second.journal.head().seq).toBe(1);
    second.journal.append({ kind: "link", body: linkBody() }, { urgent: true });
    expect(followChain(CHAIN_START, entriesOf(second.journal)).fault).toBeNull();
    second.journal.close();
  });

  it("reads within the bytes and the number asked, but always one entry", () => {
    const { journal } = openJournal(temporary.make());
    for (let index = 0; index < 5; index++) journal.append({ kind: "web", body: webBody("a.org", 3000) });
    journal.flush();
    expect(journal.read(0, 3, 1e9).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(journal.read(2, 9, 1).map(({ seq }) => seq)).toEqual([3]);
    expect(journal.read(0, 9, 9500)).toHaveLength(2);
    expect(journal.read(5, 9, 1e9)).toEqual([]);
    journal.close();
  });

  it("remembers what was acknowledged across a restart", () => {
    const folder = temporary.make();
    const first = openJournal(folder);
    for (let index = 0; index < 3; index++) first.journal.append({ kind: "link", body: linkBody() }, { urgent: true });
    first.journal.acknowledge(2, "2022-01-05T10:00:00.000Z");
    first.journal.close();
    const second = openJournal(folder);
    expect([second.journal.acknowledged(), second.journal.waiting()]).toEqual([2, 1]);
    second.journal.close();
  });

  it("refuses a second writer with a clear error, and lets go when closed", () => {
    const folder = temporary.make();
    const { journal } = openJournal(folder);
    expect(isRunning(folder)).toBe(true);
    expect(() => openJournal(folder)).toThrowError(
      expect.objectContaining({ code: "try_later", message: expect.stringContaining("already running") }),
    );
    journal.close();
    expect(isRunning(folder)).toBe(false);
    openJournal(folder).journal.close();
  });

  it("of an earlier version, whose texts were not packed, is gone on with", () => {
    const folder = temporary.make();
    const first = openJournal(folder);
    first.journal.append({ kind: "link", body: linkBody() }, { urgent: true });
    const before = entriesOf(first.journal);
    first.journal.close();
    const database = new Sqlite(join(folder, "journal.sqlite"));
    database.exec("ALTER TABLE entry RENAME TO packed");
    database.exec(
      "CREATE TABLE entry (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, value INTEGER NOT NULL, at TEXT NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL, text TEXT NOT NULL) STRICT",
    );
    for (const row of database.prepare<[], StoredRow>("SELECT * FROM packed").all())
      database
        .prepare("INSERT INTO entry VALUES (@seq, @kind, @value, @at, @hash, @bytes, @text)")
        .run(textsOf(folder).open(row));
    database.exec("DROP TABLE packed");
    database.close();
    const { journal } = openJournal(folder);
    journal.append({ kind: "stop", body: { reason: "test" } }, { urgent: true });
    expect(entriesOf(journal).slice(0, 1)).toEqual(before);
    expect(followChain(CHAIN_START, entriesOf(journal)).fault).toBeNull();
    journal.close();
  });

  it("never writes a record that breaks its schema, and the chain goes on", () => {
    const { log, lines } = listeningLog();
    const { journal } = openJournal(temporary.make(), { log });
    journal.append({ kind: "web", body: { ...webBody(), durationMs: -1 } }, { urgent: true });
    journal.append({ kind: "link", body: linkBody() }, { urgent: true });
    expect(entriesOf(journal).map(({ seq, kind }) => [seq, kind])).toEqual([[1, "link"]]);
    expect(lines.map(({ msg }) => msg)).toEqual(["a record of ours breaks its schema; not written"]);
    journal.close();
  });
});

describe("a journal at its cap", () => {
  const capBytes = 30_000;
  const fill = (journal: Journal, count: number, urgent = false) => {
    for (let index = 0; index < count; index++) {
      journal.append({ kind: "web", body: webBody("a.org", 2000) }, { urgent });
      journal.flush();
    }
  };

  it("deletes acknowledged entries, oldest first, and keeps the last so that the chain goes on", () => {
    const { journal } = openJournal(temporary.make(), { capBytes });
    fill(journal, 20);
    journal.acknowledge(20, "2022-01-05T10:00:00.000Z");
    fill(journal, 10);
    const kept = entriesOf(journal);
    const first = kept[0];
    expect(kept.at(-1)?.seq).toBe(30);
    expect(first?.seq).toBeGreaterThan(1);
    expect(first?.seq).toBeLessThanOrEqual(21);
    expect(followChain({ seq: (first?.seq ?? 0) - 1, hash: first?.prev ?? "" }, kept).fault).toBeNull();
    journal.close();
  });

  it("takes no more ordinary measurements when nothing is acknowledged, yet every link, start, stop and anomaly", () => {
    const { journal } = openJournal(temporary.make(), { capBytes });
    fill(journal, 60);
    const full = journal.head().seq;
    fill(journal, 5);
    expect(journal.head().seq).toBe(full);
    fill(journal, 3, true);
    journal.append({ kind: "link", body: linkBody("none") }, { urgent: true });
    journal.append({ kind: "stop", body: { reason: "test" } }, { urgent: true });
    expect(journal.head().seq).toBe(full + 5);
    const kept = entriesOf(journal);
    expect(kept[0]?.seq).toBe(1);
    expect(followChain(CHAIN_START, kept).fault).toBeNull();
    journal.close();
  });
});

describe("a journal on a disk that takes nothing", () => {
  const fileBytes = 70_000;

  it("goes on recording within bounds in memory, and writes it all when there is room again", () => {
    const { log, lines } = listeningLog();
    const { journal } = openJournal(temporary.make(), { fileBytes, log, pendingCount: 20 });
    for (let index = 0; index < 60; index++)
      journal.append({ kind: "web", body: webBody("a.org", 3000) }, { urgent: true });
    const stored = journal.head().seq;
    expect(stored).toBeLessThan(60);
    journal.append({ kind: "link", body: linkBody("none") }, { urgent: true });
    expect(lines.filter(({ msg }) => msg.includes("recording goes on in memory"))).toHaveLength(1);
    expect(journal.flush()).toBe(false);
    journal.acknowledge(stored, "2022-01-05T10:00:00.000Z");
    expect(journal.flush()).toBe(true);
    const kept = entriesOf(journal);
    expect(journal.head().seq).toBe(stored + 20);
    expect(kept.at(-1)?.kind).toBe("link");
    const first = kept[0];
    expect(followChain({ seq: (first?.seq ?? 0) - 1, hash: first?.prev ?? "" }, kept).fault).toBeNull();
    expect(lines.at(-1)?.msg).toBe("the disk takes entries again");
    journal.close();
  });

  it.each([
    ["below a regular file", (base: string) => join(base, "file", "data")],
    ["in a file system of the kernel", () => "/proc/kuager"],
  ])("names the folder and what to do when it lies %s", (_where, pathOf) => {
    const base = temporary.make();
    writeFileSync(join(base, "file"), "");
    const folder = pathOf(base);
    const open = () => new Journal({ folder, probe: "0".repeat(32), clock: createClock(), log: SILENT });
    expect(open).toThrowError(
      expect.objectContaining({ code: "cannot_write", message: expect.stringContaining(folder) }),
    );
    expect(open).toThrowError(/--data DIR/);
  });

  it("says that the journal is damaged when the file is none", () => {
    const folder = temporary.make();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "journal.sqlite"), "this is no database, only text that is long enough".repeat(50));
    expect(() => openJournal(folder)).toThrowError(
      expect.objectContaining({ code: "io", message: expect.stringContaining("damaged") }),
    );
    expect(isRunning(folder)).toBe(false);
  });
});

describe("start entries", () => {
  const start = (folder: string) => {
    const { journal, clock } = openJournal(folder);
    const life = startLife({ journal, clock, heartbeatS: () => 30 });
    const entry = entriesOf(journal).at(-1);
    return { journal, life, previous: entry?.kind === "start" ? entry.body.previous : null };
  };

  it("tell a first run, a run after a clean stop and one after a crash apart", () => {
    const folder = temporary.make();
    const first = start(folder);
    expect(first.previous).toEqual({ end: "first", lastAliveAt: null, how: "first" });
    first.life.stop("stopped");
    first.journal.close();
    const second = start(folder);
    expect(second.previous?.end).toBe("clean");
    expect(second.previous?.lastAliveAt).toMatch(/Z$/);
    second.life.close();
    second.journal.close();
    const third = start(folder);
    expect(third.previous?.end).toBe("unclean");
    third.life.close();
    third.journal.close();
  });

  it("are followed at a stop by the beats since and the reason", () => {
    const { journal, life } = start(temporary.make());
    life.stop("paused");
    const [alive, stop] = entriesOf(journal).slice(-2);
    expect(alive?.kind === "alive" ? alive.body.beats : 0).toBeGreaterThanOrEqual(1);
    expect(stop).toMatchObject({ kind: "stop", body: { reason: "paused" } });
    journal.close();
  });
});
