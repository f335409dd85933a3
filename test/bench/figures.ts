/** Arithmetic of the benchmarks. Pure. */

/** Middle value; the mean of the two middle ones of an even number. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** `1.20 [0.90..1.36] ms`: median, least and most. */
export function spread(values: readonly number[], unit: string, digits = 1): string {
  const text = (value: number) => value.toFixed(digits);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${text(median(values))} [${text(least)}..${text(most)}] ${unit}`;
}

/** One line that sets a figure beside its goal, which is the most it may be: `name: 1.38 (goal ≤ 1.45) ok`. */
export function goalLine(name: string, value: number, most: number, unit = ""): { ok: boolean; text: string } {
  // What is printed is what is judged: 1.4501 is not told as 1.45 and missed.
  const shown = Number(value.toFixed(2));
  const ok = shown <= most;
  const tail = unit === "" ? "" : ` ${unit}`;
  return { ok, text: `${name}: ${shown.toFixed(2)}${tail} (goal ≤ ${most}${tail}) ${ok ? "ok" : "MISSED"}` };
}

const DAY_S = 86_400;

/** What a day costs at one event every `everyS` seconds, when `counted` of them cost `total`. */
export function perDay(total: number, counted: number, everyS: number): number {
  return (total / counted) * (DAY_S / everyS);
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** Packets and bytes, headers of IP and above included. */
export type Traffic = { packets: number; bytes: number };

/** What was added between two readings of the same counters; a counter that began later began at nothing. */
export function difference(before: Counted, after: Counted): Counted {
  return Object.fromEntries(
    Object.entries(after).map(([name, { packets, bytes }]) => {
      const was = before[name] ?? { packets: 0, bytes: 0 };
      return [name, { packets: packets - was.packets, bytes: bytes - was.bytes }];
    }),
  );
}

/** Named counters. */
export type Counted = Readonly<Record<string, Traffic>>;

/** Sum of the counters whose name begins so; all of them by default. */
export function sumOf(counted: Counted, prefix = ""): Traffic {
  const chosen = Object.entries(counted).filter(([name]) => name.startsWith(prefix));
  return chosen.reduce((sum, [, one]) => ({ packets: sum.packets + one.packets, bytes: sum.bytes + one.bytes }), {
    packets: 0,
    bytes: 0,
  });
}

/** Counters in the text of `nft list counters table ip …`: `counter NAME {` and, on the next line, both figures. */
export function readCounters(text: string): Counted {
  const found = text.matchAll(/counter (\w+) \{\s*packets (\d+) bytes (\d+)/g);
  return Object.fromEntries(
    [...found].map(([, name = "", packets, bytes]) => [name, { packets: Number(packets), bytes: Number(bytes) }]),
  );
}
