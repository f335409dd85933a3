import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { sha256Hex } from "../../protocol/hash.ts";
import { isNewer, type Release, releaseText } from "../../protocol/release.ts";
import { generateIdentity, signText } from "../../protocol/signature.ts";
import { freePort, healthy, type Running, runKuager, startKuager, temporaryFolder, until } from "./processes.ts";

const folder = temporaryFolder();
const running: Running[] = [];
const makers = generateIdentity();

afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    child.kill("SIGTERM");
    await exit;
  }
});

afterAll(folder.remove);

const PROGRAM = "// a program";

function writeRelease(name: string, version: string, signer = makers): string {
  const path = join(folder.path, name);
  mkdirSync(path, { recursive: true });
  const release: Release = {
    version,
    publishedAt: "2026-11-22T00:00:00.000Z",
    files: [{ name: "kuager-probe.mjs", bytes: PROGRAM.length, sha256: sha256Hex(PROGRAM) }],
    notes: "",
  };
  const signature = signText(signer.privateKeyPem, "release", releaseText(release));
  writeFileSync(join(path, "release.json"), JSON.stringify({ release, key: signer.publicKey, signature }));
  writeFileSync(join(path, "kuager-probe.mjs"), PROGRAM);
  return path;
}

async function collectorOn(port: number, releases: string): Promise<void> {
  for (const { child, exit } of running.splice(0)) {
    child.kill("SIGTERM");
    await exit;
  }
  const data = join(folder.path, "collector");
  const words = ["collector", "serve", "--data", data, "--port", String(port), "--releases", releases];
  running.push(startKuager(words));
  await until("the collector answers", () => healthy(`http://127.0.0.1:${port}`));
}

test("a newer version is told in the volunteer's language, only when signed by the key told at joining", async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const data = join(folder.path, "probe");
  await collectorOn(port, writeRelease("old", "0.0.1"));
  const invite = await runKuager(["collector", "invite", "--json", "--data", join(folder.path, "collector")]);
  const { code } = JSON.parse(invite.stdout) as { code: string };
  const join1 = await runKuager(["probe", "join", code, "--collector", url, "--data", data, "--yes", "--lang", "kk"]);
  expect(join1.stderr).not.toMatch(/kuager:/);
  const check = () => runKuager(["probe", "update", "--check", "--data", data]);
  expect((await check()).stdout).toMatch(/ең жаңа нұсқа/);

  await collectorOn(port, writeRelease("new", "99.0.0"));
  const newer = await check();
  expect([newer.code, newer.stdout]).toEqual([0, expect.stringContaining(sha256Hex(PROGRAM))]);
  expect(newer.stdout).toContain(`${url}/uplink/v1/release/kuager-probe.mjs`);
  expect(await (await fetch(`${url}/uplink/v1/release/kuager-probe.mjs`)).text()).toBe(PROGRAM);
  expect((await fetch(`${url}/uplink/v1/release/..%2Frelease.json`)).status).toBe(404);

  await collectorOn(port, writeRelease("foreign", "100.0.0", generateIdentity()));
  const foreign = await check();
  expect([foreign.code, foreign.stdout]).toEqual([65, ""]);
  expect(foreign.stderr).toMatch(/қол қоймаған шығарылымды/);
});

test("a collector does not start with a release whose signature does not hold", async () => {
  const path = writeRelease("broken", "1.2.3");
  writeFileSync(join(path, "release.json"), JSON.stringify({ release: {}, key: makers.publicKey, signature: "x" }));
  const words = ["collector", "serve", "--data", join(folder.path, "other"), "--port", "0", "--releases", path];
  const refused = await runKuager(words);
  expect([refused.code, refused.stderr]).toEqual([65, expect.stringMatching(/is no release/)]);
});

test("versions are compared by number, not by letter", () => {
  expect([isNewer("0.10.0", "0.9.9"), isNewer("1.0.0", "1.0.0"), isNewer("1.0.0", "0.99.99")]).toEqual([
    true,
    false,
    true,
  ]);
});
