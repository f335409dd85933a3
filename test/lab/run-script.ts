import { perform, type Stage } from "./acts/perform.ts";
import { type Done, expectedOf } from "./report/truth.ts";
import type { Act, Scenario } from "./scenarios/scenario.ts";
import { timed } from "./timed.ts";
import { pause } from "./until.ts";

/** Says a line of progress to whoever watches. */
export type Say = (text: string) => void;

/**
 * Plays every act at its time, counted from `zeroMs` (milliseconds since 1970), and lifts it again, also when the
 * signal ends the script early. Returns what was done with its true times, in the script's order, but for
 * acts that must not be found.
 */
export async function runScript(
  { acts }: Scenario,
  { stage, say, zeroMs }: { stage: Stage; say: Say; zeroMs: number },
  signal: AbortSignal,
): Promise<Done[]> {
  // One act that fails ends the others, so that nothing waits on a script that cannot be right.
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const playing = acts.map((act) =>
    play(act, { stage, say, zeroMs }, both).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  const ends = await Promise.allSettled(playing);
  both.throwIfAborted();
  return ends.flatMap((end) => (end.status === "fulfilled" && end.value !== null ? [end.value] : []));
}

async function play(
  act: Act,
  play: { stage: Stage; say: Say; zeroMs: number },
  signal: AbortSignal,
): Promise<Done | null> {
  const at = (seconds: number) => pause(Math.max(0, play.zeroMs + 1000 * seconds - Date.now()), signal);
  await at(act.fromS);
  const { result: inForce, atMs: startMs } = await timed(() => perform(act.deed, play.stage));
  play.say(`begins: ${act.title}`);
  let endMs = startMs;
  try {
    await at(act.toS);
  } finally {
    endMs = (await timed(inForce.remove)).atMs;
  }
  play.say(`is lifted: ${act.title}`);
  const expected = expectedOf(act);
  return expected && { act, expected, startMs, endMs };
}
