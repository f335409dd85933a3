import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Verdict } from "../../protocol/verdict.ts";
import { runKuager, temporaryFolder } from "./processes.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

test("what `probe measure --json` prints is what `classify` takes, as measurement and as control", async () => {
  const site = createServer((_, response) => response.end("<title>A page</title>")).listen(0, "127.0.0.1");
  await once(site, "listening");
  const address = site.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const measured = await runKuager(["probe", "measure", `http://127.0.0.1:${port}/`, "--json"]);
  site.close();
  expect(measured.code).toBe(0);
  expect(Object.keys(JSON.parse(measured.stdout))).toEqual(["body", "local"]);
  const file = join(folder.path, "printed.json");
  writeFileSync(file, measured.stdout);

  const judged = await runKuager(["classify", "--measurement", file, "--control", file, "--json"]);
  expect(judged.stderr).toBe("");
  expect(judged.code).toBe(0);
  expect(Verdict.parse(JSON.parse(judged.stdout)).code).toBe("ok");
});
