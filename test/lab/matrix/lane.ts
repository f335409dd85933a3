import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CodedError } from "../../../protocol/coded-error.ts";
import { parseJson } from "../../../protocol/parse.ts";
import type { Ground } from "../acts/act.ts";
import { buildNet, setResolver } from "../net/build-net.ts";
import { mirror } from "../net/mirror.ts";
import { planNet } from "../net/plan.ts";
import type { UndoList } from "../net/undo-list.ts";
import { labEnvironment } from "../processes/kuager.ts";
import { startMiddlebox } from "../processes/middlebox.ts";
import { startResolver } from "../processes/resolver.ts";
import { startServers } from "../processes/server-process.ts";
import { startTalker, type Talker } from "../processes/talker.ts";
import { resolverPlan } from "../world/server-configs.ts";
import type { Credentials } from "./credentials.ts";
import { ANCHORS, BLOCKS, CONTROL_NAME, DOH_ADDRESS, NODES, PUBLIC_RESOLVER, RESOLVER } from "./places.ts";
import { Measured, type MeasurerSettings, type Question } from "./questions.ts";
import { laneServers } from "./servers.ts";

const MEASURER = fileURLToPath(new URL("./measurer.js", import.meta.url));

/** One subscriber's world with everything in it, apart from all other lanes. */
export type Lane = {
  ground: Ground;
  /** Measures from the subscriber's line, and from abroad. Throws `failed` when the measurement itself breaks. */
  asProbe: (question: Question) => Promise<Measured>;
  asControl: (question: Question) => Promise<Measured>;
};

/** Builds a lane. Everything made is remembered in `undo`; the caller closes it whatever happens. */
export async function buildLane(
  { prefix, folder, credentials }: { prefix: string; folder: string; credentials: Credentials },
  undo: UndoList,
): Promise<Lane> {
  await mkdir(folder, { recursive: true });
  const plan = planNet(NODES, BLOCKS);
  const { namespace } = await buildNet(plan, prefix, undo);
  await setResolver(namespace("probe"), RESOLVER, undo);
  await setResolver(namespace("control"), PUBLIC_RESOLVER, undo);
  const place = (name: string, node: string) => ({
    name: `${prefix}${name}`,
    namespace: namespace(node),
    logFile: join(folder, `${name}.log`),
    env: labEnvironment(folder),
  });
  const configs = await laneServers(credentials);
  const [sitesAbroad] = await startAll(["world", "domestic"] as const, async (node) => {
    const server = await startServers(place(`servers-${node}`, node), configs[node]);
    undo.add(`servers of ${node}`, server.stop);
    return server;
  });
  const resolver = await startResolver({ prefix, ...place("resolver", "core") }, resolverPlan(RESOLVER), undo);
  const middlebox = startMiddlebox(place("middlebox", "core"));
  undo.add("middlebox", middlebox.stop);
  const link = plan.links.find(({ child }) => child === "probe");
  if (link === undefined) throw new CodedError("fault", "The lane has no subscriber.");
  const towardsProbe = link.parentDevice;
  const up = plan.links.find(({ child }) => child === "core");
  const insideAddress = up?.childAddress ?? link.parentAddress;
  const at = { core: namespace("core"), world: namespace("world"), domestic: namespace("domestic") };
  const host = { probe: namespace("probe"), gatewayV6: mirror(link.parentAddress) };
  const ground = { ...at, ...host, towardsProbe, insideAddress, resolver, sitesAbroad, middlebox, credentials };
  const measurer = async (node: "probe" | "control") => {
    const talker = startTalker(place(`measurer-${node}`, node), MEASURER);
    undo.add(`measurer of ${node}`, talker.stop);
    await talker.ask(settings(credentials));
    return (question: Question) => ask(talker, question);
  };
  return { ground, asProbe: await measurer("probe"), asControl: await measurer("control") };
}

/** All at once, all awaited before the first failure is told: what still starts must be known to `undo`. */
async function startAll<N, T>(nodes: readonly [N, N], start: (node: N) => Promise<T>): Promise<[T, T]> {
  const starting = [start(nodes[0]), start(nodes[1])] as const;
  await Promise.allSettled(starting);
  return Promise.all(starting);
}

function settings({ authority }: Credentials): MeasurerSettings {
  return {
    ca: authority.root,
    controlName: CONTROL_NAME,
    publicResolvers: [PUBLIC_RESOLVER],
    doh: [`https://${DOH_ADDRESS}/dns-query`],
    anchors: [...ANCHORS],
  };
}

async function ask(talker: Talker, question: Question): Promise<Measured> {
  const answer = parseJson(Measured, await talker.ask(question));
  if (!answer.ok) throw new CodedError("failed", `A measurement cannot be read: ${answer.problems.join("; ")}`);
  if (answer.value.problem !== null) throw new CodedError("failed", `A measurement broke: ${answer.value.problem}`);
  return answer.value;
}
