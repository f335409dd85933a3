import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importOutside } from "../../../collector/outside/import-outside.ts";
import { fetchOutside, readJobs, startFetching } from "../../../collector/outside/jobs.ts";
import { outsideRows } from "../../../collector/outside/view.ts";
import { createOutward, type Outward } from "../../../collector/outward.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { runKuager, temporaryFolder, until } from "../../end-to-end/processes.ts";
import { type HardServer, startHardServer } from "../hard-server.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";

const file = (name: string) => new URL(`fixtures/${name}.json`, import.meta.url).pathname;
const WINDOW = "from=2022-01-05&to=2022-01-08";
let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.close());

const outside = (...words: string[]) => runKuager(["collector", "outside", ...words, "--data", collector.folder]);
type Row = { source: string; signal: string; asn: number | null; licence: string; original: string; sha256: string };
async function rows(query: string): Promise<Row[]> {
  const answer = await fetch(`${collector.url}/api/v1/outside?${query}`);
  expect(answer.status).toBe(200);
  const body = (await answer.json()) as { license: string; outside: Row[] };
  expect(body.license).not.toContain("CC BY 4.0");
  return body.outside;
}

describe("kuager collector outside", () => {
  test("takes a file in, once, and a running collector serves its series and its very bytes", async () => {
    const url = "https://api.example.org/v2/signals/raw/asn/9198?from=1641340800&until=1641427200";
    const words = ["import", file("ioda-asn"), "--source", "ioda", "--url", url, "--retrieved", "2026-11-01T10:00:00Z"];
    expect(await outside(...words, "--json")).toMatchObject({ code: 0, stdout: expect.stringContaining('"series":2') });
    expect(await outside(...words)).toMatchObject({ code: 0, stdout: expect.stringContaining("before") });
    const [ping, bgp, ...others] = await rows(WINDOW);
    expect(others).toEqual([]);
    expect(ping).toMatchObject({ source: "ioda", signal: "ping-slash24", asn: 9198, address: url });
    expect(ping).toMatchObject({ retrievedAt: "2026-11-01T10:00:00.000Z", sha256: bgp?.sha256 });
    const original = await fetch(`${collector.url}${ping?.original}`);
    const bytes = Buffer.from(await original.arrayBuffer());
    expect(bytes).toEqual(readFileSync(file("ioda-asn")));
    expect(original.headers.get("x-sha256")).toBe(sha256Hex(bytes));
  });

  test("keeps what is under CC BY-NC marked as such, and lets the terms be told", async () => {
    await outside("import", file("radar-annotations"), "--source", "radar");
    await outside("import", file("ioda-country"), "--source", "ioda", "--licence", "told by e-mail");
    const radar = await rows(`${WINDOW}&source=radar`);
    expect(radar).toHaveLength(3);
    for (const { licence } of radar) expect(licence).toBe("CC BY-NC 4.0");
    expect((await rows(`${WINDOW}&source=ioda`)).map(({ licence }) => licence)).toContain("told by e-mail");
  });

  test("picks by network and time; values outside the time are cut off", async () => {
    const found = await rows("from=2022-01-05T10:00:00Z&to=2022-01-05T11:00:00Z&asn=9198&source=ioda");
    const ping = found.find(({ signal }) => signal === "ping-slash24");
    expect(ping).toMatchObject({ from: "2022-01-05T10:00:00.000Z", values: [100, 100, 100, 4, 4, 4] });
    expect((await rows("from=2021-01-01&to=2021-02-01")).length).toBe(0);
  });

  test("draws them on the timeline's page as they were known at its moment, and never lets them into our own files", async () => {
    const page = async (query: string) => (await fetch(`${collector.url}/en/timeline?${WINDOW}${query}`)).text();
    expect(await page("&asn=9198")).toContain("ping-slash24");
    expect(await page("")).toContain("CC BY-NC 4.0");
    expect(await page("&as_of=2022-02-01T00:00:00Z")).not.toContain("CC BY-NC 4.0");
    for (const path of ["timeline", "presence.csv", "incidents.ndjson"]) {
      const answer = await fetch(`${collector.url}/api/v1/${path}?${WINDOW}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/ping-slash24|radar/i);
    }
  });

  test("lists and removes, and both are written down", async () => {
    const listed = await outside("list", "--json");
    const { imports } = JSON.parse(listed.stdout) as { imports: { id: number; source: string }[] };
    const radar = imports.find(({ source }) => source === "radar");
    expect(await outside("remove", String(radar?.id))).toMatchObject({ code: 0 });
    expect(await rows(`${WINDOW}&source=radar`)).toEqual([]);
    const audit = await runKuager(["collector", "audit", "--data", collector.folder]);
    expect(audit.stdout).toMatch(/outside imported {2}radar[\s\S]*outside removed/);
  });

  test.each([
    [["import", "nowhere.json", "--source", "ioda"], 65],
    [["import", file("ioda-asn"), "--source", "other"], 2],
    [["import", file("ioda-asn"), "--source", "ooni"], 65],
    [["import", file("ioda-asn"), "--source", "ioda", "--url", "no address"], 2],
    [["remove", "99"], 1],
    [["fetch"], 2],
  ])("%j ends with %i", async (words, code) => {
    expect(await outside(...words)).toMatchObject({ code });
  });
});

describe("rows to be drawn", () => {
  test("have a scale of their own, from nought, and a later answer takes the place of an earlier one", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder.path);
    const window = { from: Date.parse("2022-01-05T00:00:00Z"), to: Date.parse("2022-01-06T00:00:00Z") };
    const bytes = readFileSync(file("ioda-asn"));
    const changed = Buffer.from(bytes.toString().replace('"meta', ' "meta'));
    for (const [index, one] of [bytes, changed].entries())
      await importOutside(store.admin.outside, {
        ...{ source: "ioda", bytes: one, address: null, retrieved: index + 1, licence: null },
      });
    const found = await outsideRows(store.admin.outside, { ...window, asn: null, target: null });
    expect(found.map(({ signal, low, high, sha256 }) => [signal, low, high, sha256])).toEqual([
      ["ping-slash24", 0, 100, sha256Hex(changed)],
      ["bgp", 0, 1200, sha256Hex(changed)],
    ]);
    expect(found[0]?.buckets).toHaveLength(144);
    expect(found[0]?.buckets[123]).toMatchObject({ min: null, max: null });
    await store.close();
    folder.remove();
  });
});

describe("fetching", () => {
  let store: Store;
  let server: HardServer;
  let outward: Outward;
  const folder = temporaryFolder();
  beforeAll(async () => {
    [store, server, outward] = [await openStore(folder.path), await startHardServer(), await createOutward(null)];
  });
  afterAll(async () => {
    await outward.close();
    await server.close();
    await store.close();
    folder.remove();
  });
  const parts = (deadlineMs = 1000) => ({
    table: store.admin.outside,
    outward,
    token: "TOKEN",
    now: () => 1e12,
    deadlineMs,
  });
  const job = (path: string) => ({
    ...{ source: "ioda" as const, url: `${server.url}${path}`, everyMinutes: 60, hours: 1, key: false },
  });

  test("asks with the times filled in, and keeps the address as it was asked", async () => {
    server.act = { json: JSON.parse(readFileSync(file("ioda-asn"), "utf8")) };
    await fetchOutside(job("/v2/signals/raw/asn/9198?from={from}&until={until}"), parts());
    expect(server.heard.at(-1)?.path).toBe("/v2/signals/raw/asn/9198?from=999996400&until=1000000000");
    expect(server.heard.at(-1)?.headers.authorization).toBeUndefined();
    const [kept] = await store.admin.outside.imports(1);
    expect(kept).toMatchObject({ address: `${server.url}/v2/signals/raw/asn/9198?from=999996400&until=1000000000` });
    await fetchOutside({ ...job("/x"), key: true }, parts()).catch(() => undefined);
    expect(server.heard.at(-1)?.headers.authorization).toBe("Bearer TOKEN");
  });

  test.each([["hang"], ["megabytes"], ["redirect"], [500], ["reset"], [{ json: { data: "none" } }]] as const)(
    "from a source that does this: %j, stores nothing and ends",
    async (act) => {
      const before = await store.admin.outside.imports(10);
      server.act = act;
      await expect(fetchOutside(job("/"), parts(300))).rejects.toMatchObject({
        code: expect.stringMatching(/unreachable|bad_input/),
      });
      expect(await store.admin.outside.imports(10)).toEqual(before);
    },
  );

  test("goes on by its cadence after a failure, and its log names neither address nor key", async () => {
    const lines: string[] = [];
    const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
    server.act = 500;
    const before = server.heard.length;
    const timed = <T>(_job: string, work: () => Promise<T>) => work();
    const often = { ...job("/secret"), key: true, everyMinutes: 0.0002 };
    const fetching = startFetching([often], { ...parts(), log, timed, random: () => 0 });
    await until("it asked three times", () => server.heard.length >= before + 3);
    await fetching.close();
    expect(lines.join("")).toContain("status 500");
    expect(lines.join("")).not.toMatch(/secret|TOKEN|127\.0\.0\.1/);
  });
});

describe("the file of jobs", () => {
  test("is read with defaults, and what is wrong in it is named", () => {
    const folder = temporaryFolder();
    const path = join(folder.path, "jobs.json");
    writeFileSync(
      path,
      '{"jobs":[{"source":"ioda","url":"https://api.example.org/v2/signals/raw/country/KZ?from={from}"}]}',
    );
    expect(readJobs(path)).toMatchObject([{ everyMinutes: 60, hours: 48, key: false }]);
    for (const wrong of [
      '{"jobs":[{"source":"x","url":"https://a.example"}]}',
      '{"jobs":[{"source":"ioda","url":"file:///etc"}]}',
      '{"jobs":[{"source":"radar","url":"http://api.example.org/x","key":true}]}',
      "no",
    ]) {
      writeFileSync(path, wrong);
      expect(() => readJobs(path)).toThrow(/jobs\.json/);
    }
    expect(() => readJobs(join(folder.path, "none.json"))).toThrow(/none\.json/);
    folder.remove();
  });
});
