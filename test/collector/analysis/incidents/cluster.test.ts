import { describe, expect, it } from "vitest";
import type { Episode } from "../../../../collector/analysis/detect/episode.ts";
import { blockIncident } from "../../../../collector/analysis/incidents/block-incident.ts";
import { cellKey, createClusters, type Member, methodOf } from "../../../../collector/analysis/incidents/cluster.ts";
import { createStories } from "../../../../collector/analysis/incidents/stories.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";
import type { VerdictCode } from "../../../../protocol/verdict.ts";
import { T0 } from "../build.ts";

const MINUTE = 60_000;
const TOLERANCE = 30 * MINUTE;
type Draft = {
  asn?: number;
  region?: string | null;
  after?: number | null;
  by: number;
  end?: [number, number];
  codes?: [VerdictCode, number][];
  witnesses?: string[];
};

function member({
  asn = 9198,
  region = "KZ-75",
  after,
  by,
  end,
  codes = [["tls_drop", 4]],
  witnesses = ["a", "b"],
}: Draft): Member {
  const episode: Episode = {
    share: 0,
    within: { blocked: 4, all: 4 },
    firstBlocked: T0 + by * MINUTE,
    lastBlocked: T0 + (end?.[0] ?? by + 60) * MINUTE,
    everBlocked: new Set(witnesses),
    proofs: new Set(),
    blockedVotes: 4,
    codes: new Map(codes),
    certain: 0,
    authorities: new Set(),
    hops: null,
    votes: new Map(),
    doubt: [],
    fresh: 0,
    freshRounds: 0,
    freshHeard: new Map(),
  };
  return {
    cell: { target: "orda.kz", asn, region },
    episode,
    start: { after: after === null ? null : T0 + (after ?? by - 15) * MINUTE, by: T0 + by * MINUTE },
    end: end === undefined ? null : { after: T0 + end[0] * MINUTE, by: T0 + end[1] * MINUTE },
    detectedAt: T0 + (by + 45) * MINUTE,
    access: new Set(),
    unwatched: false,
  };
}

function group(...drafts: Draft[]) {
  const clusters = createClusters(createStories(SETTINGS));
  return drafts.map((draft) => clusters.open(member(draft), TOLERANCE));
}
const minutes = (text: string | undefined) => (Date.parse(text ?? "") - T0) / MINUTE;

describe("cells become incidents", () => {
  it("join when they began together, by whatever method, and stand apart when they did not", () => {
    const [first, second, third] = group(
      { by: 0 },
      { by: 20, asn: 21299, codes: [["dns_tamper", 3]] },
      { by: 200, asn: 29355 },
    );
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("interception is an incident of its own kind beside a block", () => {
    const [block, interception] = group(
      { by: 0 },
      {
        by: 1,
        asn: 21299,
        codes: [
          ["tls_mitm", 5],
          ["tls_drop", 1],
        ],
      },
    );
    expect([block?.kind, interception?.kind]).toEqual(["block", "interception"]);
  });

  it("a block that had ended before the other began is another one", () => {
    const [first, second, third] = group(
      { by: 0, end: [5, 6] },
      { by: 25, after: 20 },
      { by: 30, after: null, asn: 21299 },
    );
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  it("of equally common methods the first in the alphabet names it; of none nothing does", () => {
    expect(
      methodOf([
        member({
          by: 0,
          codes: [
            ["tls_reset", 2],
            ["tls_drop", 2],
            ["dns_tamper", 1],
          ],
        }),
      ]),
    ).toBe("tls_drop");
    expect(
      methodOf([
        member({
          by: 0,
          codes: [
            ["tls_drop", 2],
            ["tls_reset", 2],
          ],
        }),
      ]),
    ).toBe("tls_drop");
    expect(methodOf([])).toBe("inconclusive");
  });

  it("a cell has a name, whatever is not known of it", () => {
    expect(cellKey({ target: "x", asn: null, region: null })).toBe("x|?|?");
  });
});

describe("the incident of a group", () => {
  const edges = (...drafts: Draft[]) => {
    const found = group(...drafts).at(-1);
    const incident = found && blockIncident(found, SETTINGS);
    return [incident?.start, incident?.end].map((one) => [minutes(one?.earliest), minutes(one?.latest)]);
  };

  it("begins when most of its cells agree, so that one cell that a stray failure misled does not move it", () => {
    const agreed = [
      { by: 10, end: [60, 65] },
      { by: 0, asn: 21299, end: [58, 64] },
      { by: 5, asn: 29355, end: [61, 66] },
    ] satisfies Draft[];
    expect(edges(...agreed)).toEqual([
      [-5, 0],
      [61, 64],
    ]);
    expect(edges(...agreed, { by: -12, asn: 39824, end: [60, 70] })[0]).toEqual([-5, 0]);
  });

  it("begins with its first network and ends with its last where they differ", () => {
    expect(
      edges(
        { by: 20, after: 16, end: [60, 65] },
        { by: 0, after: -4, asn: 21299, end: [90, 95] },
        { by: 10, after: 6, asn: 29355, end: [75, 78] },
      ),
    ).toEqual([
      [-4, 0],
      [90, 95],
    ]);
  });

  it("a cell that was blocked when first seen tells nothing of the beginning, where another saw it come", () => {
    expect(edges({ by: 0, after: null }, { by: 5, after: -5, asn: 21299 })[0]).toEqual([-5, 5]);
  });

  it("is open while one of its cells is", () => {
    const [, found] = group({ by: 0, end: [60, 65] }, { by: 5, asn: 21299 });
    expect(found && blockIncident(found, SETTINGS).end).toBeNull();
  });

  it("a region abroad is none of ours", () => {
    const [found] = group({ by: 0, region: "DE" }, { by: 5, asn: 29355, region: null });
    expect(found && blockIncident(found, SETTINGS).regions).toEqual([]);
  });
});
