import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { loadLegal, loadStatements, loadTargetList } from "../../../targets/load.ts";
import { runKuager } from "../../end-to-end/processes.ts";
import { block } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";

let collector: TestCollector;
const ANSWER = '[{"urladdress":"orda.kz"}]';
const NUMBER = "KZ-2022-0001";

beforeAll(async () => {
  collector = await startCollector();
  const witness = await collector.probe();
  await post(collector.url, packed(witness.batch([witness.write(webDraft("vlast.kz"))])));
  const store = await openStore(collector.folder);
  const from = { earliest: "2022-01-04T06:00:00.000Z", latest: "2022-01-04T06:10:00.000Z" };
  const orda = block("orda", 0, {
    start: from,
    end: { earliest: "2022-01-11T00:00:00.000Z", latest: "2022-01-11T00:30:00.000Z" },
    confidence: "confirmed",
  });
  await store.incidents.put([orda, block("open", 0)], 1000);
  await settlePublication(store, { at: Date.now(), rulesVersion: "test/1", settleMs: 0 });
  await store.registry.add(
    {
      ...{
        target: "orda.kz",
        asked: "2026-11-27T00:00:00.000Z",
        url: "https://example.org",
        status: "listed_no_court",
      },
      ...{ httpStatus: 200, answerSha256: sha256Hex(ANSWER), answerBytes: ANSWER.length, entries: [], failure: null },
    },
    Buffer.from(ANSWER),
  );
  await store.close();
});
afterAll(() => collector.close());

async function get(path: string) {
  const answer = await fetch(`${collector.url}${path}`);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
}
const run = (...words: string[]) => runKuager(["collector", ...words, "--data", collector.folder]);

describe("a collector", () => {
  test("holds the statements and legal bases of the data files from its start, once", async () => {
    const { statements } = (await get("/api/v1/statements")).json();
    expect(statements).toHaveLength(loadStatements().length);
    expect((await get("/api/v1/legal")).json().legal).toHaveLength(loadLegal().length);
    expect((await get("/api/v1/statements.csv")).text.split("\r\n")).toHaveLength(loadStatements().length + 2);
    expect((await get("/api/v1/statements.ndjson")).text.trim().split("\n")).toHaveLength(loadStatements().length);
  });

  test("asks no registry unless one is configured, and says so", () => {
    expect(collector.logs()).toContain("no registry of prohibited resources is asked: none is configured");
  });
});

describe("a statement", () => {
  test("stands beside the incident of the time it speaks of, by number; a denial of an order is not judged", async () => {
    const { statements } = (await get("/api/v1/statements?id=2022-01-17-ministry-orda")).json();
    expect(statements).toMatchObject([
      {
        measured: { incidents: [{ number: NUMBER, confidence: "confirmed" }], watched: { min: null } },
        hypotheses: [{ claim: "no order", verdict: "untestable", reason: "not measured" }],
      },
    ]);
  });

  test("is found by site, region and time; a wrong parameter is named", async () => {
    const ids = async (query: string) =>
      (await get(`/api/v1/statements?${query}`)).json().statements.map(({ id }: { id: string }) => id);
    expect(await ids("target=holanews.kz")).toHaveLength(3);
    expect(await ids("region=KZ-71&from=2022-11-01&to=2022-12-01")).toEqual(["2022-11-26-power"]);
    expect((await get("/api/v1/statements?who=x")).status).toBe(400);
  });

  test("stands on the page of the incident it speaks of", async () => {
    const { statements, legal, registry } = (await get(`/api/v1/incidents/${NUMBER}`)).json();
    expect(statements.map(({ id }: { id: string }) => id)).toEqual(["2022-01-17-ministry-orda"]);
    expect(legal).toMatchObject([{ basis: "no known legal basis" }]);
    expect(registry).toMatchObject([{ status: "listed_no_court" }]);
  });

  test("is added by the command line; a correction is a revision, and a restart does not undo it", async () => {
    const [first] = loadStatements();
    const file = join(collector.folder, "statements.ndjson");
    writeFileSync(file, `${JSON.stringify({ ...first, source: "A better source" })}\n`);
    expect((await run("statement", "import", file)).stdout).toBe("1 statements read, 1 new or changed.\n");
    expect((await run("statement", "import", file, "--json")).stdout).toBe('{"read":1,"changed":0}\n');
    const store = await openStore(collector.folder);
    await store.statements.addKnown(loadStatements(), Date.now());
    expect(
      (await store.statements.revisions(first?.id ?? "")).map(({ source }) => source === "A better source"),
    ).toEqual([false, true]);
    await store.close();
    writeFileSync(file, '{"id":"x"}\n');
    expect(await run("statement", "import", file)).toMatchObject({
      code: 65,
      stderr: expect.stringContaining(`${file}:1: speaker`),
    });
  });
});

