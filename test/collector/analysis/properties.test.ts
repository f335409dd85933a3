import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAnalysis } from "../../../collector/analysis/analysis.ts";
import { classify } from "../../../collector/analysis/classify.ts";
import { createBaseline } from "../../../collector/analysis/detect/baseline.ts";
import { addVote, createCellLog } from "../../../collector/analysis/detect/cell-log.ts";
import type { Vote } from "../../../collector/analysis/detect/vote.ts";
import { SETTINGS } from "../../../collector/analysis/settings.ts";
import type { Item } from "../../../collector/analysis/types.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { Incident } from "../../../protocol/incident.ts";
import { LINK_STATES } from "../../../protocol/records/link.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import { Verdict } from "../../../protocol/verdict.ts";
import { anyBody } from "./arbitrary.ts";
import { KNOWLEDGE, link, probeOf, T0 } from "./build.ts";
import { inOrder, run, worldOf } from "./world.ts";

const GOOD = { controlShare: null, trials: 0, masked: false, badLines: new Set<string>() };
const lineState = fc.option(
  fc.record({
    state: fc.constantFrom(...LINK_STATES),
    portal: fc.boolean(),
    resolverOk: fc.option(fc.boolean(), { nil: null }),
  }),
  { nil: null },
);

describe("classify", () => {
  it("gives every body that fits the schema a verdict that fits its schema, and the same one twice", () => {
    fc.assert(
      fc.property(anyBody, fc.array(anyBody, { maxLength: 3 }), lineState, (body, others, state) => {
        expect(WebBody.safeParse(body).success).toBe(true);
        const controls = others.map((one, index) => ({ body: one, place: null, measuredAt: index }));
        const once = classify({ body, local: [], link: state }, controls, KNOWLEDGE);
        expect(Verdict.safeParse(once).success).toBe(true);
        expect(canonicalJson(classify({ body, local: [], link: state }, controls, KNOWLEDGE))).toBe(
          canonicalJson(once),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

const PROBES = [
  ...["A", "B", "C"].map((letter) => probeOf(letter)),
  probeOf("D", { asn: null, region: null, access: null }),
  probeOf("X", { role: "control", region: "DE", asn: 1 }),
];
const anyAct = fc.record({
  kind: fc.constantFrom(
    "web" as const,
    "link" as const,
    "silent" as const,
    "present" as const,
    "gap" as const,
    "start" as const,
    "stop" as const,
  ),
  probe: fc.constantFrom(...PROBES),
  at: fc.integer({ min: 0, max: 20 }).map((step) => T0 + step * 60_000),
  late: fc.constantFrom(0, 0, 0, 300_000),
  body: anyBody,
  state: fc.constantFrom(...LINK_STATES),
});
const anyStream = fc.array(anyAct, { maxLength: 40 }).map((acts): Item[] => {
  const world = worldOf(PROBES);
  for (const { kind, probe, at, late, body, state } of acts) {
    const received = at + late;
    if (kind === "web") world.write(probe, at, { kind, body }, { received });
    else if (kind === "link") world.write(probe, at, { kind, body: link(state, at - 5000) }, { received });
    else if (kind === "stop") world.write(probe, at, { kind, body: { reason: "x" } }, { received });
    else if (kind === "start")
      world.write(
        probe,
        at,
        {
          kind,
          body: { software: "k/1", uptimeS: 1, previous: { end: "unclean", lastAliveAt: null }, power: "mains" },
        },
        { received, boot: `b${at}` },
      );
    else if (kind === "gap") world.items.push({ type: "gap", at, from: at - 60_000, to: at });
    else if (kind === "silent") world.items.push({ type: "silent", at, probe: probe.id, lastBeat: at - 90_000 });
    else world.items.push({ type: "present", at, probe: probe.id });
  }
  return world.items;
});

describe("analysis", () => {
  it("digests any stream, and gives incidents that fit their schema", () => {
    fc.assert(
      fc.property(anyStream, (items) => {
        for (const incident of run(items).incidents) expect(Incident.safeParse(incident).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on the order in which items of one moment were handed over", () => {
    fc.assert(
      fc.property(
        anyStream.chain((items) =>
          fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
        ),
        ([items, shuffled]) => {
          expect(canonicalJson(run(shuffled))).toBe(canonicalJson(run(items)));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("does not depend on how often time is told to pass", () => {
    fc.assert(
      fc.property(anyStream, (items) => {
        const ticks = Array.from({ length: 200 }, (_, index): Item => ({ type: "tick", at: T0 + index * 7_000 }));
        expect(canonicalJson(run([...items, ...ticks]))).toBe(canonicalJson(run(items)));
      }),
      { numRuns: 100 },
    );
  });

  it("never reads the calendar of events", () => {
    const analysis = createAnalysis(KNOWLEDGE);
    const event = {
      id: "e",
      kind: "rally",
      sanctioned: "unknown",
      place: "KZ",
      title: "t",
      start: "2022-01-05T10:00:00Z",
      end: null,
      precision: "hour",
      source: "https://example.org/",
    } as const;
    for (const item of inOrder([...worldOf(PROBES).items, { type: "event", at: T0, event }])) analysis.apply(item);
    expect(analysis.incidents()).toEqual([]);
  });
});

describe("the sequential test", () => {
  const voteOf = (probe: string, at: number, blocked: boolean): Vote => ({
    probe,
    from: at,
    at,
    blocked,
    code: blocked ? "tls_drop" : "ok",
    proof: false,
    certain: false,
  });
  const CADENCE = 900_000;
  const sumAfter = (rounds: readonly (readonly [number, number])[]) => {
    const log = createCellLog(SETTINGS, createBaseline({ fails: 0, trials: 0 }, SETTINGS));
    for (const [index, [blocked, open]] of rounds.entries())
      for (let probe = 0; probe < blocked + open; probe++)
        addVote(log, voteOf(`p${probe}`, index * CADENCE + probe, probe < blocked), () => GOOD, CADENCE);
    const state = log.rounds.at(-1)?.after;
    if (state?.open) return Number.POSITIVE_INFINITY;
    return Math.max(0, ...(state?.excursions ?? []).map(({ sum }) => sum));
  };

  it("an open vote more in a round never raises its sum", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }), (blocked, open) => {
        expect(sumAfter([[blocked, open + 1]])).toBeLessThanOrEqual(sumAfter([[blocked, open]]) + 1e-9);
      }),
    );
  });

  it("a total block alarms in the third round, of two probes in the fourth, of eight in the second; one probe without proof never alarms", () => {
    const roundsToAlarm = (probes: number) => {
      for (let rounds = 1; rounds < 20; rounds++)
        if (sumAfter(Array.from({ length: rounds }, () => [probes, 0] as const)) === Number.POSITIVE_INFINITY)
          return rounds;
      return null;
    };
    expect([2, 3, 5, 8].map(roundsToAlarm)).toEqual([4, 3, 3, 2]);
    expect(roundsToAlarm(1)).toBeNull();
  });
});
