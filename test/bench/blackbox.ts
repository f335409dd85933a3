import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import type { UndoList } from "../lab/net/undo-list.ts";
import { labEnvironment } from "../lab/processes/kuager.ts";
import { type Running, runInside, startProcess } from "../lab/processes/start.ts";
import { pause } from "../lab/until.ts";
import type { CheckSettings } from "./check-cost.ts";
import { median, spread } from "./figures.ts";
import { cpuS } from "./process-costs.ts";
import { RESOLVER, site, type World } from "./world.ts";

const PROGRAM = "prometheus-blackbox-exporter";
const CHECK = fileURLToPath(new URL("./check-cost.js", import.meta.url));
const PORT = 9115;
const CHECKS = 240;
const WARM_UP = 80;
const TURNS = 3;
const START_MS = 1_500;
const Cost = z.object({ cpuMs: z.number(), wallMs: z.array(z.number()), failed: z.int() });

/**
 * CPU of a full check (DNS, TCP, TLS, HTTP; 8 at once) as a ratio to blackbox_exporter's probes of the same site, https
 * and twice dns, since a check asks for A and for AAAA; both on processor 0 and in turn; median of three pairs. Null where the exporter is not installed.
 */
export async function blackboxCheckMs(
  world: World,
  undo: UndoList,
  say: (text: string) => void,
): Promise<number | null> {
  if (!isInstalled()) {
    say(`${PROGRAM} is not installed: no comparison`);
    return null;
  }
  const exporter = await startExporter(world);
  undo.add("exporter", exporter.stop);
  await pause(START_MS, new AbortController().signal);
  await askExporter(world, exporter, "https", `https://${site(0).address}/`);
  const pairs: { ours: number; https: number; dns: number; aaaa: number }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const https = await askExporter(world, exporter, "https", `https://${site(0).address}/`);
    const dns = await askExporter(world, exporter, "dns", RESOLVER);
    const aaaa = await askExporter(world, exporter, "aaaa", RESOLVER);
    pairs.push({ ours: await checkOurselves(world), https, dns, aaaa });
  }
  await exporter.stop();
  say(
    `CPU of a full check: ${spread(
      pairs.map(({ ours }) => ours),
      "ms",
      2,
    )}`,
  );
  say(
    `CPU of blackbox_exporter's https + dns (A) + dns (AAAA): ${spread(
      pairs.map(({ https, dns, aaaa }) => https + dns + aaaa),
      "ms",
      2,
    )}`,
  );
  say(
    `  the ratio without its second question: ${median(pairs.map(({ ours, https, dns }) => ours / (https + dns))).toFixed(2)}`,
  );
  return median(pairs.map(({ ours, https, dns, aaaa }) => ours / (https + dns + aaaa)));
}

function isInstalled(): boolean {
  try {
    execFileSync("which", [PROGRAM, "taskset"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function startExporter(world: World): Promise<Running> {
  const { name } = site(0);
  const tls = `tls_config: { ca_file: ${world.caFile}, server_name: ${name} }`;
  const http = `{ preferred_ip_protocol: ip4, headers: { Host: ${name} }, ${tls} }`;
  const dns = (type: "A" | "AAAA") => `{ preferred_ip_protocol: ip4, query_name: ${name}, query_type: ${type} }`;
  const file = join(world.folder, "blackbox.yml");
  await writeFile(
    file,
    `modules:\n  https: { prober: http, timeout: 5s, http: ${http} }\n  dns: { prober: dns, timeout: 5s, dns: ${dns("A")} }\n  aaaa: { prober: dns, timeout: 5s, dns: ${dns("AAAA")} }\n`,
  );
  const words = [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${PORT}`, "--log.level=error"];
  return startProcess({
    name: "exporter",
    namespace: world.namespace("probe"),
    command: ["taskset", "-c", "0", PROGRAM, ...words],
    logFile: join(world.logs, "exporter.log"),
    env: { ...labEnvironment(world.folder), GOMAXPROCS: "1" },
    output: "log",
  });
}

/** Asks in a process of its own on the other processor; throws when a probe of the exporter did not succeed. */
const ASK = `
const [url, count] = process.argv.slice(1);
const one = async () => {
  const text = await (await fetch(url)).text();
  if (!/^probe_success 1$/m.test(text)) throw new Error(text.slice(0, 500));
};
const lane = async () => { for (let n = 0; n < count / 8; n++) await one(); };
await Promise.all(Array.from({ length: 8 }, lane));
`;

async function askExporter(world: World, exporter: Running, module: string, target: string): Promise<number> {
  const { pid } = exporter.child;
  if (pid === undefined) throw new Error("the exporter did not start");
  const url = `http://127.0.0.1:${PORT}/probe?module=${module}&target=${encodeURIComponent(target)}`;
  const before = cpuS(pid);
  const count = CHECKS - (CHECKS % 8);
  await inside(world, "ask", [
    ...["taskset", "-c", "1", process.execPath, "--input-type=module", "-e", ASK],
    ...[url, String(count)],
  ]);
  return ((cpuS(pid) - before) / count) * 1000;
}

async function checkOurselves(world: World): Promise<number> {
  const settings: CheckSettings = {
    url: `https://${site(0).name}/`,
    ca: [world.authority.root],
    checks: CHECKS,
    warmUp: WARM_UP,
    atOnce: 8,
    os: false,
    followups: false,
    controlSni: null,
  };
  const words = ["taskset", "-c", "0", process.execPath, CHECK, JSON.stringify(settings)];
  const cost = parseJson(Cost, await inside(world, "check", words));
  if (!cost.ok) throw new Error(`a check cannot be read: ${cost.problems.join("; ")}`);
  if (cost.value.failed > 0) throw new Error(`${cost.value.failed} of ${CHECKS} checks failed`);
  return cost.value.cpuMs;
}

/** Runs a program to its end on the measuring host; returns its output. */
function inside(world: World, name: string, command: readonly string[]): Promise<string> {
  const place = { name, namespace: world.namespace("probe"), logFile: join(world.logs, `${name}.log`) };
  return runInside({ ...place, command, env: labEnvironment(world.folder) });
}