describe("a legal basis", () => {
  test("is found by site and moment", async () => {
    expect((await get("/api/v1/legal?target=livejournal.com")).json().legal).toMatchObject([
      { basis: "court decision" },
    ]);
    expect((await get("/api/v1/legal?target=livejournal.com&as_of=2020-01-01")).json().legal).toEqual([]);
  });

  test("is set by the command line as a further version, and counts at once", async () => {
    const words = ["--incident", NUMBER, "--basis", "administrative order", "--authority", "A committee"];
    expect((await run("legal", "set", ...words, "--source", "A letter")).stdout).toContain(`own-${NUMBER}-v1`);
    expect((await run("legal", "set", ...words, "--source", "Another letter")).stdout).toContain(`own-${NUMBER}-v2`);
    const { legal } = (await get(`/api/v1/legal?incident=${NUMBER}`)).json();
    expect(legal).toMatchObject([{ version: 2, source: "Another letter" }]);
    const { quarterly, quarter } = (await get("/api/v1/quarterly?quarter=2022-Q1")).json();
    expect([quarter, quarterly]).toMatchObject([
      "2022-Q1",
      [{ number: NUMBER, target: "orda.kz", basis: "administrative order" }],
    ]);
    expect((await run("legal", "set", "--target", "a.kz", "--basis", "guess", "--source", "s")).code).toBe(2);
  });

  test("is not set of a site or an incident that there is not", async () => {
    const rest = ["--basis", "court decision", "--source", "A letter"];
    const before = (await run("legal", "list")).stdout;
    expect(await run("legal", "set", "--target", "nosuchsite.zz", ...rest)).toMatchObject({
      code: 65,
      stderr: expect.stringContaining("Name it as it stands there"),
    });
    expect(await run("legal", "set", "--incident", "KZ-2026-0999", ...rest)).toMatchObject({
      code: 65,
      stderr: expect.stringContaining("Name it by its number"),
    });
    expect((await run("legal", "list")).stdout).toBe(before);
    const own = join(collector.folder, "own-list");
    mkdirSync(own);
    const site = { ...loadTargetList().targets[0], id: "nosuchsite.zz", url: "https://nosuchsite.zz/" };
    const row = { ...site, names: { kk: "a", ru: "a", en: "a" }, why: "a test", source: "a test", hostedIn: null };
    writeFileSync(join(own, "targets.ndjson"), `${JSON.stringify(row)}\n`);
    const listed = ["--target", "nosuchsite.zz", ...rest, "--targets", own];
    expect(await run("legal", "set", ...listed)).toMatchObject({ code: 0, stderr: "" });
    expect((await run("legal", "set", "--incident", "2026/1", ...rest)).code).toBe(2);
  });

  test("is never changed: a version with other content is refused, with all that came with it", async () => {
    const record = loadLegal().find(({ id }) => id === "court-who.int");
    const file = join(collector.folder, "legal.ndjson");
    const fresh = { ...record, id: "fresh" };
    writeFileSync(file, `${JSON.stringify(fresh)}\n${JSON.stringify({ ...record, basis: "not yet known" })}\n`);
    expect(await run("legal", "import", file)).toMatchObject({
      code: 65,
      stderr: expect.stringContaining("Add version 2"),
    });
    expect((await get("/api/v1/legal")).text).not.toContain('"fresh"');
    writeFileSync(file, `${JSON.stringify({ ...record, version: 3 })}\n`);
    expect((await run("legal", "import", file)).stderr).toContain("the next version is 2, not 3");
  });
});

describe("the registry", () => {
  test("is held against measurements: listed and blocked, with the numbers behind it", async () => {
    const { reconciliation, counts, asked } = (await get("/api/v1/reconciliation")).json();
    expect(asked).toBe(true);
    expect(counts).toMatchObject({ listedBlocked: 1, unlistedBlocked: 0 });
    expect(reconciliation.find(({ target }: { target: string }) => target === "orda.kz")).toMatchObject({
      ...{ listed: true, reach: "blocked", incidents: ["KZ-2026-0001"], answerSha256: sha256Hex(ANSWER) },
    });
    expect((await get("/api/v1/reconciliation.csv")).text).toContain("orda.kz,true,listed_no_court");
  });

  test("gives the bytes of an answer as a file to save, never as a page", async () => {
    const { text, headers } = await get(`/api/v1/registry/answers/${sha256Hex(ANSWER)}`);
    expect(text).toBe(ANSWER);
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toMatch(/^attachment/);
    expect((await get("/api/v1/registry/answers/none")).status).toBe(404);
    expect((await get("/api/v1/registry?target=orda.kz")).json().registry).toHaveLength(1);
  });

  test("tells a lookup that failed by its exit code, and keeps it as a failure", async () => {
    const asked = await run("registry", "ask", "example.kz", "--registry-url", "http://127.0.0.1:9/x");
    expect(asked).toMatchObject({ code: 75, stdout: expect.stringContaining("example.kz  lookup_failed") });
    expect((await run("registry", "list")).stdout).toMatch(/orda\.kz {2}listed_no_court/);
  });
});

test("a target without blocked measurements has no transparency to score; one that is not listed is not there", async () => {
  expect((await get("/api/v1/transparency?target=vlast.kz")).json()).toMatchObject({
    target: "vlast.kz",
    networks: [],
    lowest: null,
    highest: null,
  });
  expect((await get("/api/v1/transparency?target=none")).status).toBe(404);
});

test.each(["/statements", "/kk/legal", "/ru/legal?quarter=2022-Q1", "/en/legal?quarter=nonsense"])(
  "%s is a page",
  async (path) => {
    expect((await get(path)).status).toBe(200);
  },
);

test("kuager collector review notes, lists and keeps a trail", async () => {
  expect((await run("review", "list")).stdout).toContain(`${NUMBER}-v1  first`);
  const noted = await run("review", "note", NUMBER, "--note-en", "seen", "--author", "me", "--json");
  expect(JSON.parse(noted.stdout)).toMatchObject({
    number: NUMBER,
    version: 2,
    role: "operator",
    note: { en: "seen" },
  });
  expect((await run("review", "trail", NUMBER)).stdout).toContain('"author":"me"');
});

test("kuager collector review says what cannot be done", async () => {
  expect((await run("review", "hold", NUMBER)).stdout).toBe("Done; no new version.\n");
  expect(await run("review", "tombstone", NUMBER)).toMatchObject({ code: 65 });
  expect(await run("review", "publish", "nothing")).toMatchObject({
    code: 65,
    stderr: expect.stringContaining("no incident with the id"),
  });
  expect((await run("review")).code).toBe(2);
});
