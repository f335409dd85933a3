import { execFile, execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { runProbeCommand } from "../../probe/cli.ts";
import { makeIdentity } from "../../probe/identity/identity.ts";
import { fakeIo } from "../probe/support.ts";
import { startDouble } from "../probe/uplink/collector-double.ts";
import { nextAddress, startConnectProxy, startSocksProxy } from "../world/index.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = mkdtempSync(join(tmpdir(), "kuager-bundle-"));
const [first, second] = [join(folder, "first"), join(folder, "second")];
const ends: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  for (const out of [first, second]) execFileSync(process.execPath, [join(ROOT, "bin/bundle.mjs"), out]);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names and hashes of all files below a folder. */
function hashes(place: string): [string, string][] {
  const names = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .map(({ parentPath, name }): [string, string] => {
      const path = join(parentPath, name);
      return [path.slice(place.length), createHash("sha256").update(readFileSync(path)).digest("hex")];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

test("the bundle made twice is the same, byte for byte", () => {
  expect(hashes(first).map(([name]) => name)).toContain("/kuager-probe.mjs");
  expect(hashes(second)).toEqual(hashes(first));
});

/** The bundle with nothing beside it but its data and the driver's native part. */
function alone(): string {
  const place = mkdtempSync(join(folder, "alone-"));
  cpSync(first, place, { recursive: true });
  const driver = join("node_modules", "better-sqlite3");
  for (const part of ["package.json", join("build", "Release", "better_sqlite3.node")])
    cpSync(join(ROOT, driver, part), join(place, driver, part), { recursive: true });
  return join(place, "kuager-probe.mjs");
}

/** A folder that has joined a collector on loopback, and the words that run its probe once, as the bundle's. */
async function joined(proxy: string[] = []) {
  const data = join(mkdtempSync(join(folder, "probe-")), "data");
  const { publicKey } = makeIdentity(data);
  const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } };
  const double = await startDouble({ publicKey, config });
  ends.push(double.close);
  await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--data", data], fakeIo().io);
  const nowhere = ["--public-resolver", "127.0.0.1:1", "--doh", "https://127.0.0.1:1/dns-query"];
  const words = [alone(), "run", "--once", "--data", data, "--allow-private", ...nowhere, ...proxy];
  return { double, run: promisify(execFile)(process.execPath, words, { timeout: 60_000 }) };
}

test("the bundle runs with nothing beside it but its data and the driver's native part", async () => {
  const { double, run } = await joined();
  await run;
  const kinds = double.stored.map((text) => (JSON.parse(text) as { kind: string }).kind);
  expect(kinds).toEqual(expect.arrayContaining(["start", "link", "stop"]));
}, 90_000);

test.each([
  { scheme: "socks5h", start: startSocksProxy },
  { scheme: "http", start: startConnectProxy },
])(
  "what the bundled probe needs for a proxy ($scheme) is found in its packed part",
  async ({ scheme, start }) => {
    const proxy = await start(nextAddress());
    ends.push(proxy.close);
    const { double, run } = await joined(["--proxy", `${scheme}://${proxy.address}:${proxy.port}`]);
    await run;
    expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${double.port}`]));
    expect(double.stored.length).toBeGreaterThan(1);
  },
  90_000,
);

test.each([
  { lang: "kk", help: /^Қолданылуы: kuager probe run/, refusal: /қосылмаған/ },
  { lang: "ru", help: /^Использование: kuager probe run/, refusal: /не присоединён/ },
])("help and refusals of `run` come in $lang from the bundle's packed part", ({ lang, help, refusal }) => {
  const program = alone();
  const told = spawnSync(process.execPath, [program, "run", "--help", "--lang", lang], { encoding: "utf8" });
  expect(told.stdout).toMatch(help);
  const nowhere = join(folder, "nobody");
  const refused = spawnSync(process.execPath, [program, "run", "--lang", lang, "--data", nowhere], {
    encoding: "utf8",
  });
  expect(refused.stderr).toMatch(refusal);
});

test("the bundle holds no code of the collector, and letters of ASCII only", () => {
  const code = readFileSync(join(first, "kuager-probe.mjs"), "latin1");
  expect(code).not.toMatch(/fastify|intl-messageformat|INSERT INTO verdict/i);
  expect([...code].every((letter) => letter.charCodeAt(0) < 128)).toBe(true);
});

test("the bundle lays no list of rallies or reports on a volunteer's disk", () => {
  const data = readdirSync(join(first, "data")).sort();
  expect(data).toEqual(["anchors.ndjson", "block-pages.ndjson", "messengers.ndjson", "targets.ndjson"]);
});
