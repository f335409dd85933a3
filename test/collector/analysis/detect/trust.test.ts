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

describe("the standing of probes", () => {
  it("a probe that calls canaries blocked is not heard, and is heard again when it has told the truth for long", () => {
    const trust = createTrust(SETTINGS);
    trust.canary("a", true);
    expect(trust.isHeard("a")).toBe(true);
    trust.canary("a", true);
    expect(trust.isHeard("a")).toBe(false);
    for (let round = 0; round < 40; round++) trust.canary("a", false);
    expect(trust.isHeard("a")).toBe(true);
  });

  it("a probe that all others contradict often is not heard; one whose line fails now and then is", () => {
    const trust = createTrust(SETTINGS);
    for (let vote = 0; vote < 200; vote++) {
      trust.voted("liar", vote % 3 === 0, roundWith(["b", "c"]));
      trust.voted("weak", vote % 25 === 0, roundWith(["b", "c"]));
      trust.voted("lonely", true, roundWith(["b"]));
    }
    expect(["liar", "weak", "lonely"].map(trust.isHeard)).toEqual([false, true, true]);
  });
});
