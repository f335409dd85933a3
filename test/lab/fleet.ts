import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pLimit from "p-limit";
import { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import type { Lab } from "./lab.ts";
import type { UndoList } from "./net/undo-list.ts";
import { endSignal, watchEnd } from "./processes/end-signal.ts";
import type { Running } from "./processes/start.ts";
import { until } from "./until.ts";
import { COLLECTOR_PORT, CONTROL_NAME, CONTROLS, DOH_ADDRESS, PUBLIC_RESOLVER } from "./world/places.ts";
import { writeTargetList } from "./world/target-list.ts";
import { probePlaces } from "./world/topology.ts";

/** How often things happen, in seconds. */
export type Pace = { round: number; heartbeat: number; link: number };
/** For scenarios, where days become minutes. */
export const QUICK_PACE: Pace = { round: 5, heartbeat: 3, link: 3 };
const START_TIMEOUT_MS = 60_000;
/** Programs started at once: more would only wait for the processor. */
const AT_ONCE = 3;

const InviteAnswer = z.object({ code: z.string() });

/** A collector that answers, and its address as seen from this machine. */
export type Collector = { running: Running; url: string };

/** Starts the collector and waits until it answers. Throws `failed` with its log when it ends instead. */
export async function startCollector(
  lab: Lab,
  { round, heartbeat, link }: Pace,
  undo: UndoList,
  signal: AbortSignal,
): Promise<Collector> {
  const targets = join(lab.folder, "targets");
  await mkdir(targets, { recursive: true });
  await writeTargetList(targets);
  const pace = ["--round-seconds", `${round}`, "--heartbeat-seconds", `${heartbeat}`, "--link-seconds", `${link}`];
  const listen = ["--host", "0.0.0.0", "--port", String(COLLECTOR_PORT)];
  const words = ["collector", "serve", "--data", collectorData(lab), "--targets", targets, ...listen, ...pace];
  const running = lab.kuager.start("collector", lab.namespace("collector"), words);
  undo.add("collector", running.stop);
  const url = `http://${lab.pageAddress}:${COLLECTOR_PORT}`;
  const ended = AbortSignal.any([signal, endSignal([running])]);
  await until("the collector answers", () => answers(url), START_TIMEOUT_MS, ended);
  return { running, url };
}

/** The power of probes' hosts, by the probes' names. */
export type Power = {
  off: (names: readonly string[]) => Promise<void>;
  on: (names: readonly string[]) => Promise<void>;
};

/** A probe to be: its name, and what its invitation says. */
export type Probe = { name: string; invite: readonly string[] };

/** All probes of the lab. */
export type Fleet = { count: number; power: Power /** Aborts when a probe ends by itself. */; broken: AbortSignal };

/** The probes of the whole lab: eight witnesses and the controls abroad. */
export function wholeFleet(): Probe[] {
  const witnesses = probePlaces().map(({ name, network, city }) => ({
    name,
    invite: ["--region", city.region, "--asn", String(network.asn), "--access", network.access],
  }));
  const controls = CONTROLS.map(({ name, country }) => ({ name, invite: ["--role", "control", "--region", country] }));
  return [...controls, ...witnesses];
}

/** Invites, joins and starts these probes; a probe's name is its node's. */
export async function startFleet(
  lab: Lab,
  probes: readonly Probe[],
  undo: UndoList,
  signal: AbortSignal,
): Promise<Fleet> {
  const limit = pLimit(AT_ONCE);
  const running = new Map<string, Running>();
  const broken = new AbortController();
  const keep = (probe: Running) => {
    running.set(probe.name, probe);
    watchEnd(probe, broken, () => running.get(probe.name) === probe);
  };
  undo.add("probes", () => {
    const all = [...running.values()];
    running.clear();
    return Promise.all(all.map((probe) => probe.stop()));
  });
  const starts = probes.map((probe) =>
    limit(async () => {
      signal.throwIfAborted();
      keep(await joinAndStart(lab, probe));
    }),
  );
  // All are awaited before the first failure is told: what still starts must be known to `undo`.
  await Promise.allSettled(starts);
  await Promise.all(starts);
  return { count: probes.length, power: powerOf(lab, running, keep), broken: broken.signal };
}

function powerOf(lab: Lab, running: Map<string, Running>, keep: (probe: Running) => void): Power {
  return {
    off: async (names) => {
      const lost = names.flatMap((name) => running.get(name) ?? []);
      for (const { name } of lost) running.delete(name);
      await Promise.all(lost.map((probe) => probe.powerOff()));
    },
    on: async (names) => {
      for (const name of names) {
        const bootIdFile = join(lab.folder, `${name}-boot-id`);
        await writeFile(bootIdFile, `${randomUUID()}\n`);
        keep(lab.kuager.start(name, lab.namespace(name), runWords(lab, name), bootIdFile));
      }
    },
  };
}

async function joinAndStart(lab: Lab, probe: Probe): Promise<Running> {
  const { name } = probe;
  const inviteWords = ["collector", "invite", "--data", collectorData(lab), "--json", ...probe.invite];
  const invited = await lab.kuager.run(`${name}-invite`, lab.namespace("collector"), inviteWords);
  const parsed = parseJson(InviteAnswer, invited);
  if (!parsed.ok) throw new CodedError("failed", `The invitation for ${name} cannot be read: ${invited}`);
  const collector = ["--collector", `http://${lab.addressOf("collector")}:${COLLECTOR_PORT}`];
  const words = ["probe", "join", parsed.value.code, ...collector, "--yes", "--data", join(lab.folder, name)];
  await lab.kuager.run(name, lab.namespace(name), words);
  return lab.kuager.start(name, lab.namespace(name), runWords(lab, name));
}

function runWords(lab: Lab, name: string): string[] {
  const world = ["--ca", lab.caFile, "--public-resolver", PUBLIC_RESOLVER, "--doh", `https://${DOH_ADDRESS}/dns-query`];
  return ["probe", "run", "--data", join(lab.folder, name), ...world, "--control-sni", CONTROL_NAME];
}

/** Imports events into the collector from CSV text, as an editor would. */
export async function importEvents(lab: Lab, csv: string): Promise<void> {
  const file = join(lab.folder, "events.csv");
  await writeFile(file, csv);
  const words = ["collector", "event", "import", file, "--data", collectorData(lab)];
  await lab.kuager.run("event-import", lab.namespace("collector"), words);
}

function collectorData(lab: Lab): string {
  return join(lab.folder, "collector");
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}
