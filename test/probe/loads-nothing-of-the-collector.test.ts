import { existsSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { KUAGER, startKuager } from "./kuager.ts";
import { folders } from "./support.ts";

const temporary = folders();
afterAll(temporary.clean);

/** A module hook that prints the address of every module as it is loaded. */
const TRACE = `data:text/javascript,${encodeURIComponent(`
import { register } from "node:module";
import { writeSync } from "node:fs";
register("data:text/javascript," + encodeURIComponent(\`
  import { writeSync } from "node:fs";
  export async function load(url, context, next) {
    writeSync(2, "loaded " + url + "\\\\n");
    return next(url, context);
  }\`));
`)}`;

async function loadedBy(args: readonly string[]): Promise<string[]> {
  expect(existsSync(KUAGER), "dist/ is built before the tests: node bin/build.mjs").toBe(true);
  const running = startKuager(args, ["--import", TRACE]);
  expect(await running.exit).toBe(0);
  return running
    .err()
    .split("\n")
    .filter((line) => line.startsWith("loaded "))
    .map((line) => line.slice("loaded ".length));
}

it.each([
  ["status", ["probe", "status", "--json"]],
  ["measure --help", ["probe", "measure", "--help"]],
  ["run --help", ["probe", "run", "--help"]],
  ["join --help", ["probe", "join", "--help"]],
])("kuager probe %s loads no file of the collector, the dashboards or the tests", async (_name, args) => {
  const loaded = await loadedBy(args[1] === "status" ? [...args, "--data", temporary.make()] : args);
  expect(loaded.some((url) => url.includes("/dist/probe/cli.js"))).toBe(true);
  expect(loaded.filter((url) => /\/dist\/(?:collector|dashboards|test)\//.test(url))).toEqual([]);
  expect(loaded.filter((url) => url.includes("/node_modules/fastify/"))).toEqual([]);
});

it("kuager probe status loads neither undici nor ws nor node-cron", async () => {
  const loaded = await loadedBy(["probe", "status", "--data", temporary.make()]);
  expect(loaded.filter((url) => /\/node_modules\/(?:undici|ws|node-cron|pino)\//.test(url))).toEqual([]);
});
