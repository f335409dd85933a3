import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHAIN_START, entryHash, followChain, GENESIS } from "../../protocol/chain.ts";

type Link = { seq: number; prev: string; body: string };

function chainOf(bodies: readonly string[]): Link[] {
  let prev = GENESIS;
  return bodies.map((body, index) => {
    const link = { seq: index + 1, prev, body };
    prev = entryHash(link);
    return link;
  });
}

const chains = fc.array(fc.string(), { minLength: 2, maxLength: 12 }).map(chainOf);
const at = (chain: readonly Link[], pick: number) => pick % chain.length;

describe("followChain", () => {
  test("starts before entry 1 with 64 zeros", () => {
    expect(CHAIN_START).toEqual({ seq: 0, hash: "0".repeat(64) });
    expect(followChain(CHAIN_START, [])).toEqual({ head: CHAIN_START, fault: null });
  });

  test("follows a whole chain to its last entry, in one piece or in several", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, pick) => {
        const whole = followChain(CHAIN_START, chain);
        expect(whole).toEqual({ head: { seq: chain.length, hash: entryHash(chain.at(-1)) }, fault: null });
        const cut = at(chain, pick);
        const first = followChain(CHAIN_START, chain.slice(0, cut));
        expect(followChain(first.head, chain.slice(cut))).toEqual(whole);
      }),
    );
  });

  test("detects any change to an entry: the one after it does not fit, or the head differs", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, pick) => {
        const index = at(chain, pick);
        const changed = chain.map((link, n) => (n === index ? { ...link, body: `${link.body}!` } : link));
        const result = followChain(CHAIN_START, changed);
        if (index === chain.length - 1) expect(result.head.hash).not.toBe(followChain(CHAIN_START, chain).head.hash);
        else expect(result).toMatchObject({ head: { seq: index + 1 }, fault: { kind: "broken", seq: index + 2 } });
      }),
    );
  });

  test("detects the removal of any entry but the last, which only the head can show", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, pick) => {
        const index = at(chain, pick);
        const result = followChain(CHAIN_START, chain.toSpliced(index, 1));
        if (index === chain.length - 1) expect(result.head.seq).toBe(chain.length - 1);
        else expect(result.fault).toEqual({ kind: "gap", expectedSeq: index + 1, seq: index + 2 });
      }),
    );
  });

  test("detects two entries that were swapped, renumbered or not", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, pick) => {
        const index = pick % (chain.length - 1);
        const [a, b] = [chain[index], chain[index + 1]];
        if (a === undefined || b === undefined) return;
        expect(followChain(CHAIN_START, chain.toSpliced(index, 2, b, a)).fault?.kind).toBe("gap");
        const renumbered = chain.toSpliced(index, 2, { ...b, seq: a.seq }, { ...a, seq: b.seq });
        expect(followChain(CHAIN_START, renumbered).fault?.kind).toBe("broken");
      }),
    );
  });

  test("detects an entry that comes twice and a chain of somebody else", () => {
    const chain = chainOf(["a", "b"]);
    const [first] = chain;
    expect(followChain(CHAIN_START, [...chain, ...chain]).fault).toEqual({ kind: "gap", expectedSeq: 3, seq: 1 });
    const result = followChain({ seq: 0, hash: "1".repeat(64) }, chain);
    expect(result.fault).toEqual({ kind: "broken", seq: 1, expectedPrev: "1".repeat(64), prev: first?.prev });
  });
});

test("entryHash does not depend on the order of keys", () => {
  expect(entryHash({ b: 1, a: 2 })).toBe(entryHash({ a: 2, b: 1 }));
  // SHA-256 of the two bytes `{}`, as any other program gives it.
  expect(entryHash({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
});
