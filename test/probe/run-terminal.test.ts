import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { runProbeCommand } from "../../probe/cli.ts";
import { makeIdentity } from "../../probe/identity/identity.ts";
import { KUAGER, startKuager } from "./kuager.ts";
import { fakeIo, folders } from "./support.ts";
import { startDouble } from "./uplink/collector-double.ts";

const temporary = folders();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(temporary.clean);

async function joined(): Promise<string[]> {
  const data = join(temporary.make(), "probe");
  const config = { heartbeatS: 1, roundS: 1, linkS: 1, list: { version: "v1", targets: [], anchors: [] } };
  const double = await startDouble({ publicKey: makeIdentity(data).publicKey, config, heartbeatS: 1 });
  ends.push(double.close);
  await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--lang", "ru", "--data", data], fakeIo().io);
  return ["probe", "run", "--once", "--allow-private", "--data", data];
}

/** Runs the built program with a real terminal (`script` of util-linux) and returns what it showed. */
async function atTerminal(words: readonly string[]): Promise<string> {
  const { KUAGER_LOG: _level, ...env } = process.env;
  const line = [process.execPath, KUAGER, ...words].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", line, "/dev/null"], {
    env: { ...env, NODE_EXTRA_CA_CERTS: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let shown = "";
  child.stdout.on("data", (chunk) => {
    shown += chunk;
  });
  await once(child, "close");
  return shown;
}

it("at a terminal run tells in the volunteer's language what happens, a sentence a line, without colour or spinner", async () => {
  const words = await joined();
  const lines = (await atTerminal(words)).trim().split(/\r?\n/);
  expect(lines[0]).toMatch(/^Зонд работает/);
  expect(lines.slice(1).join("\n")).toMatch(/\d\d:\d\d Сервер доступен/);
  expect(lines.at(-1)).toMatch(/\d\d:\d\d Зонд останавливается\.$/);
  for (const line of lines) expect(line).toMatch(/^[\p{L}\p{N} .,:;'()—–-]+$/u);
});

it("elsewhere, and at a terminal when asked for, it writes lines of JSON", async () => {
  const words = await joined();
  const piped = startKuager(words);
  await piped.exit;
  const shown = await atTerminal([...words, "--log-json"]);
  for (const text of [piped.err(), shown])
    for (const line of text.trim().split(/\r?\n/)) expect(JSON.parse(line)).toMatchObject({ program: "probe" });
});
