import { createSocket } from "node:dgram";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { runProbeCommand } from "../../probe/cli.ts";
import { loadIdentity, makeIdentity } from "../../probe/identity/identity.ts";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { check } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { Anchor, Target } from "../../protocol/target.ts";
import type { ProbeConfig } from "../../protocol/wire.ts";
import { startKuager } from "./kuager.ts";
import { fakeIo, folders, until } from "./support.ts";
import { type Double, startDouble } from "./uplink/collector-double.ts";

const temporary = folders();
const ends: (() => unknown)[] = [];
const site = createServer((_request, response) => response.end("<title>A site</title>"));
const silent = createSocket("udp4");
let port = 0;
let resolver = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  port = (site.address() as AddressInfo).port;
  await new Promise<void>((resolve) => silent.bind(0, "127.0.0.1", resolve));
  resolver = `127.0.0.1:${silent.address().port}`;
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => {
  site.close();
  silent.close();
  temporary.clean();
});

const config = (): ProbeConfig => {
  const target: Target = {
    id: "site.test",
    url: `http://127.0.0.1:${port}/`,
    category: "social",
    names: { kk: "a", ru: "a", en: "a" },
    why: "test",
    source: "test",
    hostedIn: null,
    risk: 1,
    kind: "web",
  };
  const anchor = (id: string): Anchor => ({
    id,
    group: "foreign",
    host: "127.0.0.1",
    port,
    addresses: [],
    operator: "test",
    source: "test",
  });
  return {
    heartbeatS: 1,
    roundS: 1,
    linkS: 1,
    list: { version: "v1", targets: [target], anchors: [anchor("one"), anchor("two")] },
  };
};

/** A folder that has joined a collector double, and the words that run its probe as a process of its own. */
async function joined(): Promise<{ data: string; double: Double; words: string[] }> {
  const data = join(temporary.make(), "probe");
  const { publicKey } = makeIdentity(data);
  const double = await startDouble({ publicKey, config: config(), heartbeatS: 1 });
  ends.push(double.close);
  await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--data", data], fakeIo().io);
  const flags = ["--allow-private", "--public-resolver", resolver, "--doh", "https://127.0.0.1:1/dns-query"];
  return { data, double, words: ["probe", "run", "--data", data, ...flags] };
}

function start(words: readonly string[]) {
  const running = startKuager(words);
  ends.push(async () => {
    running.child.kill("SIGKILL");
    await running.exit;
  });
  return running;
}

const entriesOf = ({ stored }: Double): Entry[] =>
  stored.map((text) => {
    const parsed = check(Entry, JSON.parse(text));
    if (!parsed.ok) throw new Error(parsed.problems.join("; "));
    return parsed.value;
  });
const kindsOf = (double: Double) => entriesOf(double).map(({ kind }) => kind);
const status = async (data: string) => {
  const { io, out } = fakeIo();
  await runProbeCommand(["status", "--json", "--data", data], io);
  return JSON.parse(out()) as Record<string, unknown>;
};

it("runs once: looks at the line, measures, delivers all and ends", async () => {
  const { data, double, words } = await joined();
  const running = start([...words, "--once"]);
  expect([await running.exit, running.err()]).toEqual([0, expect.not.stringContaining("fault")]);
  expect([...new Set(kindsOf(double))]).toEqual(["start", "link", "web", "alive", "stop"]);
  expect(followChain(CHAIN_START, entriesOf(double)).fault).toBeNull();
  expect(entriesOf(double)[1]?.body).toMatchObject({ state: "international" });
  expect(await status(data)).toMatchObject({
    joined: true,
    running: false,
    waiting: 0,
    line: { state: "international" },
    lastRound: { measured: 1, anomalies: 0 },
  });
});

