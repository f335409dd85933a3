import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cadenceOf } from "../../probe/schedule/cadence.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = mkdtempSync(join(tmpdir(), "kuager-plugins-"));
const CADENCES = [1, 5, 20, 30, 60, 300, 900, 1800, 75, 420].map((roundS) => cadenceOf(roundS).cron);

/** Prints when each task would run next, at a moment that stands still. */
const PROGRAM = `
  const RealDate = Date;
  const now = RealDate.UTC(2022, 0, 5, 10, 29, 58, 250);
  globalThis.Date = class extends RealDate {
    constructor(...given) { super(...(given.length === 0 ? [now] : given)); }
    static now() { return now; }
  };
  const { createTask } = await import("node-cron");
  const logger = { info() {}, warn() {}, error() {}, debug() {} };
  const next = process.argv.slice(2).map((cron) => {
    const task = createTask(cron, () => {}, { logger });
    task.start();
    const at = task.getNextRun().toISOString();
    task.destroy();
    return at;
  });
  console.log(JSON.stringify(next));
`;

beforeAll(async () => {
  const { plugins } = (await import(new URL("../../bin/bundle-plugins.mjs", import.meta.url).href)) as {
    plugins: (isHere: () => boolean) => import("esbuild").Plugin[];
  };
  for (const [name, some] of [
    ["plain", []],
    ["ours", plugins(() => true)],
  ] as const)
    await build({
      stdin: { contents: PROGRAM, resolveDir: ROOT },
      outfile: join(folder, `${name}.mjs`),
      ...{ bundle: true, platform: "node", target: "node20", format: "esm", plugins: [...some] },
    });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function nextRuns(name: string, timeZone: string): unknown {
  const said = execFileSync(process.execPath, [join(folder, `${name}.mjs`), ...CADENCES], {
    env: { ...process.env, TZ: timeZone },
    encoding: "utf8",
  });
  return JSON.parse(said);
}

test("the bundle's cron, which reads the clock in UTC, runs every cadence when the package's own would", () => {
  const plain = nextRuns("plain", "Asia/Almaty");
  expect(nextRuns("ours", "Asia/Almaty")).toEqual(plain);
  expect(nextRuns("ours", "UTC")).toEqual(plain);
  expect(plain).toContain("2022-01-05T10:30:00.000Z");
});
