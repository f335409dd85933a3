import { describe, expect, it } from "vitest";
import { createBaseline } from "../../../../collector/analysis/detect/baseline.ts";
import type { CellLog, Outcome } from "../../../../collector/analysis/detect/cell-history.ts";
import { addVote, createCellLog } from "../../../../collector/analysis/detect/cell-log.ts";
import type { LineQuality } from "../../../../collector/analysis/detect/control-checks.ts";
import { hearAfterAlarm } from "../../../../collector/analysis/detect/episode.ts";
import { newRound, putVote } from "../../../../collector/analysis/detect/round.ts";
import type { Vote } from "../../../../collector/analysis/detect/vote.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";

const CADENCE = 900_000;
const GOOD: LineQuality = { controlShare: null, trials: 0, masked: false, badLines: new Set<string>() };

function vote(probe: string, at: number, blocked: boolean, more: Partial<Vote> = {}): Vote {
  return { probe, from: at, at, blocked, code: blocked ? "tls_drop" : "ok", proof: false, certain: false, ...more };
}

function emptyLog(): CellLog {
  return createCellLog(SETTINGS, createBaseline({ fails: 0, trials: 0 }, SETTINGS));
}

/** Puts rounds given as text into a cell, a letter a probe: capitals are blocked. */
function through(rounds: readonly string[], log = emptyLog(), quality = GOOD, more: Partial<Vote> = {}) {
  const outcomes: Outcome[] = [];
  const first = (log.rounds.at(-1)?.round.start ?? -CADENCE) + CADENCE;
  for (const [index, letters] of rounds.entries())
    for (const letter of letters) {
      const place = letter.toLowerCase().charCodeAt(0) - 97;
      const one = vote(letter.toLowerCase(), first + index * CADENCE + place * 1000, letter < "a", more);
      const outcome = addVote(log, one, () => quality, CADENCE);
      if (outcome !== null) outcomes.push({ ...outcome });
    }
  return { log, outcomes, kinds: outcomes.map(({ kind }) => kind) };
}
const many = (letters: string, times: number) => Array.from({ length: times }, () => letters);