it("on SIGTERM writes a stop, delivers it within five seconds and exits 0; a second run does not start beside it", async () => {
  const { data, double, words } = await joined();
  const running = start(words);
  await until("a measurement is delivered or waits", () => kindsOf(double).includes("link"));
  expect(await status(data)).toMatchObject({ running: true });
  const second = start(words);
  expect(await second.exit).toBe(75);
  expect(second.err()).toContain("already running");
  running.child.kill("SIGTERM");
  expect(await running.exit).toBe(0);
  expect(kindsOf(double).at(-1)).toBe("stop");
});

it("goes on with the same chain after kill -9, and says that the end was unclean", async () => {
  const { double, words } = await joined();
  const first = start(words);
  await until("something is delivered", () => kindsOf(double).includes("link"));
  first.child.kill("SIGKILL");
  await first.exit;
  const second = start([...words, "--once"]);
  expect(await second.exit).toBe(0);
  const starts = entriesOf(double).filter((entry) => entry.kind === "start");
  expect(starts.map((entry) => (entry.kind === "start" ? entry.body.previous.end : ""))).toEqual(["first", "unclean"]);
  expect(followChain(CHAIN_START, entriesOf(double)).fault).toBeNull();
});

it("pauses with a stop and goodbye, sends nothing meanwhile, and resumes with a clean start", async () => {
  const { data, double, words } = await joined();
  start(words);
  await until("it works", () => kindsOf(double).includes("link"));
  await runProbeCommand(["pause", "--data", data], fakeIo().io);
  await until("it says goodbye", () => double.byes.includes("paused"));
  expect(entriesOf(double).at(-1)).toMatchObject({ kind: "stop", body: { reason: "paused" } });
  expect(await status(data)).toMatchObject({ paused: true, running: true });
  await runProbeCommand(["resume", "--data", data], fakeIo().io);
  await until("it starts again", () => kindsOf(double).filter((kind) => kind === "start").length === 2);
  const again = entriesOf(double).findLast(({ kind }) => kind === "start");
  expect(again).toMatchObject({ body: { previous: { end: "clean" } } });
});

it("leaves while running: stop and goodbye reach the collector, and nothing is left in the folder", async () => {
  const { data, double, words } = await joined();
  const running = start(words);
  await until("it works", () => kindsOf(double).includes("link"));
  const { io, out } = fakeIo();
  expect(await runProbeCommand(["leave", "--json", "--data", data], io)).toBe(0);
  expect(await running.exit).toBe(0);
  expect(JSON.parse(out())).toEqual({ left: true, told: true, undelivered: 0 });
  expect(kindsOf(double).at(-1)).toBe("stop");
  await until("the collector is told", () => double.byes.filter((reason) => reason === "left").length === 2);
  expect([existsSync(data), loadIdentity(data)]).toEqual([false, null]);
});

it("wipes while running, at once and without a word to the collector", async () => {
  const { data, double, words } = await joined();
  const running = start(words);
  await until("it works", () => kindsOf(double).includes("link"));
  expect(await runProbeCommand(["wipe", "--yes", "--data", data], fakeIo().io)).toBe(0);
  expect(await running.exit).toBe(0);
  expect(existsSync(data) ? readdirSync(data) : []).toEqual([]);
  expect(kindsOf(double)).not.toContain("stop");
});

it("records without a collector, and delivers when there is one", async () => {
  const { double, data, words } = await joined();
  await double.close();
  const alone = start([...words, "--once"]);
  expect(await alone.exit).toBe(0);
  const before = await status(data);
  expect(before).toMatchObject({ waiting: before.entries, acknowledged: null });
  const again = await startDouble({
    publicKey: loadIdentity(data)?.publicKey ?? "",
    port: double.port,
    config: config(),
  });
  ends.push(again.close);
  expect(await start([...words, "--once"]).exit).toBe(0);
  expect(kindsOf(again).filter((kind) => kind === "stop")).toHaveLength(2);
  expect(followChain(CHAIN_START, entriesOf(again)).fault).toBeNull();
});
