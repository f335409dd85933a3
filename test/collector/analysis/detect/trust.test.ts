import { describe, expect, it } from "vitest";
import { newRound, putVote } from "../../../../collector/analysis/detect/round.ts";
import { createTrust } from "../../../../collector/analysis/detect/trust.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";

function roundWith(open: readonly string[]) {
  const round = newRound(0);
  for (const probe of open)
    putVote(round, { probe, from: 1, at: 1, blocked: false, code: "ok", proof: false, certain: false });
  return round;
}

const DAY = 86_400_000;
const at = (day: number, blocked = false) => ({ blocked, at: day * DAY });

describe("the standing of probes", () => {
  it("a probe that tells canaries wrongly is not heard, and is heard again when it has told the truth for long", () => {
    const trust = createTrust(SETTINGS);
    const probe = trust.of("a");
    trust.canary(probe, true);
    expect(trust.isHeard(probe)).toBe(true);
    trust.canary(probe, true);
    expect(trust.isHeard(probe)).toBe(false);
    expect(trust.weightOf("a", 0)).toBe(0);
    for (let round = 0; round < 40; round++) trust.canary(probe, false);
    expect(trust.isHeard(probe)).toBe(true);
  });

  it("one wrong answer on a canary takes half of a probe's weight", () => {
    const trust = createTrust(SETTINGS);
    trust.canary(trust.of("a"), true);
    expect(trust.weightOf("a", 0)).toBe(0.5);
  });

  it("a probe that all others contradict often is not heard; one whose line fails now and then is", () => {
    const trust = createTrust(SETTINGS);
    for (let vote = 0; vote < 200; vote++) {
      trust.voted(trust.of("liar"), at(0, vote % 3 === 0), roundWith(["b", "c"]));
      trust.voted(trust.of("weak"), at(0, vote % 25 === 0), roundWith(["b", "c"]));
      trust.voted(trust.of("lonely"), at(0, true), roundWith(["b"]));
    }
    expect(["liar", "weak", "lonely"].map((probe) => trust.isHeard(trust.of(probe)))).toEqual([false, true, true]);
  });

  it("in a fleet that is all new every word weighs the same; who joins an old one weighs less for a week", () => {
    const trust = createTrust(SETTINGS);
    trust.voted(trust.of("old"), at(0), null);
    trust.voted(trust.of("beside"), at(0.4), null);
    expect(["old", "beside"].map((probe) => trust.weightOf(probe, DAY))).toEqual([1, 1]);
    trust.voted(trust.of("new"), at(30), null);
    expect(trust.weightOf("new", 30 * DAY)).toBe(SETTINGS.ageLeast);
    expect(trust.weightOf("new", 33.5 * DAY)).toBe(0.5);
    expect(trust.weightOf("new", 37 * DAY)).toBe(1);
    expect(trust.weightOf("old", 30 * DAY)).toBe(1);
  });

  it("the fleet is those who voted within a day", () => {
    const trust = createTrust(SETTINGS);
    for (const [probe, day] of Object.entries({ a: 0, b: 1.5, c: 2 })) trust.voted(trust.of(probe), at(day), null);
    expect(trust.active(2.2 * DAY)).toBe(2);
  });
});
