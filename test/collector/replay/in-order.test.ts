import fc from "fast-check";
import { expect, test } from "vitest";
import { lineOrder } from "../../../collector/replay/entry-line.ts";
import { inOrder } from "../../../collector/replay/in-order.ts";
import { entryLines } from "../../../collector/replay/survey.ts";
import { archiveOf, cutWorld } from "./archive.ts";
import { textSource } from "./text-source.ts";

const lines = archiveOf(cutWorld());

async function all<T>(source: AsyncIterable<readonly T[]>): Promise<T[]> {
  const read: T[] = [];
  for await (const batch of source) read.push(...batch);
  return read;
}

test("entries are put in order in memory and in pieces on disk alike, as often as they are read", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(lines, { minLength: lines.length }),
      fc.integer({ min: 2000, max: 60_000 }),
      async (shuffled, pieceChars) => {
        const source = textSource(shuffled);
        const wanted = (await all(entryLines(source.batches()))).sort(lineOrder);
        const ordered = await inOrder(source, false, pieceChars);
        expect(await all(ordered.entries())).toEqual(wanted);
        expect(await all(ordered.entries())).toEqual(wanted);
        await ordered.close();
      },
    ),
    { numRuns: 8 },
  );
});
