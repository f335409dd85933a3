import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { type Running, runKuager, temporaryFolder, until } from "./processes.ts";
import { journalRows, lastSeq, lastWritten, storedOf, storedProbes } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

let folder = temporaryFolder();
const running: Running[] = [];
let network: SmallNetwork | null = null;

afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    child.kill("SIGKILL");
    await exit;
  }
  await network?.close();
  folder.remove();
});

const probeIn = (data: string) =>
  (JSON.parse(readFileSync(join(data, "membership.json"), "utf8")) as { probe: string }).probe;

/** A network whose probe has delivered some entries, and recorded more alone until it was killed. */
async function withBacklog() {
  folder = temporaryFolder();
  const made = await prepareNetwork(folder.path);
  network = made;
  const collector = await made.startCollector();
  const probe = made.startProbe();
  await until("some is stored", () => storedOf(made, probeIn(made.probeData)).length >= 6);
  collector.child.kill("SIGTERM");
  await collector.exit;
  const before = lastWritten(made);
  await until("more is written", () => lastWritten(made) > before + 22);
  probe.child.kill("SIGKILL");
  await probe.exit;
  return made;
}

async function goOn(made: SmallNetwork, old: string): Promise<string> {
  const collector = await made.startCollector();
  const probe = made.startProbe();
  running.push(collector, probe);
  await until(
    () =>
      `a new key records and the old one's file is done with: ${probe.stderr()}${readdirSync(made.probeData).join(" ")}`,
    () => probeIn(made.probeData) !== old && !existsSync(join(made.probeData, "identity-1.pem")),
    60_000,
  );
  const next = probeIn(made.probeData);
  await until("the new key delivers", () => storedOf(made, next).length >= 3);
  return next;
}

function chainOf(rows: readonly { text: string }[]) {
  return followChain(
    CHAIN_START,
    rows.map(({ text }) => Entry.parse(JSON.parse(text))),
  ).fault;
}

test("a journal with a hole goes on under a new key; what could be read of it is stored once, under the old one", async () => {
  const made = await withBacklog();
  const old = probeIn(made.probeData);
  const written = journalRows(made);
  const spoilt = spoilOne(made.probeData);

  const next = await goOn(made, old);
  const stored = storedOf(made, old);
  expect(stored.map(({ seq }) => seq)).toEqual(written.map(({ seq }) => seq).filter((seq) => seq !== spoilt));
  expect(stored.map(({ hash }) => hash)).toEqual(written.filter(({ seq }) => seq !== spoilt).map(({ hash }) => hash));
  const rows = storedOf(made, next);
  expect(chainOf(rows)).toBeNull();
  expect(JSON.parse(rows[0]?.text ?? "")).toMatchObject({
    kind: "start",
    body: { continues: { probe: old, seq: lastSeq(written), why: "damaged" } },
  });
  expect(storedProbes(made).filter(({ left }) => left === null)).toHaveLength(1);
}, 300_000);

test("a copy of the data folder put back makes no fork: what it recorded meanwhile is stored under a new key", async () => {
  const made = await withBacklog();
  const old = probeIn(made.probeData);
  const names = ["journal.sqlite", "journal.sqlite-wal", "recorded"];
  const copies = names.map((name) => readFileSync(join(made.probeData, name)));
  // The backup is taken, then the probe goes on and delivers; after that the backup is put back.
  const collector = await made.startCollector();
  const probe = made.startProbe();
  await until("the backlog is stored", () => storedOf(made, old).length >= lastWritten(made) - 2);
  for (const one of [probe, collector]) {
    one.child.kill("SIGKILL");
    await one.exit;
  }
  for (const name of readdirSync(made.probeData)) if (/^journal/.test(name)) rmSync(join(made.probeData, name));
  for (const [index, name] of names.entries()) writeFileSync(join(made.probeData, name), copies[index] ?? "");
  const known = storedOf(made, old);
  const alone = made.startProbe();
  const restored = lastWritten(made);
  await until("the restored copy records alone", () => lastWritten(made) > restored + 10);
  alone.child.kill("SIGTERM");
  await alone.exit;
  const bodies = journalRows(made)
    .filter(({ seq }) => seq > restored)
    .map(({ text }) => bodyOf(text));

  const next = await goOn(made, old);
  expect(storedOf(made, old).slice(0, known.length)).toEqual(known);
  const rows = storedOf(made, next);
  expect(chainOf(rows)).toBeNull();
  expect(JSON.parse(rows[0]?.text ?? "")).toMatchObject({ body: { continues: { probe: old, why: "fork" } } });
  await until("what was recorded alone is stored once", () => {
    const stored = storedOf(made, next).map(({ text }) => bodyOf(text));
    return bodies.every((body) => stored.filter((other) => other === body).length === 1);
  });
  expect(storedProbes(made).filter(({ left }) => left === null)).toHaveLength(1);
}, 300_000);

