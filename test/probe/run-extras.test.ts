import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { runProbeCommand } from "../../probe/cli.ts";
import { makeIdentity } from "../../probe/identity/identity.ts";
import { check } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { Target } from "../../protocol/target.ts";
import type { ProbeConfig } from "../../protocol/wire.ts";
import { closedPort, nextAddress, type Origin, page, startOrigin } from "../world/index.ts";
import { type Centre, startCentre } from "../world/messenger.ts";
import { startKuager } from "./kuager.ts";
import { fakeIo, folders, until } from "./support.ts";
import { type Double, startDouble } from "./uplink/collector-double.ts";

const temporary = folders();
const ends: (() => unknown)[] = [];
let centre: Centre;
/** Two sites of clear text at neighbouring addresses. */
let sites: Origin[];
/** A folder with one messenger of one data centre, and a resolver that nobody runs. */
let laboratory: string;
let resolver: string;

beforeAll(async () => {
  centre = await startCentre(2);
  const answer = () => ({ body: page("A site", "k".repeat(40_000)) });
  const first = await startOrigin({ address: nextAddress() }, answer);
  sites = [first, await startOrigin({ address: nextAddress(), port: first.port }, answer)];
  laboratory = temporary.make();
  const row = {
    id: "dc",
    service: "telegram",
    kind: "address",
    ip: centre.address,
    ports: centre.ports,
    source: "a test",
  };
  writeFileSync(join(laboratory, "messengers.ndjson"), JSON.stringify(row));
  const address = nextAddress();
  resolver = `${address}:${await closedPort(address)}`;
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await Promise.all([centre, ...sites].map((one) => one.close()));
  temporary.clean();
});

const target = (id: string, url: string, some: Partial<Target> = {}): Target => ({
  id,
  url,
  category: "social",
  names: { kk: id, ru: id, en: id },
  why: "test",
  source: "test",
  hostedIn: null,
  risk: 1,
  kind: "web",
  ...some,
});

function config(more: readonly Target[] = [], roundS = 900): ProbeConfig {
  const ofSites = sites.map(({ address, port }) => target(`${address}.test`, `http://${address}:${port}/`));
  const messenger = target("telegram", "https://telegram.test/", { kind: "im", category: "messenger" });
  const anchors = sites.map(({ address, port }) => ({
    id: address,
    group: "foreign" as const,
    host: address,
    port,
    addresses: [],
    operator: "test",
    source: "test",
  }));
  return {
    heartbeatS: 1,
    roundS,
    linkS: 1,
    list: { version: "v1", targets: [...ofSites, messenger, ...more], anchors },
  };
}

/** A folder that has joined a collector double, and the words that run its probe as a process of its own. */
async function joined(joining: readonly string[] = [], what = config()) {
  const data = join(temporary.make(), "probe");
  const { publicKey } = makeIdentity(data);
  const double = await startDouble({ publicKey, config: what, heartbeatS: 1 });
  ends.push(double.close);
  const words = ["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--data", data];
  await runProbeCommand([...words, ...joining], fakeIo().io);
  const world = ["--allow-private", "--public-resolver", resolver, "--doh", "https://127.0.0.1:1/dns-query"];
  return { data, double, words: ["probe", "run", "--data", data, "--targets", laboratory, ...world] };
}

async function runOnce(words: readonly string[], ...more: string[]): Promise<void> {
  const running = startKuager([...words, "--once", ...more]);
  expect([await running.exit, running.err()]).toEqual([0, expect.not.stringContaining("fault")]);
}

/** The entries that the collector has, each as its schema takes it. */
function entriesOf({ stored }: Double): Entry[] {
  return stored.map((text) => {
    const parsed = check(Entry, JSON.parse(text));
    if (!parsed.ok) throw new Error(parsed.problems.join("; "));
    return parsed.value;
  });
}
const countOf = (double: Double, kind: Entry["kind"]) =>
  entriesOf(double).filter((entry) => entry.kind === kind).length;