describe("one cell", () => {
  it("opens in the third blocked round of three probes, and closes again", () => {
    const { kinds, outcomes } = through([...many("abc", 20), ...many("ABC", 4), ...many("abc", 4)]);
    expect(kinds[0]).toBe("opened");
    expect(kinds.filter((kind) => kind !== "changed")).toEqual(["opened", "closed"]);
    expect(outcomes.at(-1)?.start).toEqual({ after: 19 * CADENCE + 2000, by: 20 * CADENCE });
    expect(outcomes.at(-1)?.end).toEqual({ after: 23 * CADENCE + 2000, by: 24 * CADENCE });
  });

  it("an end that other probes show counts from them, where the witnesses of the block are gone", () => {
    const { log } = through([...many("abc", 5), ...many("ABC", 4)]);
    expect(through(many("de", 6), log).kinds).toContain("closed");
  });

  it("one probe that is blocked for ever beside two that are not opens nothing, and its record learns it", () => {
    const { log, kinds } = through([...many("abc", 5), ...many("Abc", 500)]);
    expect(kinds).toEqual([]);
    expect(log.baseline.shareOf("a")).toBeGreaterThan(0.5);
    expect(log.baseline.shareOf("b")).toBeLessThan(0.2);
  });

  it("stray failures of others beside a probe that always claims a block open nothing", () => {
    const rounds = Array.from({ length: 400 }, (_, index) =>
      index % 29 === 3 ? "ABc" : index % 31 === 5 ? "AbC" : "Abc",
    );
    expect(through([...many("abc", 20), ...rounds]).kinds).toEqual([]);
  });

  it("a liar who claims a block before it begins does not move its start, nor one who denies its end", () => {
    const { outcomes } = through([...many("abcd", 40), ...many("Abcd", 5), ...many("ABCD", 8), ...many("Abcd", 8)]);
    expect(outcomes.at(-1)).toMatchObject({
      start: { after: 44 * CADENCE + 3000, by: 45 * CADENCE + 1000 },
      end: { after: 52 * CADENCE + 3000, by: 53 * CADENCE + 1000 },
    });
  });

  it("half of the probes blocked is found, and so is half of the votes", () => {
    expect(through([...many("abcdef", 20), ...many("ABCdef", 12)]).kinds[0]).toBe("opened");
    expect(
      through([
        ...many("abcdef", 20),
        ...many("ABCdef", 1),
        "abcDEF",
        "AbCdEf",
        "aBcDeF",
        "ABcDef",
        "aBCdEf",
        "AbcDEf",
        "abCDeF",
        "ABCdef",
      ]).kinds[0],
    ).toBe("opened");
  });

  it("a round in a bad network changes nothing, but proof that noise cannot make counts there", () => {
    const bad: LineQuality = { controlShare: 0.9, trials: 12, masked: true, badLines: new Set(["a"]) };
    expect(through(many("ABC", 12), emptyLog(), bad).kinds).toEqual([]);
    expect(through(many("ABC", 12), emptyLog(), bad, { proof: true, certain: true }).kinds).toContain("opened");
  });

  it("evidence after the alarm grows with the rounds, and falls when the witnesses are open again", () => {
    const { log } = through([...many("abc", 10), ...many("ABC", 12)]);
    const fresh = log.latest?.episode.fresh ?? 0;
    expect(fresh).toBeGreaterThan(SETTINGS.confirmEvidence);
    const { latest } = log;
    if (latest === null) throw new Error("the block was not found");
    const open = newRound(0);
    for (const probe of ["a", "b", "c"]) putVote(open, vote(probe, 1, false));
    for (const _ of [1, 2]) hearAfterAlarm(latest.episode, open, SETTINGS);
    expect(latest.episode.fresh).toBeLessThan(fresh);
  });
});

describe("rounds of a cell", () => {
  it("a vote that comes late goes to its round, and makes one where there was none", () => {
    const log = emptyLog();
    for (const round of [0, 2, 3]) addVote(log, vote("a", round * CADENCE, false), () => GOOD, CADENCE);
    addVote(log, vote("b", CADENCE, false), () => GOOD, CADENCE);
    addVote(log, vote("c", 2 * CADENCE + 5, false), () => GOOD, CADENCE);
    expect(log.rounds.map(({ round }) => round.open.length)).toEqual([1, 1, 2, 1]);
  });

  it("one probe has one vote a round, its last", () => {
    const log = emptyLog();
    for (const blocked of [false, true, false, true, true]) addVote(log, vote("a", 5, blocked), () => GOOD, CADENCE);
    expect(log.rounds.map(({ round }) => [round.open.length, round.blocked.length])).toEqual([[0, 1]]);
  });

  it("a late vote before the opening does not unmake it, but sharpens its start", () => {
    const { log, outcomes } = through([...many("abc", 3), ...many("ABC", 4)]);
    expect(outcomes.at(-1)?.start).toEqual({ after: 2 * CADENCE + 2000, by: 3 * CADENCE });
    addVote(log, vote("d", 2 * CADENCE - 500, false), () => GOOD, CADENCE);
    for (const round of [3, 4])
      addVote(log, vote("d", round * CADENCE - 100 + (round - 3) * 10, true), () => GOOD, CADENCE);
    expect(log.latest?.start.by).toBe(3 * CADENCE - 100);
  });

  it("old rounds are forgotten", () => {
    const { log } = through(many("a", SETTINGS.roundsKept + 20));
    expect(log.rounds).toHaveLength(SETTINGS.roundsKept);
  });

  it("quiet votes cost no state: a quiet cell is the same object after every round", () => {
    const { log } = through(many("abc", 50));
    expect(new Set(log.rounds.map(({ after }) => after)).size).toBe(1);
  });
});
