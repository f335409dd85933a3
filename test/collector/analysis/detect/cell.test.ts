import { describe, expect, it } from "vitest";
import { type CellState, quietCell, stepCell } from "../../../../collector/analysis/detect/cell.ts";
import { addVote, createCellLog } from "../../../../collector/analysis/detect/cell-log.ts";
import type { Vote } from "../../../../collector/analysis/detect/vote.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";

const CADENCE = 900_000;
const GOOD = { controlShare: null, masked: false, badLines: new Set<string>() };

function vote(probe: string, at: number, blocked: boolean, more: Partial<Vote> = {}): Vote {
  return { probe, from: at, at, blocked, code: blocked ? "tls_drop" : "ok", proof: false, certain: false, ...more };
}

/** Steps a cell through rounds given as text, a letter a probe: capitals are blocked. */
function through(rounds: readonly string[], from: CellState = quietCell(SETTINGS)) {
  const changes: string[] = [];
  let state = from;
  for (const [index, letters] of rounds.entries()) {
    const at = index * CADENCE;
    const votes = [...letters].map((letter) => vote(letter.toLowerCase(), at + 1, letter < "a"));
    const round = { ...GOOD, start: at, votes: new Map(votes.map((one) => [one.probe, one])) };
    const done = stepCell(state, round, index === 0 ? 0 : 1, SETTINGS);
    state = done.state;
    changes.push(done.change.kind);
  }
  return { state, changes };
}

describe("one cell", () => {
  it("opens, grows and closes", () => {
    const { changes } = through(["abc", "ABC", "ABC", "ABC", "ABC", "abc", "abc", "abc"]);
    expect(changes.filter((kind) => kind !== "none")).toEqual(["opened", "grew", "grew", "closed"]);
  });

  it("an end that other probes show counts from them, where the witnesses of the block are gone", () => {
    const opened = through(["abc", "ABC", "ABC", "ABC"]);
    expect(opened.state.open).not.toBeNull();
    const ended = through(["de", "de", "de", "de", "de", "de"], opened.state);
    expect(ended.changes).toContain("closed");
  });

  it("a half-hearted block of months keeps a bounded number of votes and its first", () => {
    const { state } = through([..."x".repeat(200)].map((_, index) => (index % 2 === 0 ? "Ab" : "aB")));
    const kept =
      state.open === null ? state.excursions.map(({ votes }) => votes.length) : [...state.open.witnesses].map(() => 1);
    expect(Math.max(...kept)).toBeLessThanOrEqual(64);
    expect(state.open?.firstBlocked ?? 1).toBe(1);
  });

  it("a probe's share of failures forgets what is older than its memory", () => {
    const { state } = through(Array.from({ length: SETTINGS.baselineMemory + 10 }, () => "a"));
    expect(state.baseline.get("a")?.trials).toBeLessThan(SETTINGS.baselineMemory);
  });

  it("a round without votes that count changes nothing", () => {
    const { state } = through(["abc", "ABC"]);
    const votes = new Map([["a", vote("a", 9, true)]]);
    const masked = stepCell(
      state,
      { start: 9, votes, controlShare: 0.9, masked: true, badLines: new Set() },
      1,
      SETTINGS,
    );
    expect(masked.change.kind).toBe("none");
    expect(masked.state.excursions).toEqual(state.excursions);
  });

  it("proof that noise cannot make counts on a bad line, too", () => {
    const votes = ["a", "b"].map((probe) => vote(probe, 1, true, { proof: true, certain: true }));
    const round = {
      start: 0,
      votes: new Map(votes.map((one) => [one.probe, one])),
      controlShare: 1,
      masked: true,
      badLines: new Set(["a"]),
    };
    const before = quietCell(SETTINGS);
    expect(stepCell(before, round, 0, SETTINGS).state).not.toEqual(before);
  });
});

describe("rounds of a cell", () => {
  it("a vote that comes late goes to its round, and makes one where there was none", () => {
    const log = createCellLog(SETTINGS);
    for (const round of [0, 2, 3]) addVote(log, vote("a", round * CADENCE, false), GOOD, CADENCE);
    addVote(log, vote("b", CADENCE, false), GOOD, CADENCE);
    addVote(log, vote("c", 2 * CADENCE + 5, false), GOOD, CADENCE);
    expect(log.rounds.map(({ round }) => round.votes.size)).toEqual([1, 1, 2, 1]);
  });

  it("a late vote before the opening does not unmake it, but sharpens its start", () => {
    const log = createCellLog(SETTINGS);
    for (let round = 0; round < 6; round++)
      for (const probe of ["a", "b", "c"]) addVote(log, vote(probe, round * CADENCE + 10, round > 2), GOOD, CADENCE);
    const before = addVote(log, vote("a", 6 * CADENCE + 20, true), GOOD, CADENCE).at(-1);
    expect(before?.start).toEqual({ after: 2 * CADENCE + 10, by: 3 * CADENCE + 10 });
    addVote(log, vote("d", 2 * CADENCE - 200, true), GOOD, CADENCE);
    addVote(log, vote("d", 3 * CADENCE - 100, true), GOOD, CADENCE);
    const after = addVote(log, vote("d", 7 * CADENCE + 30, true), GOOD, CADENCE).at(-1);
    expect(after?.start).toEqual({ after: 2 * CADENCE + 10, by: 3 * CADENCE - 100 });
  });

  it("old rounds are forgotten", () => {
    const log = createCellLog(SETTINGS);
    for (let round = 0; round < SETTINGS.roundsKept + 20; round++)
      addVote(log, vote("a", round * CADENCE, false), GOOD, CADENCE);
    expect(log.rounds).toHaveLength(SETTINGS.roundsKept);
  });
});
