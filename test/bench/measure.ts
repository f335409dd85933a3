// npm run bench:measure: what one measurement of a site costs on the wire, in time and in CPU, by the probe's own code.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import { silenceName } from "../lab/acts/in-force.ts";
import { labEnvironment } from "../lab/processes/kuager.ts";
import { runInside, startProcess } from "../lab/processes/start.ts";
import { until } from "../lab/until.ts";
import type { CheckSettings } from "./check-cost.ts";
import type { Line } from "./counters.ts";
import { type Counted, difference, spread, sumOf } from "./figures.ts";
import { countProbeLine } from "./probe-in-world.ts";
import { type Ground, runBench } from "./run-bench.ts";
import { buildWorld, CONTROL_NAME, site, type World } from "./world.ts";

const CHECK = fileURLToPath(new URL("./check-cost.js", import.meta.url));
const H2_SERVER = fileURLToPath(new URL("./h2-server.js", import.meta.url));
/** Small, so that what is counted is the measurement and not the page. */
const PAGE_BYTES = 1_200;
const CHECKS = 24;
const TURNS = 3;
const H2_PORT = 8443;
const START_TIMEOUT_MS = 20_000;
const Cost = z.object({ cpuMs: z.number(), wallMs: z.array(z.number()), failed: z.int() });

async function measure({ prefix, folder, undo, say }: Ground): Promise<boolean> {
  const world = await buildWorld({ count: 2, pageBytes: PAGE_BYTES, prefix, folder }, undo);
  await startH2(world, undo);
  const line = await countProbeLine(world);
  await silenceName(world.namespace("core"), site(1).name);
  say(
    `a page of ${PAGE_BYTES} bytes; the system's resolver (A, AAAA) and getaddrinfo, TCP, TLS 1.3 (ECDSA P-256), HTTP`,
  );
  const healthy = { checks: CHECKS, warmUp: 8, atOnce: 1, os: true, followups: true };
  await tell("healthy, HTTP/1.1", `https://${site(0).name}/`, healthy);
  await tell("healthy, HTTP/2", `https://${site(0).name}:${H2_PORT}/`, healthy);
  await tell("healthy, HTTP/1.1, eight at once", `https://${site(0).name}/`, { ...healthy, atOnce: 8 });
  const blocked = { checks: 2, warmUp: 0, atOnce: 2, os: true, followups: true };
  await tell("silent after ClientHello, all follow-ups", `https://${site(1).name}/`, blocked, 1);
  return true;

  async function tell(title: string, url: string, manner: Manner, turns = TURNS): Promise<void> {
    const costs: z.infer<typeof Cost>[] = [];
    const before = await line.read();
    for (let turn = 0; turn < turns; turn++) costs.push(await check(world, { url, ...manner }));
    const used = await since(line, before);
    const count = turns * (manner.checks + manner.warmUp);
    say(`\n${title}: of ${count} measurements`);
    for (const [name, { packets, bytes }] of Object.entries(used))
      if (packets > 0)
        say(
          `  ${name.padEnd(14)} ${(bytes / count).toFixed(0).padStart(7)} B  ${(packets / count).toFixed(1)} packets`,
        );
    const [up, down] = [sumOf(used, "up_"), sumOf(used, "down_")];
    const packets = ((up.packets + down.packets) / count).toFixed(1);
    say(
      `  up ${(up.bytes / count).toFixed(0)} B, down ${(down.bytes / count).toFixed(0)} B, ${packets} packets (with IP headers)`,
    );
    say(
      `  time ${spread(
        costs.flatMap(({ wallMs }) => wallMs),
        "ms",
        0,
      )}`,
    );
    say(
      `  CPU ${spread(
        costs.map(({ cpuMs }) => cpuMs),
        "ms",
        2,
      )}`,
    );
  }
}

type Manner = Pick<CheckSettings, "checks" | "warmUp" | "atOnce" | "os" | "followups">;

async function since(line: Line, before: Counted): Promise<Counted> {
  return difference(before, await line.read());
}

async function check(world: World, manner: Manner & { url: string }) {
  const settings: CheckSettings = { ...manner, ca: [world.authority.root], controlSni: CONTROL_NAME };
  const text = await runInside({
    name: "check",
    namespace: world.namespace("probe"),
    command: ["taskset", "-c", "0", process.execPath, CHECK, JSON.stringify(settings)],
    logFile: join(world.logs, "check.log"),
    env: labEnvironment(world.folder),
  });
  const cost = parseJson(Cost, text);
  if (!cost.ok) throw new Error(`a check cannot be read: ${cost.problems.join("; ")}`);
  return cost.value;
}

async function startH2(world: World, undo: Ground["undo"]): Promise<void> {
  const { name, address } = site(0);
  const credential = await world.authority.issue([name]);
  const running = startProcess({
    name: "h2",
    namespace: world.namespace("world"),
    command: [
      process.execPath,
      H2_SERVER,
      JSON.stringify({ ...credential, address, port: H2_PORT, pageBytes: PAGE_BYTES }),
    ],
    logFile: join(world.logs, "h2.log"),
    env: labEnvironment(world.folder),
    output: "log",
  });
  undo.add("h2", running.stop);
  const listening = async () => (await running.logTail()).includes("listening");
  await until("the HTTP/2 server listens", listening, START_TIMEOUT_MS, new AbortController().signal);
}

await runBench(measure);
