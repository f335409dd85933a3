import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import { Incident } from "../../../protocol/incident.ts";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet, packed, post, webDraft } from "../test-probe.ts";

let collector: TestCollector;
const HOUR_MS = 3_600_000;
const began = Date.now() - 10 * HOUR_MS;
const at = (hours: number) => new Date(began + hours * HOUR_MS).toISOString();

const first: Incident = Incident.parse({
  ...{ id: "KZ-block-7", kind: "block", method: "tls_drop", extent: null, targets: ["orda.kz"], asns: [9198] },
  ...{ regions: ["KZ-75"], access: ["fixed"], end: null, confidence: "observed", witnesses: 1, measurements: 4 },
  ...{ causes: [], detectedAt: at(0.1), start: { earliest: at(-0.1), latest: at(0) } },
});
const later: Incident = { ...first, confidence: "confirmed", witnesses: 4, measurements: 60 };
const ended: Incident = { ...later, end: { earliest: at(5), latest: at(5.1) } };

beforeAll(async () => {
  collector = await startCollector();
  const store = await openStore(collector.folder);
  await store.incidents.put([first], began + 0.1 * HOUR_MS);
  await store.incidents.put([later], began + 2 * HOUR_MS);
  await store.incidents.put([ended], began + 5.2 * HOUR_MS);
  await store.events.put(
    [
      {
        ...{ id: "e1", kind: "rally", sanctioned: "unknown", place: "KZ-75", title: "A rally", precision: "minute" },
        ...{ start: at(-0.5), end: null, source: "https://example.org/" },
      },
    ],
    Date.now(),
  );
  await store.close();
  const crowd = await Promise.all([1, 2, 3].map(() => collector.probe({ region: "KZ-75", asn: 9198 })));
  const alone = await collector.probe({ region: "KZ-71", asn: 29355 });
  for (const probe of [...crowd, alone]) {
    await post(collector.url, packed(probe.batch([probe.write(webDraft()), probe.write(webDraft())])));
    await greet(collector.url, probe);
  }
  await until("verdicts are there", async () => (await verdicts()) === 8);
});
afterAll(() => collector.close());

async function verdicts(): Promise<number> {
  const body = (await (await fetch(`${collector.url}/api/v1/verdicts`)).json()) as { verdicts: unknown[] };
  return body.verdicts.length;
}

/** The view that a page was made from: the test's pages show it as JSON. */
async function viewOf(path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${collector.url}${path}`);
  expect(answer.status, path).toBe(200);
  const text = (await answer.text()).match(/<pre>(.*)<\/pre>/)?.[1] ?? "";
  return JSON.parse(text) as Record<string, unknown>;
}

describe("the page of an incident", () => {
  test("holds the incident, who watched around it and the events near it", async () => {
    const view = await viewOf("/i/KZ-block-7");
    expect(view.incident).toEqual(ended);
    expect(view).toMatchObject({ region: "KZ-75", asn: 9198, from: at(-24.1), events: [{ id: "e1" }] });
    expect(view.coverage).not.toHaveLength(0);
  });

  test("tells how it was known earlier, each under a moment that shows it so again", async () => {
    const { earlier } = (await viewOf("/en/i/KZ-block-7")) as { earlier: { asOf: string; confidence: string }[] };
    expect(earlier.map(({ confidence }) => confidence)).toEqual(["observed", "confirmed"]);
    const then = await viewOf(`/en/i/KZ-block-7?as_of=${earlier[0]?.asOf}`);
    expect(then).toMatchObject({ asOf: earlier[0]?.asOf, incident: first, earlier: [] });
  });

  test.each(["/i/nothing", "/kk/i/nothing", "/ru/i/KZ-block-7?as_of=2020-01-01", "/targets/nowhere.example"])(
    "%s is a page that says that there is none, with status 404",
    async (path) => {
      const answer = await fetch(`${collector.url}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("not found");
    },
  );

  test("has its data by its id, as JSON and CSV", async () => {
    const json = await (await fetch(`${collector.url}/api/v1/incidents?id=KZ-block-7`)).json();
    expect(json).toMatchObject({ incidents: [{ id: "KZ-block-7" }] });
    const none = await (await fetch(`${collector.url}/api/v1/incidents.csv?id=other`)).text();
    expect(none.trim().split("\r\n")).toHaveLength(1);
  });
});

describe("the pages of sites", () => {
  test("list all that is measured, or one category", async () => {
    const all = (await viewOf("/targets")) as { targets: { category: string }[]; cells: unknown[] };
    const some = (await viewOf("/ru/targets?category=messenger")) as typeof all;
    expect(all.cells.length).toBeGreaterThan(0);
    expect(some.targets.length).toBeGreaterThan(0);
    expect(some.targets.length).toBeLessThan(all.targets.length);
    expect(new Set(some.targets.map(({ category }) => category))).toEqual(new Set(["messenger"]));
  });

  test("show all for a category that is no more, and for the empty field of a form", async () => {
    expect(await viewOf("/targets?category=gone")).toMatchObject({ category: null });
    expect(await viewOf("/targets?category=")).toMatchObject({ category: null });
  });

  test("count a site's judgements by day and network, but not those of one or two probes", async () => {
    const view = (await viewOf("/kk/targets/orda.kz")) as { days: { asn: number; codes: object; few?: true }[] };
    const [crowd, alone] = [9198, 29355].map((asn) => view.days.filter((day) => day.asn === asn));
    const sum = (days: typeof view.days = []) =>
      days.flatMap(({ codes }) => Object.values(codes)).reduce((total: number, count) => total + Number(count), 0);
    expect(sum(crowd)).toBe(6);
    expect(alone?.every(({ few }) => few === true)).toBe(true);
    expect(sum(alone)).toBe(alone?.length);
  });

  test("hold the site's incidents and why it is in the list", async () => {
    const view = await viewOf("/targets/orda.kz");
    expect(view).toMatchObject({ target: { id: "orda.kz", category: "independent-media" }, incidents: [ended] });
  });
});

test.each(["methodology", "limits", "glossary", "join", "about"])("/%s is a page in each language", async (page) => {
  for (const language of ["kk", "ru", "en"]) {
    const answer = await fetch(`${collector.url}/${language}/${page}`);
    expect(answer.headers.get("content-language")).toBe(language);
    expect(await answer.text()).toContain(`"page":"${page}"`);
  }
});
