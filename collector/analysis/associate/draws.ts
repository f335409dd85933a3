import { sha256Hex } from "../../../protocol/hash.ts";

/**
 * Numbers below a bound, evenly drawn, and always the same for the same seed text: xoshiro128** (Blackman and Vigna
 * 2018), seeded from a hash of the text. So a permutation test gives the same answer each time it is made.
 */
export function createDraws(seed: string): (below: number) => number {
  const hash = sha256Hex(seed);
  const word = (index: number) => Number.parseInt(hash.slice(index * 8, index * 8 + 8), 16) | 0;
  // A state of zeros would give zeros for ever.
  let [a, b, c, d] = [word(0) | 1, word(1), word(2), word(3)];
  const next = (): number => {
    const result = Math.imul(turn(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = turn(d, 11);
    return result;
  };
  // The product of 32 random bits and the bound: its bias is below one in four billion times the bound.
  return (below) => Math.floor((next() / 4_294_967_296) * below);
}

function turn(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
