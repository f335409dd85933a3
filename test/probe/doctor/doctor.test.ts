import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, afterEach, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { checkNode } from "../../../probe/doctor/host.ts";
import { betweenFound, clockFinding, rungs } from "../../../probe/doctor/line.ts";
import { checkPower } from "../../../probe/doctor/power.ts";
import { checkRecords } from "../../../probe/doctor/records.ts";
import { fakeIo, folders, openJournal, webBody } from "../support.ts";
import { type Double, startDouble } from "../uplink/collector-double.ts";

const temporary = folders();
const doubles: Double[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});
afterAll(temporary.clean);

const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } };
const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id);

async function examine(data: string, ...more: string[]) {
  const { io, out } = fakeIo();
  const code = await runProbeCommand(["doctor", "--data", data, ...more], io);
  return { code, text: out() };
}

it("doctor fails before joining, says what to do, and makes nothing", async () => {
  const { code, text } = await examine(join(temporary.make(), "none"));
  expect(code).toBe(1);
  expect(text).toContain("[fails] This probe has not joined.\n    What to do: kuager probe join CODE");
});

it("doctor of a probe that has joined names each part, the collector's address among them", async () => {
  const double = await startDouble({ publicKey: "", config });
  doubles.push(double);
  const data = join(temporary.make(), "probe");
  await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--data", data], fakeIo().io);
  const { code, text } = await examine(data, "--json");
  const { ok, findings } = JSON.parse(text) as { ok: boolean; findings: { id: string }[] };
  expect([code, ok]).toEqual([0, true]);
  expect(idsOf(findings)).toEqual(
    expect.arrayContaining([
      "nodeOk",
      "driverOk",
      "folderOk",
      "joined",
      "keyOk",
      "notRunning",
      "recordsNone",
      "collectorOk",
    ]),
  );
  await double.close();
  chmodSync(data, 0o755);
  const after = await examine(data, "--json");
  expect(idsOf(JSON.parse(after.text).findings)).toEqual(expect.arrayContaining(["collectorSilent", "folderOpen"]));
});

it("a record that was changed on the disk is found, and an untouched journal is whole", () => {
  const data = join(temporary.make(), "probe");
  const { journal } = openJournal(data);
  for (let count = 0; count < 3; count++) journal.append({ kind: "web", body: webBody() }, { urgent: true });
  expect(idsOf(checkRecords(data)).slice(0, 2)).toEqual(["running", "recordsOk"]);
  journal.close();
  expect(idsOf(checkRecords(data)).slice(0, 2)).toEqual(["notRunning", "recordsOk"]);
  const database = new Sqlite(join(data, "journal.sqlite"));
  database.prepare("UPDATE entry SET text = replace(text, 'example.org', 'example.com') WHERE seq = 2").run();
  database.close();
  expect(checkRecords(data)[1]).toMatchObject({ id: "recordsBroken", technical: expect.stringContaining("record 2") });
});

it("tells an old Node from a new one", () => {
  expect(["20.18.0", "18.99.9"].map((version) => checkNode(version).id)).toEqual(["nodeOld", "nodeOld"]);
  expect(["20.18.1", "20.19.0", "24.0.0"].map((version) => checkNode(version).id)).toEqual([
    "nodeOk",
    "nodeOk",
    "nodeOk",
  ]);
});

it("grades a clock by how far off it is, to either side", () => {
  const ids = [0, -5_000, 6_000, -299_000, 301_000, -1e12].map((offset) => clockFinding(offset, "test").id);
  expect(ids).toEqual(["clockOk", "clockOk", "clockOff", "clockOff", "clockWrong", "clockWrong"]);
});

it("names each rung that does not answer by itself", () => {
  const check = (ok: boolean) => ({ ok, ms: 1, failure: ok ? null : ("generic_timeout_error" as const) });
  const named = (ok: boolean) => [{ id: "a", ...check(ok) }];
  const checks = {
    gateway: check(true),
    resolver: check(false),
    domestic: named(true),
    whitelist: [],
    foreign: named(false),
  };
  expect(idsOf(rungs({ checks, portal: true }))).toEqual([
    "homeOk",
    "bookSilent",
    "insideOk",
    "abroadSilent",
    "portal",
  ]);
  const none = { gateway: null, resolver: null, domestic: [], whitelist: [], foreign: [] };
  expect(idsOf(rungs({ checks: none, portal: false }))).toEqual([
    "homeNone",
    "bookSilent",
    "insideSilent",
    "abroadSilent",
  ]);
});

it("names what on the host could bend measurements, and nothing where there is nothing", () => {
  const target = {
    id: "site.test",
    url: "https://site.test/",
    category: "social" as const,
    names: { kk: "a", ru: "a", en: "a" },
    why: "test",
    source: "test",
    hostedIn: null,
    risk: 1 as const,
    kind: "web" as const,
  };
  const clean = { proxyVariables: [], localRoots: () => [], hostsText: "127.0.0.1 localhost\n# 10.0.0.1 site.test" };
  expect(betweenFound({ vpn: false, medium: "wifi" }, clean, [target])).toEqual([]);
  const bent = {
    proxyVariables: ["HTTPS_PROXY"],
    localRoots: () => [{ subject: "CN=Antivirus", sha256: "" }],
    hostsText: "10.0.0.1 Site.test",
  };
  expect(idsOf(betweenFound({ vpn: true, medium: "wwan" }, bent, [target]))).toEqual([
    "vpn",
    "proxy",
    "rootsAdded",
    "hostsFile",
    "modem",
  ]);
});

it("finds a Raspberry Pi's weak power supply, now or since the boot, and a computer on its battery", () => {
  const root = temporary.make();
  const places = { sensors: join(root, "hwmon"), throttled: join(root, "throttled"), supplies: join(root, "supplies") };
  const id = () => checkPower(places).id;
  expect(id()).toBe("powerOk");
  for (const [text, found] of [
    ["0x0\n", "powerOk"],
    ["50000\n", "powerLow"],
    ["50005\n", "powerLow"],
    ["80008\n", "powerOk"],
  ] as const) {
    writeFileSync(places.throttled, text);
    expect([text, id()]).toEqual([text, found]);
  }
  const sensor = join(places.sensors, "hwmon1");
  mkdirSync(sensor, { recursive: true });
  writeFileSync(join(sensor, "name"), "rpi_volt\n");
  writeFileSync(join(sensor, "in0_lcrit_alarm"), "1\n");
  expect(id()).toBe("powerLow");
  writeFileSync(join(sensor, "in0_lcrit_alarm"), "0\n");
  mkdirSync(join(places.supplies, "BAT0"), { recursive: true });
  writeFileSync(join(places.supplies, "BAT0", "type"), "Battery\n");
  expect(id()).toBe("powerBattery");
});
