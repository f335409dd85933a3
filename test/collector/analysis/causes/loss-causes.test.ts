import { describe, expect, it } from "vitest";
import { isOrderedLeading, weighLoss } from "../../../../collector/analysis/causes/loss-causes.ts";
import type { LossEvidence } from "../../../../collector/analysis/causes/loss-evidence.ts";
import { knowledgeFrom } from "../../../../collector/analysis/knowledge.ts";
import { type Loss, newLoss } from "../../../../collector/analysis/losses/loss.ts";
import type { ProbeInfo } from "../../../../protocol/archive.ts";
import type { Cause } from "../../../../protocol/incident.ts";
import { probeOf, T0 } from "../build.ts";

const KNOWLEDGE = knowledgeFrom({
  networks: [
    { asn: 9198, group: "KT" },
    { asn: 29355, group: "KT" },
  ],
});

function lossOf(info: Partial<ProbeInfo>, more: Partial<Loss> = {}): Loss {
  return { ...newLoss(probeOf("A", info), T0, "boot-1"), ...more };
}
function weigh(losses: Loss[], more: Partial<LossEvidence> = {}): Map<string, Cause> {
  const causes = weighLoss(
    { losses, stayed: [], extent: null, controls: { known: 2, lost: 0 }, beganAt: null, ...more },
    KNOWLEDGE,
  );
  return new Map(causes.map((cause) => [cause.cause, cause]));
}
const score = (causes: Map<string, Cause>, cause: string) => causes.get(cause)?.score;

describe("rival causes of a loss", () => {
  it("probes abroad that were lost too point at the collector; without any nothing is said of it", () => {
    const lost = weigh([lossOf({})], { controls: { known: 2, lost: 2 } });
    expect(score(lost, "collector fault")).toBe(6);
    expect(score(weigh([lossOf({})], { controls: { known: 0, lost: 0 } }), "collector fault")).toBe(0);
    expect(score(weigh([lossOf({})]), "collector fault")).toBe(-3);
  });

  it("networks of one owner in several regions may be that owner's fault, of several owners not", () => {
    const owner = weigh([lossOf({ asn: 9198 }), lossOf({ asn: 29355, region: "KZ-71" })]);
    const owners = weigh([lossOf({ asn: 9198 }), lossOf({ asn: 21299, region: "KZ-71" })]);
    expect(score(owner, "ISP fault")).toBe(1);
    expect(score(owners, "ISP fault")).toBe(-4);
  });

  it("one network in several regions is rather its own fault, networks of one owner in one region stand half-way", () => {
    expect(score(weigh([lossOf({}), lossOf({ region: "KZ-71" })]), "ISP fault")).toBe(3);
    expect(score(weigh([lossOf({}), lossOf({}), lossOf({ asn: 29355 })]), "ordered cut")).toBe(1);
    expect(score(weigh([lossOf({}), lossOf({}), lossOf({ asn: 21299 })]), "ordered cut")).toBe(2);
    expect(score(weigh([lossOf({}), lossOf({})]), "ISP fault")).toBe(1);
  });

  it("hosts that started anew had lost power; hosts that stayed up had not", () => {
    expect(score(weigh([lossOf({}, { rebooted: true, sameBootAt: null })]), "power cut")).toBe(5);
    expect(score(weigh([lossOf({}, { sameBootAt: T0 })]), "power cut")).toBe(-3);
    const gateway = lossOf({}, { sameBootAt: T0, gateway: { up: 1, down: 0 }, degrees: new Map([["total", 1]]) });
    expect(score(weigh([gateway]), "power cut")).toBe(-5);
    const seen = { degrees: new Map([["total" as const, 1]]) };
    const mixed = weigh([
      lossOf({}, { rebooted: true }),
      lossOf({}, seen),
      lossOf({}, { ...seen, gateway: { up: 1, down: 0 } }),
    ]);
    expect(score(mixed, "power cut")).toBe(3);
    expect(mixed.get("ordered cut")?.because).toContain("-1: some of the hosts had lost their power");
  });

  it("where the resolvers of several providers are gone as well no common gateway explains a city's loss", () => {
    const city = (provider: Loss["provider"]) => {
      const seen = { degrees: new Map([["total" as const, 1]]), gateway: { up: 1, down: 0 }, provider };
      return weigh([lossOf({}, seen), lossOf({ asn: 21299, access: "mobile" }, seen)], { extent: "total" });
    };
    const [gone, answering] = [city({ up: 0, down: 4 }), city({ up: 4, down: 0 })];
    expect(gone.get("ISP fault")?.score).toBeLessThan(0);
    expect((score(gone, "ordered cut") ?? 0) - (score(gone, "ISP fault") ?? 0)).toBeGreaterThanOrEqual(3);
    expect(answering.get("ISP fault")?.because.join()).toMatch(/common gateway would look the same/);
    expect((score(answering, "ordered cut") ?? 0) - (score(answering, "ISP fault") ?? 0)).toBeLessThan(3);
  });

  it("lines that were well all along, and a change of the program, are no cut", () => {
    expect(score(weigh([lossOf({}, { wellDuring: 2 })]), "ordered cut")).toBe(-5);
    const updated = weigh([lossOf({}, { sameBootAt: T0, updated: true })]);
    expect(updated.get("probe update")?.score).toBeGreaterThan(0);
  });

  it("every cause says what speaks for and against it, with the sign", () => {
    const causes = weigh([lossOf({ access: "mobile" })], { stayed: [{ access: "fixed" }], extent: "whitelist" });
    const ordered = causes.get("ordered cut");
    expect(ordered?.because).toContain("+5: only names of the white list stayed open");
    expect(ordered?.because).toContain("+2: mobile lines were lost, fixed ones beside them stayed");
    expect(causes.get("power cut")?.verdict).toBe("contradicted");
    expect(isOrderedLeading([...causes.values()])).toBe(true);
    expect(isOrderedLeading([])).toBe(true);
  });

  it("fixed lines lost beside mobile ones that stay look like a power cut", () => {
    expect(score(weigh([lossOf({})], { stayed: [{ access: "mobile" }] }), "power cut")).toBe(3);
  });
});
