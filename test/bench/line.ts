// npm run bench:line: what watching the line costs on a quiet day, by the probe's own watch under a clock of its own.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import { Anchor } from "../../protocol/target.ts";
import { labEnvironment } from "../lab/processes/kuager.ts";
import { runInside } from "../lab/processes/start.ts";
import { difference, goalLine, megabytes, perDay, sumOf } from "./figures.ts";
import type { LookSettings } from "./line-looks.ts";
import { countProbeLine } from "./probe-in-world.ts";
import { type Ground, runBench } from "./run-bench.ts";
import { buildWorld, type World, writeLists } from "./world.ts";

const PROGRAM = fileURLToPath(new URL("./line-looks.js", import.meta.url));
/** The cadence of volunteers' probes. */
const LOOK_S = 15;
/** Four hours: six times all turns of a quiet line, 48 entries, each name asked anew four times. */
const LOOKS = (4 * 3600) / LOOK_S;
const GOAL_MEGABYTES = 1.5;
const Done = z.object({ entries: z.int(), state: z.string().nullable() });

async function line({ prefix, folder, undo, say }: Ground): Promise<boolean> {
  const world = await buildWorld({ count: 1, pageBytes: 1_200, prefix, folder }, undo);
  const lists = join(folder, "targets");
  await writeLists(lists, 1);
  const anchors = readFileSync(join(lists, "anchors.ndjson"), "utf8").trim().split("\n").map(anchorOf);
  const counters = await countProbeLine(world);
  const counted = async (looks: number) => {
    const before = await counters.read();
    const done = await look(world, { folder: join(folder, `looks-${looks}`), anchors, looks });
    if (done.state !== "international") throw new Error(`the line was not quiet: ${done.state}`);
    return { used: difference(before, await counters.read()), entries: done.entries };
  };
  const first = await counted(1);
  const hours = await counted(LOOKS + 1);
  const quiet = difference(first.used, hours.used);
  for (const [name, { packets, bytes }] of Object.entries(quiet))
    if (packets > 0)
      say(
        `  ${name.padEnd(14)} ${(bytes / LOOKS).toFixed(0).padStart(6)} B a look  ${(packets / LOOKS).toFixed(1)} packets`,
      );
  const looks = sumOf(quiet);
  say(
    `the first look, which proves all it asks: ${sumOf(first.used).bytes} bytes; ${LOOKS} more, as of ${(LOOKS * LOOK_S) / 3600} hours, with ${hours.entries - first.entries} entries: ${looks.bytes} bytes, ${(looks.bytes / LOOKS).toFixed(0)} a look`,
  );
  const day = perDay(looks.bytes, LOOKS, LOOK_S);
  say(`a day: ${megabytes(day)}`);
  const goal = goalLine("watching the line, a day", day / 1e6, GOAL_MEGABYTES, "MB");
  say(goal.text);
  return goal.ok;
}

function anchorOf(text: string): Anchor {
  const anchor = parseJson(Anchor, text);
  if (!anchor.ok) throw new Error(anchor.problems.join("; "));
  return anchor.value;
}

async function look(world: World, given: Pick<LookSettings, "folder" | "anchors" | "looks">) {
  const settings: LookSettings = { ...given, ca: [world.authority.root], everyS: LOOK_S };
  const said = await runInside({
    name: "looks",
    namespace: world.namespace("probe"),
    logFile: join(world.logs, "looks.log"),
    command: [process.execPath, PROGRAM, JSON.stringify(settings)],
    env: labEnvironment(world.folder),
  });
  const done = parseJson(Done, said);
  if (!done.ok) throw new Error(`the looks cannot be read: ${done.problems.join("; ")}`);
  return done.value;
}

await runBench(line);
