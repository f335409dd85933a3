import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlainEntry } from "../../../collector/replay/plain-entry.ts";
import { readEntry } from "../../../collector/replay/read-entry.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import { journalOf, okPage, probeOf, T0, tlsDrop } from "../analysis/build.ts";

const write = journalOf(probeOf("A"));
const ownHost = { ...tlsDrop(), local: [{ kind: "vpn" as const, says: "tun0 is up" }] };
const entries = [okPage(), tlsDrop(), ownHost].map((body) => write(T0, { kind: "web", body }));

test("usual measurements are taken by the quick check, which is what makes it quick", () => {
  for (const entry of entries) expect(isPlainEntry(entry)).toBe(true);
});

test("whatever the quick check takes the schema takes: any field changed, removed or added", () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      -1,
      0,
      1.5,
      1e14,
      "",
      "x".repeat(3000),
      [],
      {},
      true,
      undefined,
      "udp",
      [[]],
      [null],
      Number.NaN,
    ),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.constantFrom(...entries), fc.nat(), fc.nat(5), odd, (entry, place, way, value) => {
      const copy = structuredClone(entry);
      const spots = spotsOf(copy);
      const spot = spots[place % spots.length];
      if (spot === undefined) return;
      if (way === 0) Reflect.deleteProperty(spot.holder, spot.name);
      else Reflect.set(spot.holder, way === 1 ? "more" : spot.name, value);
      // Through text, as all that is read comes: JSON has no holes in lists.
      const read: unknown = JSON.parse(JSON.stringify(copy));
      if (isPlainEntry(read)) expect(Entry.safeParse(read).success).toBe(true);
      expect(readEntry(read).ok || !Entry.safeParse(read).success).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

function spotsOf(value: object): { holder: object; name: string }[] {
  return Object.entries(value).flatMap(([name, member]) => [
    { holder: value, name },
    ...(typeof member === "object" && member !== null ? spotsOf(member) : []),
  ]);
}
