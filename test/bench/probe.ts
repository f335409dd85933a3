// npm run bench:probe: memory, start, work and writing of the bundled probe, beside bare Node and blackbox_exporter in the same run.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { labEnvironment } from "../lab/processes/kuager.ts";
import { type Running, startProcess } from "../lab/processes/start.ts";
import { pause } from "../lab/until.ts";
import { blackboxCheckMs } from "./blackbox.ts";
import { insertCard } from "./card.ts";
import { goalLine, median, megabytes, spread } from "./figures.ts";
import { joinProbe, lookAtNothingElse, runWords, startCollector } from "./probe-in-world.ts";
import { CHECKS, ROUNDS_A_DAY, SITES, work } from "./probe-work.ts";
import { cpuS, type Resident, residentKib, threads } from "./process-costs.ts";
import { type Ground, runBench } from "./run-bench.ts";
import { buildWorld, COLLECTOR_PORT, RESOLVER, site, type World } from "./world.ts";

const BUNDLE = fileURLToPath(new URL("../../bundle/kuager-probe.mjs", import.meta.url));
const MAKE_BUNDLE = fileURLToPath(new URL("../../../bin/bundle.mjs", import.meta.url));
const FLOOR = fileURLToPath(new URL("./floor.js", import.meta.url));
const FLOOR_BUNDLE = fileURLToPath(new URL("./floor.bundle.mjs", import.meta.url));
const STARTS = 5;
/** The start is over by then: joined, the line looked at, the collector greeted. */
const START_MS = 3_000;
/** By then V8 has given back what the start took (its memory reducer waits for eight seconds). */
const REST_MS = 15_000;
const GOALS = { idle: 1.45, worked: 1.75, startS: 0.3, check: 1.5 } as const;
const never = new AbortController().signal;

type Idle = { kib: Resident; startS: number };
type Start = (name: string, words: readonly string[]) => Running;

async function probe({ prefix, folder, undo, say }: Ground): Promise<boolean> {
  execFileSync(process.execPath, [MAKE_BUNDLE], { stdio: "ignore" });
  await bundleFloor();
  const world = await buildWorld({ count: SITES, pageBytes: 1_200, prefix, folder }, undo);
  const collector = await startCollector(world, SITES, { round: 900, heartbeat: 30, link: 15 }, undo);
  const start: Start = (name, words) => startNode(world, name, words, undo);
  const bare = await inTurn(["bare-1", "bare-2", "bare-3"], () => ["-e", "setInterval(() => {}, 1e6)"], start);
  const bareKib = median(bare.map(({ kib }) => kib.all));
  say(
    `bare node: ${mib(bareKib)}, start ${spread(
      bare.map(({ startS }) => startS),
      "s CPU",
      2,
    )}`,
  );
  const floor = await inTurn(["floor-1", "floor-2", "floor-3"], () => [FLOOR_BUNDLE, ...floorWords(world)], start);
  const floorKib = median(floor.map(({ kib }) => kib.all));
  say(
    `its libraries alone (better-sqlite3, ws, pino, dns-packet, TLS), each used once: ${mib(floorKib)} = ${(floorKib / bareKib).toFixed(2)} x bare node`,
  );
  const idle = await idleProbes(world, start, say);
  const idleKib = median(idle.map(({ kib }) => kib.all));
  await collector.stop();
  const worked = await work(world, {
    start: (words) => start("work", [BUNDLE, ...words]),
    card: insertCard(folder, undo),
    undo,
    say,
  });
  const check = await blackboxCheckMs(world, undo, say);
  const lines = [
    goalLine("idle resident / bare node", idleKib / bareKib, GOALS.idle),
    goalLine(`resident after ${CHECKS} checks / bare node`, worked.restKib / bareKib, GOALS.worked),
    goalLine("start-up CPU", median(idle.map(({ startS }) => startS)), GOALS.startS, "s"),
    ...(check === null
      ? []
      : [goalLine("CPU of a full check / blackbox_exporter's https + both dns", check, GOALS.check)]),
  ];
  say(
    `at the peak of a round, measuring process included: ${mib(worked.peak.all)} resident = ${(worked.peak.all / bareKib).toFixed(2)} x bare node; ${mib(worked.peak.shared)} with shared pages counted once`,
  );
  if (worked.dayBytes !== null)
    say(`written a day (${ROUNDS_A_DAY} rounds of ${SITES} sites): ${megabytes(worked.dayBytes)}`);
  for (const { text } of lines) say(text);
  return lines.every(({ ok }) => ok);
}

/** Probes that have joined, each with a key of its own, whose volunteers agreed to no site: they do everything but measure. */
async function idleProbes(world: World, start: Start, say: Ground["say"]): Promise<Idle[]> {
  const folders: string[] = [];
  for (let n = 1; n <= STARTS; n++) {
    const data = await joinProbe(world, `idle-${n}`);
    lookAtNothingElse(data);
    folders.push(data);
  }
  const words = (name: string) => [BUNDLE, ...runWords(world, join(world.folder, name))];
  const names = folders.map((_, index) => `idle-${index + 1}`);
  const idle = await inTurn(names, words, start);
  for (const { kib, startS, threads: count } of idle)
    say(`idle: ${mib(kib.all)}, of it ${mib(kib.own)} its own, ${count} threads, start ${startS.toFixed(2)} s CPU`);
  return idle;
}

/** Starts one after another, so that none disturbs another's start; reads each at rest, and ends it. */
async function inTurn(names: readonly string[], words: (name: string) => readonly string[], start: Start) {
  const all: { running: Running; startS: number; sinceMs: number }[] = [];
  for (const name of names) {
    const running = start(name, words(name));
    const sinceMs = performance.now();
    await pause(START_MS, never);
    all.push({ running, startS: cpuS(pidOf(running)), sinceMs });
  }
  const found: (Idle & { threads: number })[] = [];
  for (const { running, startS, sinceMs } of all) {
    await pause(Math.max(0, sinceMs + REST_MS - performance.now()), never);
    const pid = pidOf(running);
    found.push({ kib: residentKib(pid), startS, threads: threads(pid) });
  }
  for (const { running } of all) await running.stop();
  return found;
}

/** One file as well, since reading many modules costs memory of its own. */
async function bundleFloor(): Promise<void> {
  const required = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";
  await build({
    entryPoints: [FLOOR],
    outfile: FLOOR_BUNDLE,
    ...{ bundle: true, minify: true, platform: "node", format: "esm", banner: { js: required } },
    external: ["better-sqlite3", "bufferutil", "utf-8-validate"],
  });
}

function floorWords(world: World): string[] {
  const { name, address } = site(0);
  const url = `ws://${world.addressOf("collector")}:${COLLECTOR_PORT}/uplink/v1`;
  return [url, `${address}:443:${name}`, RESOLVER, world.caFile, world.folder];
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

function pidOf({ name, child }: Running): number {
  if (child.pid === undefined) throw new Error(`${name} did not start`);
  return child.pid;
}

function mib(kib: number): string {
  return `${(kib / 1024).toFixed(1)} MiB`;
}

await runBench(probe);