test("a file cut to nothing, and kills during every recovery, never stop the probe", async () => {
  const made = await withBacklog();
  let old = probeIn(made.probeData);
  for (let round = 0; round < 3; round++) {
    if (round % 2 === 0) truncateSync(join(made.probeData, "journal.sqlite"), 0);
    else writeFileSync(join(made.probeData, "journal.sqlite"), "no database ".repeat(1000));
    const hasty = made.startProbe();
    // Wherever the recovery is at this moment, the next start takes it up.
    await until(
      "something is done about it",
      () => existsSync(join(made.probeData, "recovery.json")) || probeIn(made.probeData) !== old,
    );
    hasty.child.kill("SIGKILL");
    await hasty.exit;
    const probe = made.startProbe();
    await until(
      () => `records again: ${probe.stderr()}`,
      () => probeIn(made.probeData) !== old && journalRows(made).length > 2,
    );
    probe.child.kill("SIGKILL");
    await probe.exit;
    old = probeIn(made.probeData);
    expect(chainOf(journalRows(made))).toBeNull();
    expect(statSync(join(made.probeData, "journal.sqlite")).size).toBeGreaterThan(0);
  }
  running.push(await made.startCollector(), made.startProbe());
  await until("the fourth key delivers", () => storedOf(made, old).length >= 3, 60_000);
  expect(storedProbes(made)).toHaveLength(4);
  expect(storedProbes(made).filter(({ left }) => left === null)).toHaveLength(1);
}, 300_000);

test("a file carries what was saved, hole and all, and the new key with it, to a collector the probe cannot reach", async () => {
  const made = await withBacklog();
  const old = probeIn(made.probeData);
  const written = journalRows(made);
  const spoilt = spoilOne(made.probeData);
  const alone = made.startProbe();
  await until(
    "the new key records alone",
    () => probeIn(made.probeData) !== old && journalRows(made).length >= 8,
    60_000,
  );
  alone.child.kill("SIGTERM");
  await alone.exit;
  const next = probeIn(made.probeData);
  const path = join(folder.path, "records.bin");
  expect((await runKuager(["probe", "export", path, "--data", made.probeData])).code).toBe(0);
  const imports = ["collector", "import", path, "--json", "--data", made.collectorData];
  const first = await runKuager(imports);
  expect(first.code).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({ gaps: [{ probe: old, from: spoilt, to: spoilt }], refused: [] });
  const whole = written.map(({ hash }) => hash).filter((_, place) => written[place]?.seq !== spoilt);
  const check = () => {
    expect(storedOf(made, old).map(({ hash }) => hash)).toEqual(whole);
    const ours = journalRows(made).map(({ hash }) => hash);
    expect(
      storedOf(made, next)
        .map(({ hash }) => hash)
        .slice(0, ours.length),
    ).toEqual(ours.slice(0, storedOf(made, next).length));
    expect(storedProbes(made).filter(({ left }) => left === null)).toHaveLength(1);
  };
  check();
  expect(storedOf(made, next)).toHaveLength(journalRows(made).length);
  expect((await runKuager(imports)).code).toBe(0);
  running.push(await made.startCollector(), made.startProbe());
  await until("the probe is done with the old key", () => !existsSync(join(made.probeData, "identity-1.pem")), 60_000);
  check();
}, 300_000);

/** Changes one entry in the middle of what no collector has; returns its number. */
function spoilOne(data: string): number {
  const database = new Sqlite(join(data, "journal.sqlite"));
  // The WAL into the file first: what is changed must not be mended from it.
  database.pragma("wal_checkpoint(TRUNCATE)");
  const spoilt = (database.prepare<[], { seq: number }>("SELECT max(seq) AS seq FROM entry").get()?.seq ?? 20) - 12;
  database.prepare("UPDATE entry SET text = text || ' ' WHERE seq = ?").run(spoilt);
  database.close();
  rmSync(join(data, "recorded"), { force: true });
  return spoilt;
}

function bodyOf(text: string): string {
  const { kind, body, at, mono, boot } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ kind, body, at, mono, boot });
}
