import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { freePort, healthy, runKuager, startKuager, temporaryFolder, until } from "../../end-to-end/processes.ts";
import { archiveOf } from "../../sim/archive.ts";
import { generate } from "../../sim/generate.ts";
import { NATIONAL_CUT } from "../../sim/scenarios/basic.ts";

const KILLS = 4;
const HOUR_MS = 3_600_000;
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** A national cut as the first journals tell it when it is just over, and with those that came later. */
function archives(): { early: string; whole: string } {
  const { knowledge } = loadCatalogue();
  const scenario = { ...NATIONAL_CUT, to: NATIONAL_CUT.from + 20 * HOUR_MS };
  const lines = [...archiveOf(scenario, generate(scenario, knowledge.targets, 1), (id) => `https://${id}/`)];
  const until = new Date(NATIONAL_CUT.from + 14.1 * HOUR_MS).toISOString();
  const isEarly = (line: string) => !line.includes('"received"') || receivedOf(line) <= until;
  const early = join(folder.path, "early.ndjson");
  const whole = join(folder.path, "whole.ndjson");
  writeFileSync(early, lines.filter(isEarly).join(""));
  writeFileSync(whole, lines.join(""));
  return { early, whole };
}

function receivedOf(line: string): string {
  return /"received":"([^"]+)"/.exec(line)?.[1] ?? "";
}

async function take(file: string, data: string): Promise<void> {
  const { code, stderr } = await runKuager(["collector", "import", file, "--unsigned", "--data", data]);
  expect(code, stderr).toBe(0);
}

async function start(data: string) {
  const port = await freePort();
  const flags = ["--data", data, "--port", String(port), "--version-seconds", "0"];
  return { url: `http://127.0.0.1:${port}`, running: startKuager(["collector", "serve", ...flags]) };
}

/** A life of the collector that is left in peace; how long it took to begin. */
async function live(data: string): Promise<number> {
  const began = performance.now();
  const { url, running } = await start(data);
  await until("the collector answers", () => healthy(url), 120_000);
  const tookMs = performance.now() - began;
  running.child.kill("SIGTERM");
  expect(await running.exit).toBe(0);
  return tookMs;
}

/** Lives that are killed at moments all over their beginning. */
async function dieOften(data: string, wholeMs: number): Promise<void> {
  for (let kill = 1; kill <= KILLS; kill++) {
    const { running } = await start(data);
    await delay((wholeMs * kill) / KILLS);
    running.child.kill("SIGKILL");
    await running.exit;
  }
}

/** What is published, without the moments of it. */
async function published(data: string) {
  const store = await openStore(data);
  try {
    const all = await store.publications.newest();
    const versions = await Promise.all(all.map(({ number }) => store.publications.versions(number)));
    return versions.flat().map(({ publishedAt: _at, ...rest }) => rest);
  } finally {
    await store.close();
  }
}

test("kill -9 in the middle, restarts and a second replay of the same journals make no number and no version", async () => {
  const { early, whole } = archives();
  const [calm, killed] = [join(folder.path, "calm"), join(folder.path, "killed")];
  await take(early, calm);
  const wholeMs = await live(calm);
  const atFirst = await published(calm);
  await take(whole, calm);
  await live(calm);
  const later = await published(calm);
  expect(atFirst.length).toBeGreaterThan(0);
  expect(later.length).toBeGreaterThan(atFirst.length);

  await take(early, killed);
  await dieOften(killed, wholeMs);
  await live(killed);
  expect(await published(killed)).toEqual(atFirst);
  await take(whole, killed);
  await dieOften(killed, wholeMs);
  await live(killed);
  await take(whole, killed);
  await live(killed);
  await live(killed);
  expect(await published(killed)).toEqual(later);
}, 600_000);
