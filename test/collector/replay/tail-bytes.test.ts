import fc from "fast-check";
import { expect, test } from "vitest";
import { readTail, type Tail } from "../../../collector/replay/entry-line.ts";
import { entryBytes, prevIn, readTailOf, signatureIn } from "../../../collector/replay/tail-bytes.ts";
import { textOf, utf8 } from "../../../protocol/bytes.ts";

/** Mostly as the collector writes it, sometimes nearly so. */
const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: odd, weight: 1 });
const hex = mostly(fc.stringMatching(/^[0-9a-f]{64}$/), fc.stringMatching(/^[0-9a-f]{62,66}$/));
const times = mostly(
  fc.constantFrom("2022-01-05T10:20:37.215Z", "2022-01-05T10:20:37Z", "2022-01-05T10:20:37.123456789Z"),
  fc.oneof(fc.constantFrom("2022-13-05T10:20:37Z", "2022-01-05T10:20:37+05:00"), fc.string({ maxLength: 45 })),
);
const text = (most: number) =>
  mostly(
    fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/),
    fc.oneof(
      fc.nat({ max: 4 }).map((more) => "a".repeat(most - 2 + more)),
      fc.string({ maxLength: most }),
      fc.constant("қ"),
      fc.constant("a\\b"),
    ),
  );
const change = fc.tuple(fc.nat(), fc.string({ maxLength: 2 }));

const lines = fc
  .record({
    ...{
      before: fc.string({ maxLength: 600 }),
      prev: hex,
      probe: text(64),
      time: times,
      signature: fc.option(text(128)),
    },
    seq: mostly(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 0n, max: 10n ** 17n })),
    change: mostly(fc.constant(null), change),
  })
  .map(({ before, prev, probe, seq, time, signature, change }) => {
    const signed = signature === null ? "" : `,"signature":"${signature}"`;
    const entry = `{"at":${JSON.stringify(before)},"prev":"${prev}","probe":"${probe}","seq":${seq},"v":1}`;
    const line = `{"entry":${entry},"received":"${time}"${signed},"type":"entry"}`;
    if (change === null) return line;
    const at = change[0] % line.length;
    return line.slice(0, at) + change[1] + line.slice(at + 1);
  });

test("the end of a line is read from its bytes as from its text, wherever the line stands", () => {
  let read = 0;
  fc.assert(
    fc.property(lines, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (line, ahead, behind) => {
      const [own, from] = [utf8(line), utf8(ahead).length];
      const span = { bytes: utf8(ahead + line + behind), from, to: from + own.length };
      const found = readTailOf(span);
      const wanted = readTail(line);
      if (found === null) {
        // What is left to the slower way: more than ASCII in a value, and numbers that no count reaches.
        const plain = wanted === null || /[^\0-\x7f]/.test(line.slice(-512)) || wanted.seq >= 1e15;
        expect(plain).toBe(true);
        return;
      }
      read += 1;
      const { received, probe, seq, behind: rest } = found;
      const tail: Tail = {
        received,
        probe,
        seq,
        prev: prevIn(span, found),
        signature: signatureIn(span, found),
        behind: rest,
      };
      expect(tail).toEqual(wanted);
      expect(textOf(entryBytes(span, found))).toBe(line.slice('{"entry":'.length, line.length - rest));
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(500);
});
