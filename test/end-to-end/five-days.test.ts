import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { type Identity, makeIdentity } from "../../probe/identity/identity.ts";
import { openForReading } from "../../probe/journal/database.ts";
import { Journal } from "../../probe/journal/journal.ts";
import { prepareRows } from "../../probe/journal/rows.ts";
import { Delivery } from "../../probe/uplink/deliver.ts";
import { exportFile } from "../../probe/uplink/export-file.ts";
import { requestJoin } from "../../probe/uplink/join.ts";
import { packBatch } from "../../probe/uplink/pack.ts";
import { createPortion } from "../../probe/uplink/portion.ts";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { SILENT } from "../probe/support.ts";
import { type Doors, type Gate, openGate } from "./five-days/gate.ts";
import { type Host, nameOf, startHost } from "./five-days/host.ts";
import { freePort, healthy, type Running, runKuager, startKuager, temporaryFolder, until } from "./processes.ts";

/** The line was cut in January 2022 on the 5th at 10:30 and came back for some hours a day, 3.5 of them at most times. */
const CUT_AT = Date.parse("2022-01-05T10:30:00.000Z");
const WINDOW_HOURS = 3.5;
const DARK_HOURS = 24 - WINDOW_HOURS;

const folder = temporaryFolder();
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  folder.remove();
});

type Scene = {
  host: Host;
  gate: Gate;
  journal: Journal;
  identity: Identity;
  sealKey: string;
  probeData: string;
  collectorData: string;
  stored: () => { seq: number; hash: string; text: string }[];
};

test("of a cut of five days every entry is stored once, in order, whichever way was open in the daily window", async () => {
  const scene = await prepare();
  const { host, gate, journal } = scene;
  const routes: Record<string, number> = {};
  const delivered = () => until("all that was made is stored", () => scene.stored().length === journal.head().seq);
  const windows: { route: string; through: () => Promise<void> }[] = [
    { route: "websocket", through: () => flow(scene, "sockets", delivered) },
    { route: "https", through: () => flow(scene, "posts", delivered) },
    { route: "drive", through: () => carry(scene) },
    { route: "broken", through: () => breakHalfWay(scene) },
    { route: "none", through: () => host.pass(WINDOW_HOURS) },
  ];
  for (const { route, through } of windows) {
    const before = scene.stored().length;
    await dark(scene);
    expect(scene.stored().length, "nothing gets through in the dark").toBe(before);
    await through();
    gate.shut();
    routes[route] = scene.stored().length - before;
  }
  const before = scene.stored().length;
  await flow(scene, "all", delivered);
  routes.afterwards = scene.stored().length - before;

  const rows = scene.stored();
  process.stdout.write(`five days: ${JSON.stringify({ made: host.made.length, stored: rows.length, ...routes })}\n`);
  expect(rows.length).toBe(host.made.length);
  const entries = rows.map(({ text }) => Entry.parse(JSON.parse(text)));
  expect(entries.map(nameOf)).toEqual(host.made);
  expect(followChain(CHAIN_START, entries)).toEqual({ head: journal.head(), fault: null });
  expect(Date.parse(entries.at(-1)?.at ?? "") - CUT_AT).toBeGreaterThan(5 * 86_400_000);
  expect(routes.none).toBe(0);
  for (const route of ["websocket", "https", "drive", "broken", "afterwards"]) expect(routes[route]).toBeGreaterThan(0);
}, 120_000);

/** The hours without a line: records are written while the probe knocks in vain. */
async function dark({ host, gate }: Scene): Promise<void> {
  const before = gate.refused();
  host.turnTo("lan");
  await host.pass(DARK_HOURS);
  await until("the probe knocked in vain", () => gate.refused() > before);
}

/** A window in which the doors stand open and records go on being made. */
async function flow({ host, gate }: Scene, doors: Doors, delivered: () => Promise<void>): Promise<void> {
  const before = gate.refused();
  gate.open(doors);
  host.turnTo("international");
  await delivered();
  await host.pass(WINDOW_HOURS);
  await delivered();
  if (doors === "posts") await until("a WebSocket was refused", () => gate.refused() > before);
}

/** A window in which no line works and a file is carried to the collector, twice by mistake. */
async function carry(scene: Scene): Promise<void> {
  const { host, journal, identity, sealKey, probeData, collectorData } = scene;
  const path = join(folder.path, "carried.bin");
  const database = openForReading(probeData);
  if (database === null) throw new Error("the journal cannot be read");
  const source = { rows: prepareRows(database), identity, after: journal.acknowledged() };
  const head = journal.head().seq;
  const exported = await exportFile({ sources: [source], continuations: [], path, sealKey });
  database.close();
  expect(exported).toMatchObject({ from: journal.acknowledged() + 1, to: head });
  await host.pass(WINDOW_HOURS);
  for (const time of ["first", "second"]) {
    const taken = await runKuager(["collector", "import", path, "--data", collectorData]);
    expect([time, taken.code, taken.stderr]).toEqual([time, 0, ""]);
    expect(scene.stored().length).toBe(head);
  }
}

/** A window that closes in the middle of the second delivery; what came before it stays stored. */
async function breakHalfWay({ host, gate, journal, identity, stored }: Scene): Promise<void> {
  const before = stored().length;
  const first = await packBatch(journal, identity, before, createPortion());
  gate.open("sockets", Math.floor((first?.data.length ?? 0) * 1.5));
  await until("the window broke", () => gate.isShut());
  await until("the whole delivery is stored", () => stored().length > before);
  expect(stored().length).toBeLessThan(journal.head().seq);
  await host.pass(WINDOW_HOURS);
}

async function prepare(): Promise<Scene> {
  const [probeData, collectorData] = [join(folder.path, "probe"), join(folder.path, "collector")];
  mkdirSync(probeData);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const words = ["--data", collectorData, "--port", String(port), "--heartbeat-seconds", "1"];
  const collector = startKuager(["collector", "serve", ...words]);
  closing.push(() => end(collector));
  await until(
    () => `the collector answers: ${collector.stderr()}`,
    () => healthy(url),
    60_000,
  );
  const { stdout } = await runKuager(["collector", "invite", "--json", "--data", collectorData]);
  const { code } = JSON.parse(stdout) as { code: string };
  const identity = makeIdentity(probeData);
  const joined = await requestJoin({ collectors: [url], code, identity, consent: "1" }, AbortSignal.timeout(30_000));
  const gate = await openGate(port);
  closing.push(gate.close);
  const host = startHost(CUT_AT);
  const journal = new Journal({ folder: probeData, probe: identity.probe, clock: host.clock, log: SILENT });
  closing.push(async () => journal.close());
  host.recordTo(journal);
  const delivery = new Delivery({
    ...{ identity, journal, clock: host.clock, log: SILENT, way: { ca: [gate.root] } },
    collectors: [gate.url],
    heartbeatS: () => 1,
    listVersion: () => null,
    onConfig: () => {},
    onTask: () => {},
    beforePost: () => {},
    backoff: () => Math.random() * 100,
  });
  closing.push(() => delivery.finish("end", 0));
  const database = new Sqlite(join(collectorData, "collector.db"), { readonly: true, timeout: 5000 });
  closing.push(async () => database.close());
  const rows = database.prepare<[string], { seq: number; hash: string; text: string }>(
    "SELECT seq, hash, text FROM entry WHERE probe = ? ORDER BY seq",
  );
  const stored = () => rows.all(identity.probe);
  return { host, gate, journal, identity, sealKey: joined.config.sealKey ?? "", probeData, collectorData, stored };
}

async function end({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
