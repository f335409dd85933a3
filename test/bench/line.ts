// npm run bench:line: what watching the line costs on a quiet day, by the program that volunteers run.
import { pause } from "../lab/until.ts";
import { difference, goalLine, megabytes, perDay, sumOf } from "./figures.ts";
import { countProbeLine, joinProbe, lookAtNothingElse, runWords, startCollector } from "./probe-in-world.ts";
import { type Ground, runBench } from "./run-bench.ts";
import { buildWorld } from "./world.ts";

/** The cadence of volunteers' probes, and the one of the benchmark. */
const LOOK_S = 15;
const COMPRESSED_S = 1;
/** As many looks as five minutes hold: proofs and names are asked anew once in that time. */
const LOOKS = 300 / LOOK_S;
const GOAL_MEGABYTES = 1.5;
const WARM_UP_MS = 4_000;

async function line({ prefix, folder, undo, say }: Ground): Promise<boolean> {
  const world = await buildWorld({ count: 1, pageBytes: 1_200, prefix, folder }, undo);
  await startCollector(world, 1, { round: 3600, heartbeat: 600, link: COMPRESSED_S }, undo);
  const data = await joinProbe(world, "probe");
  lookAtNothingElse(data);
  const counters = await countProbeLine(world);
  const quiet = new AbortController().signal;
  const begun = await counters.read();
  const probe = world.kuager.start("probe", world.namespace("probe"), ["probe", ...runWords(world, data)]);
  undo.add("probe", probe.stop);
  await pause(WARM_UP_MS, quiet);
  // The first look proves every anchor it asks and learns their names: what one in twenty does again.
  const first = await counters.read();
  await pause(LOOKS * COMPRESSED_S * 1000, quiet);
  const used = difference(first, await counters.read());
  await probe.stop();
  const sensing = Object.fromEntries(Object.entries(used).filter(([name]) => !name.endsWith("collector")));
  const proofs = sumOf(
    Object.fromEntries(Object.entries(difference(begun, first)).filter(([name]) => !name.endsWith("collector"))),
  );
  const looks = sumOf(sensing);
  for (const [name, { packets, bytes }] of Object.entries(sensing))
    if (packets > 0)
      say(
        `  ${name.padEnd(14)} ${(bytes / LOOKS).toFixed(0).padStart(6)} B a look  ${(packets / LOOKS).toFixed(1)} packets`,
      );
  say(
    `a look: ${(looks.bytes / LOOKS).toFixed(0)} bytes (mean of ${LOOKS} looks ${COMPRESSED_S} s apart); the first ones, with proofs: ${proofs.bytes} bytes`,
  );
  const day = perDay(looks.bytes, LOOKS, LOOK_S) + perDay(proofs.bytes, 1, 300);
  say(
    `a day: ${megabytes(perDay(looks.bytes, LOOKS, LOOK_S))} of looks every ${LOOK_S} s, and ${megabytes(perDay(proofs.bytes, 1, 300))} of proofs every 300 s`,
  );
  const goal = goalLine("watching the line, a day", day / 1e6, GOAL_MEGABYTES, "MB");
  say(goal.text);
  return goal.ok;
}

await runBench(line);
