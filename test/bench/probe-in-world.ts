import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import { CATEGORIES } from "../../protocol/target.ts";
import { runTool } from "../lab/net/run-tool.ts";
import type { UndoList } from "../lab/net/undo-list.ts";
import type { Running } from "../lab/processes/start.ts";
import { until } from "../lab/until.ts";
import { countLine, type Line } from "./counters.ts";
import { COLLECTOR_PORT, CONTROL_NAME, DOH, PUBLIC_RESOLVERS, type World, writeLists } from "./world.ts";

const START_TIMEOUT_MS = 60_000;
const Invitation = z.object({ code: z.string() });

/** Cadences in seconds, as words of `collector serve`. */
export type Pace = { round: number; heartbeat: number; link: number };

/** Starts the collector of a world and waits until it answers a probe's invitation. */
export async function startCollector(world: World, count: number, pace: Pace, undo: UndoList): Promise<Running> {
  const targets = join(world.folder, "targets");
  await writeLists(targets, count);
  const listen = ["--host", "0.0.0.0", "--port", String(COLLECTOR_PORT), "--data", collectorData(world)];
  const cadence = ["--round-seconds", pace.round, "--heartbeat-seconds", pace.heartbeat, "--link-seconds", pace.link];
  const words = ["collector", "serve", ...listen, "--targets", targets, ...cadence.map(String)];
  // A log of its own for each, or the one before would seem to listen already.
  const name = `collector-${pace.round}`;
  const running = world.kuager.start(name, world.namespace("collector"), words);
  undo.add(name, running.stop);
  const log = () => running.logTail();
  const listening = async () => (await log()).includes("listening");
  await until("the collector listens", listening, START_TIMEOUT_MS, new AbortController().signal);
  return running;
}

/** Joins a probe of that name, below `folder`; returns its data folder. */
export async function joinProbe(world: World, name: string, folder: string = world.folder): Promise<string> {
  const invite = [
    "collector",
    "invite",
    "--data",
    collectorData(world),
    "--json",
    "--region",
    "KZ-75",
    "--asn",
    "9198",
  ];
  const said = await world.kuager.run(`${name}-invite`, world.namespace("collector"), [...invite, "--access", "fixed"]);
  const parsed = parseJson(Invitation, said);
  if (!parsed.ok) throw new CodedError("failed", `The invitation cannot be read: ${said}`);
  const data = join(folder, name);
  const to = ["--collector", `http://${world.addressOf("collector")}:${COLLECTOR_PORT}`];
  await world.kuager.run(`${name}-join`, world.namespace("probe"), [
    ...["probe", "join", parsed.value.code, ...to, "--yes", "--data", data],
  ]);
  return data;
}

/** Makes the volunteer of a data folder agree to no site: the probe does everything but measure. */
export function lookAtNothingElse(data: string): void {
  const path = join(data, "membership.json");
  const membership: object = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...membership, agreed: { risk: 1, without: CATEGORIES } }));
}

/** The words of `probe run` in a world, with as many resolvers asked as by default. */
export function runWords(world: World, data: string): string[] {
  const resolvers = PUBLIC_RESOLVERS.flatMap((ip) => ["--public-resolver", ip]);
  const doh = DOH.flatMap((ip) => ["--doh", `https://${ip}/dns-query`]);
  const common = ["--data", data, "--ca", world.caFile, "--control-sni", CONTROL_NAME, "--no-im", "--no-speed"];
  return ["run", ...common, ...resolvers, ...doh];
}

/** Counts what passes on the probe's line. */
export function countProbeLine(world: World): Promise<Line> {
  const ends = world.plan.links.flatMap(({ child, parent, childDevice, parentDevice }) => [
    { namespace: `${child}`, device: childDevice },
    { namespace: `${parent}`, device: parentDevice },
  ]);
  const nodes = ["world", "collector", "core", "probe"] as const;
  const devices = ends.map(({ namespace, device }) => {
    const node = nodes.find((name) => name === namespace) ?? "probe";
    return { namespace: world.namespace(node), device };
  });
  return countLine(world.namespace("probe"), devices);
}

/** Makes the probe's line as slow as a home's, both ways. */
export async function shapeProbeLine(world: World, megabits: number): Promise<void> {
  const link = world.plan.links.find(({ child }) => child === "probe");
  if (link === undefined) throw new CodedError("fault", "The world has no probe.");
  const shape = ["root", "tbf", "rate", `${megabits}mbit`, "burst", "32kb", "latency", "100ms"];
  for (const [node, device] of [
    ["core", link.parentDevice],
    ["probe", link.childDevice],
  ] as const)
    await runTool("ip", ["netns", "exec", world.namespace(node), "tc", "qdisc", "add", "dev", device, ...shape]);
}

function collectorData(world: World): string {
  return join(world.folder, "collector");
}
