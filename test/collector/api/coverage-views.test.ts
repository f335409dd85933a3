import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { coverageLanes, coverageOf, stepOf } from "../../../collector/api/coverage-series.ts";
import { stateAt } from "../../../collector/api/state-at.ts";
import { targetView } from "../../../collector/api/target-view.ts";
import { timelineView } from "../../../collector/api/timeline-view.ts";
import type { VerdictCode } from "../../../protocol/verdict.ts";
import { openScene, type Scene, verdictOf, witness } from "./reader.ts";

const T0 = Date.parse("2026-03-01T10:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = T0 + 2 * HOUR;
const ALL = { region: null, asn: null, asOf: null };
const CROWD = ["a", "b", "c"];
const ALONE = "d";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene(NOW);
  const { store } = scene.reader;
  const from = new Date(T0).toISOString();
  for (const name of CROWD) await store.probes.addKnown(witness(name, { from }), null);
  await store.probes.addKnown(witness(ALONE, { region: "KZ-71", from }), null);
  for (const name of [...CROWD, ALONE]) await store.presence.open(name.repeat(32), T0);
  await store.presence.close([{ probe: "a".repeat(32), to: T0 + HOUR + MINUTE }], T0 + HOUR + 3 * MINUTE);
  await store.presence.beats([], NOW);
});
afterEach(() => scene.close());

function judge(name: string, seq: number, target: string, code: VerdictCode, at = NOW - 10 * MINUTE) {
  const region = name === ALONE ? "KZ-71" : "KZ-75";
  return { probe: name.repeat(32), seq, target, asn: 9198, region, measuredAt: at, verdict: verdictOf(code) };
}

describe("coverage", () => {
  test("has at most 200 parts, of a length that reads well", () => {
    const hours = (from: number) => stepOf({ from: NOW - from * HOUR, to: NOW }) / MINUTE;
    expect([1, 17, 24, 7 * 24, 30 * 24, 365 * 24].map(hours)).toEqual([5, 10, 10, 60, 240, 2880]);
  });

  test("shows a loss of minutes in a window of a month", async () => {
    const { coverage } = await coverageOf(scene.reader, { ...ALL, from: NOW - 30 * 24 * HOUR, to: NOW });
    expect(coverage.at(-1)).toMatchObject({ min: 3, max: 4, expected: 4 });
    expect(coverage.at(0)).toMatchObject({ min: null, max: null, expected: 0 });
  });

  test("of a place with one or two witnesses is not told, alone or as a lane", async () => {
    const window = { from: T0, to: NOW };
    const few = { min: null, max: null, expected: 0, few: true };
    expect((await coverageOf(scene.reader, { ...window, region: "KZ-71", asn: null })).coverage[0]).toMatchObject(few);
    const lanes = await coverageLanes(scene.reader, { ...window, ...ALL });
    expect(lanes.map(({ region, asn, few: hidden = false, min }) => [region, asn, hidden, min.at(-1)])).toEqual([
      ["KZ-71", null, true, undefined],
      ["KZ-75", null, false, 2],
      [null, 9198, false, 3],
      ["KZ-71", 9198, true, undefined],
      ["KZ-75", 9198, false, 2],
    ]);
  });

  test("lanes run beside the coverage of the timeline", async () => {
    const view = await timelineView(scene.reader, { ...ALL, from: T0 - HOUR, to: NOW, lanes: true });
    for (const lane of view.lanes ?? []) if (!lane.few) expect(lane.min).toHaveLength(view.coverage.length);
    expect((await timelineView(scene.reader, { ...ALL, from: T0, to: NOW })).lanes).toBeUndefined();
  });
});

describe("the state of regions and networks at a moment", () => {
  test("tells who was present and what most witnesses found, from the two hours before", async () => {
    await scene.reader.store.verdicts.put([
      ...["a", "b", "c"].map((name) => judge(name, 1, "orda.kz", name === "c" ? "ok" : "tls_drop")),
      ...["a", "b", "c"].map((name) => judge(name, 2, "vlast.kz", name === "a" ? "ok" : "offline")),
      judge("a", 3, "meduza.io", "dns_tamper", NOW - 5 * HOUR),
      judge(ALONE, 1, "orda.kz", "tls_drop"),
      judge(ALONE, 2, "vlast.kz", "tls_drop"),
    ]);
    expect(await stateAt(scene.reader, NOW - MINUTE)).toEqual([
      {
        ...{ region: "KZ-71", asn: 9198, min: null, max: null, expected: 0, targets: 0, blocked: 0 },
        ...{ codes: { tls_drop: 1 }, few: true },
      },
      {
        ...{ region: "KZ-75", asn: 9198, min: 2, max: 2, expected: 3, targets: 2, blocked: 1 },
        codes: { tls_drop: 1, ok: 1 },
      },
    ]);
    const earlier = (await stateAt(scene.reader, T0 + HOUR - MINUTE))[1];
    expect(earlier).toMatchObject({ min: 3, max: 3, targets: 0, codes: {} });
  });

  test("before anybody joined is nothing", async () => {
    expect(await stateAt(scene.reader, T0 - 24 * HOUR)).toEqual([]);
  });
});

describe("days of a target", () => {
  test("count judgements by network, and of a network with few witnesses only tell which occurred", async () => {
    const { store } = scene.reader;
    await store.probes.addKnown(witness("e", { asn: 29355, access: "mobile" }), null);
    await store.verdicts.put([
      ...[1, 2, 3].map((seq) => judge("a", seq, "orda.kz", "ok")),
      judge("b", 1, "orda.kz", "tls_drop"),
      ...[1, 2].map((seq) => ({ ...judge("e", seq, "orda.kz", "ok"), asn: 29355 })),
    ]);
    expect((await targetView(scene.reader, "orda.kz"))?.days).toEqual([
      { day: "2026-03-01", asn: 9198, codes: { ok: 3, tls_drop: 1 } },
      { day: "2026-03-01", asn: 29355, codes: { ok: 1 }, few: true },
    ]);
  });
});
