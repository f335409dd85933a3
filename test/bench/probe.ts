// npm run bench:probe: memory, start and work of the bundled probe, beside bare Node and blackbox_exporter in the same run.
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { labEnvironment } from "../lab/processes/kuager.ts";
import { type Running, startProcess } from "../lab/processes/start.ts";
import { pause, until } from "../lab/until.ts";
import { blackboxCheckMs } from "./blackbox.ts";
import { goalLine, median, megabytes, perDay } from "./figures.ts";
import { joinProbe, lookAtNothingElse, runWords, startCollector } from "./probe-in-world.ts";
import { cpuS, residentKib, threads, writtenBytes } from "./process-costs.ts";
import { type Ground, runBench } from "./run-bench.ts";
import { buildWorld, type World } from "./world.ts";

const BUNDLE = fileURLToPath(new URL("../../bundle/kuager-probe.mjs", import.meta.url));
const MAKE_BUNDLE = fileURLToPath(new URL("../../../bin/bundle.mjs", import.meta.url));
const SITES = 80;
const CHECKS = 800;
const STARTS = 5;
const ROUND_S = 900;
/** Until a young process has come to rest. */
const SETTLE_MS = 3_000;
const MOST_MS = 280_000;
const GOALS = { idle: 1.45, worked: 1.75, startS: 0.3, check: 1.5 } as const;
const never = new AbortController().signal;

async function probe({ prefix, folder, undo, say }: Ground): Promise<boolean> {
  execFileSync(process.execPath, [MAKE_BUNDLE], { stdio: "ignore" });
  const world = await buildWorld({ count: SITES, pageBytes: 1_200, prefix, folder }, undo);
  const collector = await startCollector(world, SITES, { round: ROUND_S, heartbeat: 30, link: 15 }, undo);
  const data = await joinProbe(world, "probe");
  const start = (name: string, words: readonly string[]) => startNode(world, name, words, undo);

  const bare = await Promise.all(
    [1, 2, 3].map((n) => restingKib(start(`bare-${n}`, ["-e", "setInterval(() => {}, 1e6)"]))),
  );
  const bareKib = median(bare.map(({ all }) => all));
  say(`bare node: ${mib(bareKib)}`);

  const idle: number[] = [];
  const starts: number[] = [];
  for (let n = 1; n <= STARTS; n++) {
    const own = join(folder, `idle-${n}`);
    cpSync(data, own, { recursive: true });
    lookAtNothingElse(own);
    const running = start(`idle-${n}`, [BUNDLE, ...runWords(world, own)]);
    const { all, own: anonymous, cpu } = await restingKib(running);
    say(
      `idle: ${mib(all)}, of it ${mib(anonymous)} its own, ${threads(pidOf(running))} threads, start ${cpu.toFixed(2)} s CPU`,
    );
    idle.push(all);
    starts.push(cpu);
    await running.stop();
  }

  // A cadence of seconds: rounds follow one another, which compresses days into minutes.
  await collector.stop();
  await startCollector(world, SITES, { round: 1, heartbeat: 30, link: 15 }, undo);
  const running = start("work", [BUNDLE, ...runWords(world, data)]);
  const pid = pidOf(running);
  const done = () => Promise.resolve(checksIn(data));
  await until("the first round is done", async () => (await done()) >= SITES, MOST_MS, never);
  const began = { checks: await done(), cpu: cpuS(pid), written: writtenBytes(pid) };
  await until(`${CHECKS} checks are done`, async () => (await done()) >= CHECKS, MOST_MS, never);
  const ended = { checks: await done(), cpu: cpuS(pid), written: writtenBytes(pid) };
  const workedKib = residentKib(pid);
  await running.stop();
  const checks = ended.checks - began.checks;
  const rounds = checks / SITES;
  const checkMs = ((ended.cpu - began.cpu) / checks) * 1000;
  say(`after ${ended.checks} checks: ${mib(workedKib.all)}, of it ${mib(workedKib.own)} its own`);
  say(
    `a round of ${SITES} sites: ${((ended.cpu - began.cpu) / rounds).toFixed(2)} s CPU (${checkMs.toFixed(2)} ms a site: 4 resolvers of 2 kinds, 2 of them over TLS)`,
  );
  say(
    `written: ${megabytes(perDay(ended.written - began.written, rounds, ROUND_S))} a day of rounds every ${ROUND_S} s (write_bytes of ${rounds.toFixed(1)} rounds)`,
  );

  const check = await blackboxCheckMs(world, undo, say);
  const lines = [
    goalLine("idle resident / bare node", median(idle) / bareKib, GOALS.idle),
    goalLine(`resident after ${CHECKS} checks / bare node`, workedKib.all / bareKib, GOALS.worked),
    goalLine("start-up CPU", median(starts), GOALS.startS, "s"),
    ...(check === null
      ? []
      : [goalLine("CPU of a full check / blackbox_exporter's https + both dns", check, GOALS.check)]),
  ];
  for (const { text } of lines) say(text);
  return lines.every(({ ok }) => ok);
}

function startNode(world: World, name: string, words: readonly string[], undo: Ground["undo"]): Running {
  const running = startProcess({
    name,
    namespace: world.namespace("probe"),
    command: [process.execPath, ...words],
    logFile: join(world.logs, `${name}.log`),
    env: labEnvironment(world.folder),
    output: "log",
  });
  undo.add(name, running.stop);
  return running;
}

async function restingKib(running: Running) {
  await pause(SETTLE_MS, never);
  const pid = pidOf(running);
  const found = { ...residentKib(pid), cpu: cpuS(pid) };
  if (running.name.startsWith("bare")) await running.stop();
  return found;
}

function pidOf({ name, child }: Running): number {
  if (child.pid === undefined) throw new Error(`${name} did not start`);
  return child.pid;
}

function checksIn(data: string): number {
  const sql = "SELECT count(*) FROM entry WHERE kind = 'web'";
  const program = `const D=require(process.argv[1]);try{process.stdout.write(String(new D(process.argv[2],{readonly:true}).prepare(process.argv[3]).pluck().get()))}catch{process.stdout.write("0")}`;
  const driver = fileURLToPath(new URL("../../../node_modules/better-sqlite3", import.meta.url));
  return Number(
    execFileSync(process.execPath, ["-e", program, driver, join(data, "journal.sqlite"), sql], { encoding: "utf8" }),
  );
}

function mib(kib: number): string {
  return `${(kib / 1024).toFixed(1)} MiB`;
}

await runBench(probe);
