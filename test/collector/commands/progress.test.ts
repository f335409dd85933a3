import { expect, test } from "vitest";
import { counting, createProgress } from "../../../collector/commands/progress.ts";

/** Steps of a job by a clock that a test moves. */
async function told(isTerminal: boolean, moments: readonly number[]): Promise<string[]> {
  const lines: string[] = [];
  let at = 0;
  const io = { err: (text: string) => void lines.push(text), isTerminal };
  const step = createProgress(io, (count) => `${count} lines read so far`, { everyMs: 10_000, now: () => at });
  async function* things() {
    for (const moment of moments) {
      at = moment;
      yield moment;
    }
  }
  for await (const _ of counting(things(), step));
  return lines;
}

test("a long job tells a terminal how far it is, a line every ten seconds", async () => {
  expect(await told(true, [0, 9_999, 10_000, 10_001, 25_000])).toEqual([
    "3 lines read so far\n",
    "5 lines read so far\n",
  ]);
});

test("a short job, and one that nobody watches, tells nothing", async () => {
  expect(await told(true, [0, 1, 2])).toEqual([]);
  expect(await told(false, [0, 20_000, 40_000])).toEqual([]);
});
