import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { run } from "../exchange/run.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

test("what commands did stands in the record of acts, and the chain holds", async () => {
  const data = ["--data", join(folder.path, "data")];
  const events = join(folder.path, "events.csv");
  writeFileSync(
    events,
    "id,kind,sanctioned,place,title,start,end,precision,source\nown-1,rally,unknown,KZ-75,Rally,2026-03-01,2026-03-01,day,https://example.org/1\n",
  );
  expect((await run("event", "import", events, ...data)).code).toBe(0);
  expect((await run("invite", "--region", "KZ-75", ...data)).code).toBe(0);
  const basis = ["--target", "orda.kz", "--basis", "not yet known", "--source", "https://example.org/2"];
  expect((await run("legal", "set", ...basis, ...data)).code).toBe(0);
  const { code, out } = await run("audit", "--json", ...data);
  expect(code).toBe(0);
  const acts = out
    .trim()
    .split("\n")
    .flatMap((line) => {
      const { act, by = undefined } = JSON.parse(line) as { act?: string; by?: null };
      return act === undefined ? [] : [[act, by]];
    });
  expect(acts).toEqual(["events imported", "probe invited", "legal basis recorded"].map((act) => [act, null]));
});
