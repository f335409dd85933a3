import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet, packed, post, type TestProbe, webDraft } from "../test-probe.ts";

let collector: TestCollector;
let alone: TestProbe;
let crowd: TestProbe[];

beforeAll(async () => {
  collector = await startCollector();
  alone = await collector.probe({ region: "KZ-71", asn: 9198 });
  crowd = await Promise.all([1, 2, 3].map(() => collector.probe({ region: "KZ-75", asn: 9198 })));
  await collector.probe({ role: "control", region: "DE", asn: 3320, access: null });
  for (const probe of [alone, ...crowd]) {
    await post(collector.url, packed(probe.batch([probe.write(webDraft())])));
    await greet(collector.url, probe);
  }
  await until("verdicts are there", async () => (await rows("verdicts")).length === 4);
});
afterAll(() => collector.close());

type Row = Record<string, unknown>;
async function rows(name: string, query = ""): Promise<Row[]> {
  const answer = await fetch(`${collector.url}/api/v1/${name}${query}`);
  const body = (await answer.json()) as Record<string, Row[]>;
  return body[name === "coverage" ? "cells" : name] ?? [];
}

describe("a cell with one or two known witnesses", () => {
  test.each(["coverage", "probes"])("is told as a band in %s; larger ones and controls are counted", async (name) => {
    expect(await rows(name)).toEqual([
      { role: "witness", region: "KZ-71", asn: 9198, access: "fixed", known: null, present: null, band: "1-2" },
      { role: "witness", region: "KZ-75", asn: 9198, access: "fixed", known: 3, present: 3, band: null },
      { role: "control", region: "DE", asn: 3320, access: null, known: 1, present: 0, band: null },
    ]);
    const csv = await (await fetch(`${collector.url}/api/v1/${name}.csv`)).text();
    expect(csv).toContain("witness,KZ-71,9198,fixed,,,1-2,Kazakhtelecom,Astana\r\n");
  });

  test("has no series of who was there when; the country and larger cells have", async () => {
    const few = { min: null, max: null, expected: 0, few: true };
    expect((await rows("presence", "?region=KZ-71")).at(-1)).toMatchObject(few);
    expect((await rows("presence", "?region=KZ-75&asn=9198")).at(-1)).toMatchObject({ expected: 3 });
    expect((await rows("presence")).at(-1)).toMatchObject({ expected: 4 });
    const answer = await fetch(`${collector.url}/api/v1/timeline?region=KZ-71`);
    expect(((await answer.json()) as { presence: Row[] }).presence.at(-1)).toMatchObject(few);
  });

  test.each(["measurements", "verdicts"])("publishes its %s under the country only", async (name) => {
    expect((await rows(name)).map(({ region }) => region).sort()).toEqual(["KZ", "KZ-75", "KZ-75", "KZ-75"]);
  });

  test.each(["measurements", "verdicts"])("is not found by its region in %s, but by the country", async (name) => {
    expect(await rows(name, "?region=KZ-71")).toEqual([]);
    expect(await rows(name, "?region=KZ-75")).toHaveLength(3);
    expect(await rows(name, "?region=KZ")).toMatchObject([{ region: "KZ" }]);
  });
});