it("a round measures messengers and speed after the sites, and the next process does not within the hour", async () => {
  const { double, words } = await joined();
  await runOnce(words);
  const kinds = entriesOf(double).flatMap(({ kind }) => (["web", "im", "speed"].includes(kind) ? [kind] : []));
  // Chance may make one of two equal sites look slow: then it is no control for the other.
  const pairs = countOf(double, "speed");
  expect(kinds).toEqual(["web", "web", "im", "speed", "speed"].slice(0, 3 + Math.max(1, pairs)));
  expect(entriesOf(double).find(({ kind }) => kind === "im")?.body).toMatchObject({ service: "telegram" });
  expect(entriesOf(double).find(({ kind }) => kind === "speed")?.body).toMatchObject({
    control: { choice: "same-prefix" },
    failure: { target: null, control: null },
  });
  await runOnce(words);
  expect([countOf(double, "web"), countOf(double, "im"), countOf(double, "speed")]).toEqual([4, 1, pairs]);
});

it("without consent to messengers none is measured", async () => {
  const { double, words } = await joined(["--without", "messenger"]);
  await runOnce(words, "--no-speed");
  expect([countOf(double, "web"), countOf(double, "im"), countOf(double, "speed")]).toEqual([2, 0, 0]);
});

it("what the text that was agreed to did not tell of is not measured", async () => {
  const { data, double, words } = await joined();
  const file = join(data, "membership.json");
  const membership = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...membership, consent: { ...membership.consent, version: "2026-11-1" } }));
  await runOnce(words);
  expect([countOf(double, "web"), countOf(double, "im"), countOf(double, "speed")]).toEqual([2, 0, 0]);
});

it("in laboratories, where rounds are less than a minute apart, messengers and speed are measured when asked for", async () => {
  const { double, words } = await joined([], config([], 5));
  await runOnce(words);
  expect([countOf(double, "im"), countOf(double, "speed")]).toEqual([0, 0]);
  await runOnce(words, "--im", "--speed");
  expect([countOf(double, "im"), countOf(double, "speed") > 0]).toEqual([1, true]);
});

it("the day's bytes are not given anew to each process", async () => {
  const { double, words } = await joined();
  // Enough for one page of 40 KB; the day gives back half a byte a second.
  await runOnce(words, "--budget-mb", "0.03", "--no-im", "--no-speed");
  const measured = countOf(double, "web");
  await runOnce(words, "--budget-mb", "0.03");
  expect([countOf(double, "web") - measured, countOf(double, "im"), countOf(double, "speed")]).toEqual([0, 0, 0]);
});

it("looks closer at one target once an hour, also in the next process", async () => {
  const resetting = await startOrigin({ address: nextAddress() }, () => "reset");
  ends.push(resetting.close);
  const odd = target("odd.test", `http://${resetting.address}:${resetting.port}/`);
  const { double, words } = await joined([], config([odd]));
  for (const _ of ["first", "second"]) await runOnce(words, "--no-im", "--no-speed");
  const closer = entriesOf(double).flatMap((entry) =>
    entry.kind === "web" && entry.body.target === "odd.test"
      ? [entry.body.http.filter(({ purpose }) => purpose !== undefined).length]
      : [],
  );
  expect(closer).toEqual([1, 0]);
});

it("status tells of the last round as soon as its sites are done", async () => {
  // The wait before the first round is a tenth of the cadence at most.
  const { data, words } = await joined([], config([], 60));
  const running = startKuager([...words, "--no-im", "--no-speed"]);
  ends.push(async () => {
    running.child.kill("SIGKILL");
    await running.exit;
  });
  let seen: unknown = null;
  const look = setInterval(() => {
    const { io, out } = fakeIo();
    const asked = runProbeCommand(["status", "--json", "--data", data], io);
    asked.then(() => (seen ??= JSON.parse(out()).lastRound), expect.unreachable);
  }, 100);
  ends.push(() => clearInterval(look));
  // Routine entries and notes are committed a minute apart.
  await until("the round is told of", () => seen !== null, 40_000);
  expect(seen).toMatchObject({ measured: 2, anomalies: 0 });
}, 60_000);
