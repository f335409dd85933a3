import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "../../collector/store/database.ts";
import { openStore } from "../../collector/store/open-store.ts";
import {
  freePort,
  healthy,
  type Running,
  runKuager,
  startKuager,
  temporaryFolder,
  until,
} from "../end-to-end/processes.ts";
import { expectRecounted } from "./store/recount.ts";
import {
  createTestProbe,
  greet,
  join as joinCollector,
  packed,
  type TestProbe,
  type Written,
  webDraft,
} from "./test-probe.ts";

const KILLS = 20;
const PROBES = 3;
const folder = temporaryFolder();
afterAll(() => folder.remove());

type Sender = { readonly probe: TestProbe; readonly journal: Written[]; acknowledged: number };

test("a collector killed at random moments loses no acknowledged entry and stores none twice", async () => {
  let life = await begin();
  const senders = await Promise.all(Array.from({ length: PROBES }, () => enrol(life.url)));
  for (let kill = 0; kill < KILLS; kill++) {
    const { url, running } = life;
    const sending = senders.map((sender) => keepSending(url, sender));
    const goal = acknowledged(senders) + Math.ceil(Math.random() * 40);
    await until("batches flow", () => acknowledged(senders) >= goal);
    await delay(Math.random() * 10);
    running.child.kill("SIGKILL");
    await Promise.all([running.exit, ...sending]);
    life = await begin();
  }
  for (const sender of senders) await sendRest(life.url, sender);
  life.running.child.kill("SIGTERM");
  expect(await life.running.exit).toBe(0);
  await expectWhole(senders);
}, 240_000);

/** Starts the collector. A new port each time: the one before may be taken by a stranger's outgoing connection. */
async function begin(): Promise<{ url: string; running: Running }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = startKuager(["collector", "serve", "--data", folder.path, "--port", String(port)]);
  const ended = running.exit.then((code) => {
    throw new Error(`the collector ended (${code}): ${running.stdout()}${running.stderr()}`);
  });
  // It will be killed later, when nobody listens.
  ended.catch(() => undefined);
  await Promise.race([until("the collector answers", () => healthy(url)), ended]);
  return { url, running };
}

async function enrol(url: string): Promise<Sender> {
  const invited = await runKuager(["collector", "invite", "--json", "--data", folder.path]);
  const { code } = JSON.parse(invited.stdout) as { code: string };
  const probe = createTestProbe();
  expect(await joinCollector(url, probe, code)).toMatchObject({ status: 200 });
  return { probe, journal: [], acknowledged: 0 };
}

function acknowledged(senders: readonly Sender[]): number {
  return senders.reduce((sum, sender) => sum + sender.acknowledged, 0);
}

/** Delivers one batch after another until the connection dies. */
async function keepSending(url: string, sender: Sender): Promise<void> {
  const { line, answer } = await greet(url, sender.probe);
  if (answer?.t !== "welcome") return;
  expect(answer.seq).toBeGreaterThanOrEqual(sender.acknowledged);
  let from = answer.seq;
  for (;;) {
    const size = 1 + Math.floor(Math.random() * 5);
    while (sender.journal.length < from + size) sender.journal.push(sender.probe.write(webDraft()));
    line.sendBytes(packed(sender.probe.batch(sender.journal.slice(from, from + size))));
    const frame = await line.next();
    if (frame?.t !== "ack") return;
    from = frame.seq;
    sender.acknowledged = Math.max(sender.acknowledged, frame.seq);
  }
}

async function sendRest(url: string, sender: Sender): Promise<void> {
  const { line, answer } = await greet(url, sender.probe);
  const from = answer?.t === "welcome" ? answer.seq : -1;
  expect(from).toBeGreaterThanOrEqual(sender.acknowledged);
  const rest = sender.journal.slice(from);
  if (rest.length > 0) {
    line.sendBytes(packed(sender.probe.batch(rest)));
    expect(await line.next()).toMatchObject({ t: "ack", seq: sender.journal.length });
  }
  line.socket.terminate();
}

/** What is stored is what was written: every entry, once, in order, and counted as it is. */
async function expectWhole(senders: readonly Sender[]): Promise<void> {
  const store = await openStore(folder.path);
  const rows = await store.entries.inOrder({ received: 0, probe: "", seq: 0 }, 1_000_000);
  await store.close();
  expect(rows).toHaveLength(senders.reduce((sum, { journal }) => sum + journal.length, 0));
  for (const { probe, journal } of senders) {
    const own = rows.filter((row) => row.probe === probe.id);
    expect(own.map(({ seq }) => seq)).toEqual(journal.map(({ seq }) => seq));
    expect(own.map(({ text }) => text)).toEqual(journal.map(({ text }) => text));
  }
  const db = await openDatabase(join(folder.path, "collector.db"));
  expectRecounted(db);
  db.close();
}
