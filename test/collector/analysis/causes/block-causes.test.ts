import { describe, expect, it } from "vitest";
import { weighBlock } from "../../../../collector/analysis/causes/block-causes.ts";
import type { BlockEvidence } from "../../../../collector/analysis/causes/block-evidence.ts";
import { leadingCause } from "../../../../collector/analysis/causes/weigh.ts";
import type { Cause } from "../../../../protocol/incident.ts";

const fared = (failed: number, passed: number, names = 3) => ({
  failed,
  passed,
  names: new Set(["a", "b", "c"].slice(0, failed === 0 ? 0 : names)),
});

/** A proven block of one name on networks of two owners, which nothing but the name explains. */
const PROVEN: BlockEvidence = {
  witnesses: 6,
  proofs: 6,
  certain: 0,
  alike: 1,
  steady: { share: 1, votes: 60 },
  asns: 2,
  owners: 2,
  openElsewhere: 0,
  hostedInside: false,
  filteredAbroad: false,
  foreign: fared(0, 0),
  others: fared(0, 30),
  site: { looks: 60, ill: 0, errors: 0, turns: 0, controls: 3, without: 0 },
  software: null,
  authority: null,
  hops: null,
};
const weighed = (more: Partial<BlockEvidence> = {}) => weighBlock({ ...PROVEN, ...more });
const of = (causes: readonly Cause[], name: Cause["cause"]) => causes.find(({ cause }) => cause === name);
const leader = (more: Partial<BlockEvidence> = {}) => leadingCause(weighed(more), 3);

describe("rival causes of a block", () => {
  it("all stand in the list, best first, each with what was held against it", () => {
    const causes = weighed();
    expect(causes.map(({ cause }) => cause)).toHaveLength(8);
    expect(causes.map(({ score }) => score)).toEqual(causes.map(({ score }) => score).sort((a, b) => b - a));
    expect(causes.every(({ because }) => because.length > 0)).toBe(true);
  });

  it("a proven block on networks of several owners is consistent with a filter in the country", () => {
    expect(leader()).toBe("ordered cut");
    expect(of(weighed(), "site fault")?.verdict).toBe("contradicted");
    expect(of(weighed(), "ISP fault")?.verdict).toBe("contradicted");
    expect(of(weighed(), "single probe")?.verdict).toBe("contradicted");
  });

  it("a name that a country on the way filters too is laid to nobody, unless other such names tell", () => {
    const listed = { filteredAbroad: true };
    expect(leader(listed)).toBeNull();
    const together = { ...listed, foreign: fared(9, 1) };
    expect(leader(together)).toBe("transit filter abroad");
    expect(of(weighed(together), "transit filter abroad")?.because.join()).toMatch(
      /other names filtered on the way fail/,
    );
    expect(leader({ ...listed, foreign: fared(0, 10) })).toBe("ordered cut");
  });

  it("one other name that began to fail with it is no sign of a filter on the way", () => {
    expect(leader({ filteredAbroad: true, foreign: fared(9, 1, 1) })).not.toBe("transit filter abroad");
  });

  it("where everything fails alike, names that are filtered abroad tell nothing", () => {
    const causes = weighed({
      filteredAbroad: true,
      foreign: fared(9, 1),
      others: fared(20, 10),
    });
    expect(leadingCause(causes, 3)).toBeNull();
  });

  it("the way to a site inside the country leads through no other", () => {
    expect(of(weighed({ hostedInside: true }), "transit filter abroad")?.score).toBeLessThan(0);
  });

  it("a page of another country in its place points there, one of this country here", () => {
    expect(leader({ authority: "foreign" })).toBe("transit filter abroad");
    expect(leader({ authority: "own", filteredAbroad: true })).toBe("ordered cut");
  });

  it("a false answer from a few hops away is too near for another country", () => {
    expect(leader({ filteredAbroad: true, hops: 3 })).toBe("ordered cut");
    expect(leader({ filteredAbroad: true, hops: 8 })).toBeNull();
  });

  it("a site that comes and goes for controls, with errors of its own, looks like an attack", () => {
    const attacked = {
      ...{ proofs: 0, alike: 0.6, steady: { share: 0.5, votes: 40 }, asns: 1, owners: 1, openElsewhere: 1 },
      site: { looks: 60, ill: 15, errors: 10, turns: 30, controls: 3, without: 0 },
    };
    expect(leader(attacked)).toBe("DDoS");
    expect(of(weighed(attacked), "ordered cut")?.verdict).toBe("contradicted");
  });

  it("a site that is gone for controls as well is the site's own fault first", () => {
    const gone = { proofs: 0, site: { looks: 60, ill: 60, errors: 0, turns: 0, controls: 3, without: 0 } };
    expect(weighed(gone)[0]?.cause).toBe("site fault");
  });

  it("a site that fails for one place abroad as well is laid to nobody", () => {
    const region = { proofs: 0, site: { looks: 60, ill: 19, errors: 0, turns: 2, controls: 3, without: 1 } };
    expect(leader(region)).toBeNull();
    expect(of(weighed(region), "site fault")?.because.join()).toMatch(/1 of 3 controls abroad/);
  });

  it("only probes of a version that was just rolled out see it: the program is at fault", () => {
    const updated = { proofs: 0, software: { only: true, since: true, shared: false } };
    expect(leader(updated)).toBe("probe update");
    expect(of(weighed({ software: { only: false, since: true, shared: true } }), "probe update")?.verdict).toBe(
      "contradicted",
    );
  });

  it("one network without proof is undecided, and says what was not tested", () => {
    const thin = { proofs: 0, asns: 1, owners: 1, openElsewhere: 2 };
    expect(leader(thin)).toBeNull();
    expect(of(weighed(thin), "ISP fault")?.because).toContain(
      "0: no paired test shows that the name is what it depends on",
    );
  });

  it("a single witness leaves the single probe open", () => {
    expect(of(weighed({ witnesses: 1 }), "single probe")?.verdict).toBe("untestable");
  });

  it("counts are told in steps, so that one more look makes no other text", () => {
    expect(weighed({ witnesses: 6 })).toEqual(weighed({ witnesses: 7 }));
    expect(weighed({ site: { looks: 60, ill: 0, errors: 0, turns: 0, controls: 3, without: 0 } })).toEqual(
      weighed({ site: { looks: 61, ill: 0, errors: 0, turns: 0, controls: 3, without: 0 } }),
    );
  });

  it("networks of one owner are said to be no independent witnesses", () => {
    expect(of(weighed({ asns: 2, owners: 1 }), "ISP fault")?.because.join()).toMatch(/no independent witnesses/);
    expect(of(weighed({ asns: 3, owners: 2 }), "ordered cut")?.because.join()).toMatch(/share an owner/);
  });
});
