import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { verdictOf, witness } from "./reader.ts";

const T0 = Date.parse("2026-03-01T10:00:00Z");
const WINDOW = "from=2026-03-01&to=2026-03-03";
const NAMES = ["a", "b", "c"];

let collector: TestCollector;
let store: Store;
beforeAll(async () => {
  collector = await startCollector();
  store = await openStore(collector.folder);
  for (const name of NAMES) await store.probes.addKnown(witness(name), null);
});
afterAll(async () => {
  await store.close();
  await collector.close();
});

type Page = { rows: string[]; next: string | null; asOf: string };

async function page(name: string, query: string): Promise<Page> {
  const answer = await fetch(`${collector.url}/api/v1/${name}?${WINDOW}&${query}`);
  const body = (await answer.json()) as Record<string, unknown> & { next: string | null; as_of: string };
  const rows = (body[name] as Record<string, unknown>[]).map((row) => JSON.stringify(row));
  return { rows, next: body.next, asOf: body.as_of };
}

/** All pages, with something written between each two. */
async function pagesOf(name: string, limit: number, write: () => Promise<void>) {
  const rows: string[] = [];
  let next: string | null = null;
  let asOf = "";
  do {
    const found: Page = await page(name, `limit=${limit}${next === null ? "" : `&cursor=${next}`}`);
    rows.push(...found.rows);
    asOf ||= found.asOf;
    next = found.next;
    await write();
  } while (next !== null);
  return { rows, asOf };
}

const seqs = new Map<string, number>();
/** Stores a measurement that nobody has stored before, at one of few moments, so that many stand at the same. */
async function measure(name: string, minute: number): Promise<void> {
  const probe = name.repeat(32);
  const seq = (seqs.get(name) ?? 0) + 1;
  seqs.set(name, seq);
  const entry = { kind: "web", body: { dns: [] }, seq, probe };
  const row = { seq, kind: "web" as const, target: "orda.kz", at: T0 + minute * 60_000, received: Date.now() };
  const hash = `${name}${seq}`.padStart(64, "0").replaceAll(/[^0-9a-f]/g, "0");
  await store.entries.addKnown(probe, [{ ...row, text: JSON.stringify(entry), hash }]);
}

async function judge(name: string, seq: number, minute: number): Promise<void> {
  const verdict = verdictOf("ok", { rule: `at ${minute}` });
  const place = { target: "orda.kz", asn: 9198, region: "KZ-75" };
  await store.verdicts.put([{ probe: name.repeat(32), seq, ...place, measuredAt: T0 + minute * 60_000, verdict }]);
}

async function incident(id: number, minute: number): Promise<void> {
  const at = new Date(T0 + minute * 60_000).toISOString();
  const shown: Incident = {
    ...{ id: `i${id}`, kind: "block", method: "tls_drop", extent: null, targets: ["orda.kz"], asns: [9198] },
    ...{ regions: ["KZ-75"], access: [], start: { earliest: at, latest: at }, end: null, detectedAt: at },
    ...{ confidence: "probable", witnesses: 2, measurements: minute, causes: [] },
  };
  await store.incidents.put([shown], Date.now());
}

const act = {
  measurements: ([name, , minute]: Act) => measure(name, minute),
  verdicts: ([name, seq, minute]: Act) => judge(name, seq, minute),
  incidents: ([, seq, minute]: Act) => incident(seq, minute),
};
type Act = readonly [name: string, seq: number, minute: number];
const someAct = fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 1, max: 12 }), fc.nat({ max: 20 }));

describe("pages of one answer hold each row once, as it was when the first was asked, whatever is written between", () => {
  test.each(["measurements", "verdicts", "incidents"] as const)("%s", async (name) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someAct, { maxLength: 12 }),
        fc.array(someAct, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (before, between, limit) => {
          for (const one of before) await act[name](one);
          const whole = await page(name, "limit=1000");
          let next = 0;
          const { rows } = await pagesOf(name, limit, async () => {
            for (const one of between.slice(next, next + 3)) await act[name](one);
            next += 3;
          });
          expect(rows).toEqual(whole.rows);
          const again = await page(name, `limit=1000&as_of=${encodeURIComponent(whole.asOf)}`);
          expect(again.rows).toEqual(whole.rows);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("a cursor", () => {
  test.each(["abc", "W10", Buffer.from("[2,1,1,1,1]").toString("base64url")])(
    "%s that we did not make is refused",
    async (cursor) => {
      expect((await fetch(`${collector.url}/api/v1/verdicts?cursor=${cursor}`)).status).toBe(400);
    },
  );

  test("goes on where few rows fit, though a page may be empty", async () => {
    await store.probes.addKnown(witness("d", { region: "DE", role: "control", asn: 3320, access: null }), null);
    await measure("d", -600);
    const probe = "a".repeat(32);
    const first = (seqs.get("a") ?? 0) + 1;
    const rows = Array.from({ length: 6000 }, (_, at) => ({
      ...{ seq: first + at, kind: "web" as const, target: "orda.kz", at: T0 + at, received: Date.now() },
      ...{ text: "{}", hash: `${at}`.padStart(64, "f") },
    }));
    await store.entries.addKnown(probe, rows);
    seqs.set("a", first + 6000);
    const found: string[] = [];
    let next: string | null = null;
    let pages = 0;
    do {
      const one: Page = await page("measurements", `asn=3320${next === null ? "" : `&cursor=${next}`}`);
      found.push(...one.rows);
      next = one.next;
      pages += 1;
    } while (next !== null);
    expect(found).toHaveLength(1);
    expect(pages).toBeGreaterThan(1);
  });
});
