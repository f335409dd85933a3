/** Random numbers that are the same for the same seed, so that a failing case can be met again. */
export type Random = {
  /** In [0, 1). */
  next: () => number;
  /** A whole number from 0 to `below` - 1. */
  int: (below: number) => number;
  pick: <T>(list: readonly [T, ...T[]]) => T;
};

/** mulberry32 by Tommy Ettinger (public domain): small, quick, good enough to stir bytes. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return { next, int, pick: (list) => list[int(list.length)] ?? list[0] };
}

/** Bytes that mean something in most formats: ends of ranges, and DNS's pointer mark. */
const TELLING = [0x00, 0x01, 0x7f, 0x80, 0xc0, 0xff] as const;

/** A copy with up to eight changes: bits, telling bytes, cuts, insertions, repetitions. */
export function mutated(data: Buffer, random: Random): Buffer {
  let result: Buffer = Buffer.from(data);
  for (let left = 1 + random.int(8); left > 0; left--) result = oneChange(result, random);
  return result;
}

function oneChange(data: Buffer, { int, pick }: Random): Buffer {
  const at = int(data.length + 1);
  switch (int(6)) {
    case 0:
      if (at < data.length) data[at] = (data[at] ?? 0) ^ (1 << int(8));
      return data;
    case 1:
      if (at < data.length) data[at] = pick(TELLING);
      return data;
    case 2:
      return data.subarray(0, at);
    case 3:
      return Buffer.concat([data.subarray(0, at), Buffer.from([pick(TELLING), int(256)]), data.subarray(at)]);
    case 4:
      return Buffer.concat([data.subarray(0, at), data.subarray(int(at + 1), int(data.length + 1))]);
    default:
      return Buffer.concat([data.subarray(0, at), data.subarray(at + 1 + int(4))]);
  }
}
