/** How many of each probe, by the probe's number. */
export type Who = Map<number, number>;

/** Packs counts as pairs of variable-length numbers (seven bits a byte, the least first); by number, so bytes are equal. */
export function packWho(who: ReadonlyMap<number, number>): Buffer {
  const bytes: number[] = [];
  for (const [number, count] of [...who].sort(([a], [b]) => a - b)) {
    pushNumber(bytes, number);
    pushNumber(bytes, count);
  }
  return Buffer.from(bytes);
}

/** Unpacks what {@link packWho} made. */
export function unpackWho(bytes: Uint8Array): Who {
  const who: Who = new Map();
  let key: number | null = null;
  let [value, scale] = [0, 1];
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte >= 0x80) continue;
    if (key === null) key = value;
    else {
      who.set(key, value);
      key = null;
    }
    [value, scale] = [0, 1];
  }
  return who;
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}
