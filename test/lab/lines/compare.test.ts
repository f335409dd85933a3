import { expect, test } from "vitest";
import { compareLine, comparePower, isRight, stayedUsual } from "./compare.ts";
import { answers, flag, state } from "./facts.ts";
import type { LinkSeen, Seen } from "./seen.ts";

const ZERO = Date.parse("2022-01-05T10:00:00Z");
const at = (seconds: number) => new Date(ZERO + 1000 * seconds).toISOString();
const truth = { startMs: ZERO + 60_000, endMs: ZERO + 120_000 };
const answer = (ok: boolean) => ({ ok, ms: 1, failure: null });

function link(seconds: number, body: Partial<LinkSeen> = {}): Seen {
  const checks = { gateway: answer(true), resolver: answer(true), domestic: [], whitelist: [], foreign: [] };
  const usual: LinkSeen = {
    state: "international",
    since: at(seconds),
    medium: "ethernet",
    vpn: false,
    portal: false,
    checks,
    ports: {},
    collector: [],
  };
  return { kind: "link", boot: "a", at: at(seconds), body: { ...usual, ...body } };
}

const change = (state: LinkSeen["state"], until: number) => ({ state, until: at(until), untilMono: 0 });

test("a cut is named by its facts and dated in the middle of the time in which each change lies", () => {
  const entries = [
    link(5),
    link(70, { state: "lan", previous: change("international", 56) }),
    link(130, { previous: change("lan", 118) }),
  ];
  const told = compareLine(entries, [state("lan"), answers("gateway", true)], truth);
  expect(told).toEqual({ says: ["lan", "yes"], named: true, startErrorS: 3, endErrorS: 4 });
  expect(isRight(told)).toBe(true);
});

test("the entry that bears out most facts speaks, and what it does not say is shown", () => {
  const entries = [link(65, { state: "isp" }), link(70, { state: "lan" }), link(130)];
  const told = compareLine(entries, [state("lan"), flag("portal", true)], truth);
  expect([told.says, told.named, isRight(told)]).toEqual([["lan", "no"], false, false]);
});

test("a journal that says nothing at the time names nothing and dates nothing", () => {
  const told = compareLine([link(5), link(305)], [state("lan")], truth);
  expect(told).toEqual({ says: ["nothing"], named: false, startErrorS: null, endErrorS: null });
});

test("edges of an entry go before the change of its state, and an error of more than twenty seconds is wrong", () => {
  const edges = [{ of: "condition", after: at(90), before: at(92) }];
  const told = compareLine([link(95, { state: "lan", edges }), link(121)], [state("lan")], truth);
  expect(told.startErrorS).toBe(31);
  expect(isRight(told)).toBe(false);
});

test("a loss of power is another boot after an unclean end, dated between the host's last sign of life and the next", () => {
  const start = (seconds: number, boot: string, end: "first" | "unclean", alive: number | null): Seen => ({
    kind: "start",
    boot,
    at: at(seconds),
    body: {
      software: "x",
      uptimeS: 1,
      power: "unknown",
      previous: { end, lastAliveAt: alive === null ? null : at(alive) },
    },
  });
  const told = comparePower([start(0, "a", "first", null), start(122, "b", "unclean", 50)], truth);
  expect(told).toEqual({ says: ["unclean", "yes"], named: true, startErrorS: -10, endErrorS: 2 });
  const bounded = start(122, "b", "unclean", 50);
  if (bounded.kind === "start") bounded.body.previous.boundMs = 30_000;
  expect(comparePower([start(0, "a", "first", null), bounded], truth).startErrorS).toBe(5);
  expect(comparePower([start(0, "a", "first", null), start(122, "a", "unclean", 50)], truth).named).toBe(false);
  expect(comparePower([start(0, "a", "first", null)], truth).named).toBe(false);
});

test("a neighbour that saw something too did not stay as it was", () => {
  expect(stayedUsual([link(5), link(90)], truth)).toBe(true);
  expect(stayedUsual([link(5), link(90, { state: "isp" })], truth)).toBe(false);
});
