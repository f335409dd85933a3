// npm run bench:round [-- BYTES [bare]]: one round of 60 sites, a fifth of them dead, by the program that volunteers run.
import { dropQuestions } from "../lab/acts/dns.ts";
import { silenceName } from "../lab/acts/in-force.ts";
import { addNftTable } from "../lab/net/firewall.ts";
import { difference, goalLine, megabytes, sumOf } from "./figures.ts";
import { countProbeLine, joinProbe, runWords, shapeProbeLine, startCollector } from "./probe-in-world.ts";
import { cpuS } from "./process-costs.ts";
import { type Ground, runBench } from "./run-bench.ts";
import { buildWorld, site, type World } from "./world.ts";

const SITES = 60;
/** Dead by address, by name in ClientHello, by the provider's resolver: four each. */
const DEAD_EACH = 4;
/** A front page of the news, before compression; more than is read of a page under a certificate that holds. */
const PAGE_BYTES = Number(process.argv[2] ?? 150_000);
/** Most servers pack what browsers ask for packed; `bare` measures those that do not. */
const GZIP = process.argv[3] !== "bare";
/** Of an ordinary home; without a limit a server pours out what nobody will read. */
const LINE_MEGABITS = 20;
const GOALS = { seconds: 60, megabytes: 6 } as const;
const PACE = { round: 900, heartbeat: 30, link: 15 };
const LOOK_MS = 100;

async function round({ prefix, folder, undo, say }: Ground): Promise<boolean> {
  const world = await buildWorld({ count: SITES, pageBytes: PAGE_BYTES, gzip: GZIP, prefix, folder }, undo);
  await startCollector(world, SITES, PACE, undo);
  const data = await joinProbe(world, "probe");
  await killSome(world);
  const line = await countProbeLine(world);
  await shapeProbeLine(world, LINE_MEGABITS);
  const before = await line.read();
  const beganMs = performance.now();
  const probe = world.kuager.start("probe", world.namespace("probe"), ["probe", ...runWords(world, data), "--once"]);
  undo.add("probe", probe.stop);
  const { pid } = probe.child;
  let cpu = 0;
  const watch = setInterval(() => {
    cpu = pid === undefined ? 0 : (readCpu(pid) ?? cpu);
  }, LOOK_MS);
  const code = await probe.ended;
  clearInterval(watch);
  const seconds = (performance.now() - beganMs) / 1000;
  const used = difference(before, await line.read());
  if (code !== 0) throw new Error(`the probe ended with ${code}:\n${await probe.logTail()}`);
  const [up, down] = [sumOf(used, "up_"), sumOf(used, "down_")];
  say(
    `${SITES} sites, ${3 * DEAD_EACH} dead; pages of ${PAGE_BYTES} bytes, ${GZIP ? "packed by gzip" : "never packed"}; a line of ${LINE_MEGABITS} Mbit/s; start, look at the line, delivery included`,
  );
  for (const [name, { packets, bytes }] of Object.entries(used))
    if (packets > 0)
      say(`  ${name.padEnd(16)} ${megabytes(bytes).padStart(10)} ${String(packets).padStart(7)} packets`);
  say(`up ${megabytes(up.bytes)}, down ${megabytes(down.bytes)}, ${up.packets + down.packets} packets`);
  say(`CPU ${cpu.toFixed(2)} s`);
  const lines = [
    goalLine("a round lasts", seconds, GOALS.seconds, "s"),
    goalLine("a round moves", (up.bytes + down.bytes) / 1e6, GOALS.megabytes, "MB"),
  ];
  for (const { text } of lines) say(text);
  return lines.every(({ ok }) => ok);
}

/** The last reading before the process ended is the one that counts. */
function readCpu(pid: number): number | null {
  try {
    return cpuS(pid);
  } catch {
    return null;
  }
}

async function killSome(world: World): Promise<void> {
  const core = world.namespace("core");
  const dead = Array.from({ length: 3 * DEAD_EACH }, (_, index) => site(5 * index));
  const dropped = dead.slice(0, DEAD_EACH).map(({ address }) => address);
  const rule = `ip daddr { ${dropped.join(", ")} } drop;`;
  await addNftTable(core, "dead_addresses", `chain c {\ntype filter hook forward priority 0;\n${rule}\n}`);
  for (const { name } of dead.slice(DEAD_EACH, 2 * DEAD_EACH)) await silenceName(core, name);
  // Silent whoever is asked: the dearest way for a name to be dead.
  for (const { name } of dead.slice(2 * DEAD_EACH)) await dropQuestions(core, name);
}

await runBench(round);
