import { setTimeout as sleep } from "node:timers/promises";
import { openForReading } from "../../probe/journal/database.ts";
import { prepareRows } from "../../probe/journal/rows.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { LinkBody } from "../../protocol/records/link.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import type { UndoList } from "../lab/net/undo-list.ts";
import type { Running } from "../lab/processes/start.ts";
import { until } from "../lab/until.ts";
import type { Card } from "./card.ts";
import { writeAll } from "./card-writes.ts";
import { megabytes } from "./figures.ts";
import { joinProbe, runWords, startCollector } from "./probe-in-world.ts";
import { childrenOf, cpuWithChildrenS, type Resident, residentKib, residentWithChildrenKib } from "./process-costs.ts";
import type { World } from "./world.ts";

export const SITES = 80;
export const CHECKS = 800;
export const ROUNDS_A_DAY = 96;
const DAY_S = 86_400;
/** Rounds follow one another as closely as lets the measuring process end between them, which compresses days into minutes. */
const PACE = { round: 20, heartbeat: 30, link: 15 };
const MOST_MS = 600_000;
const REST_MS = 60_000;
const LOOK_MS = 1_000;
const never = new AbortController().signal;

type Work = {
  start: (words: readonly string[]) => Running;
  card: Card | null;
  undo: UndoList;
  say: (text: string) => void;
};
/** Resident after the work, at the highest with the measuring process, and what a day writes to a card. */
export type Worked = { restKib: number; peak: Resident; dayBytes: number | null };

/** Lets a probe measure in rounds until it has made all checks, and rest. Says what it cost. */
export async function work(world: World, { start, card, undo, say }: Work): Promise<Worked> {
  await startCollector(world, SITES, PACE, undo);
  const data = await joinProbe(world, "work", card?.folder);
  const running = start(runWords(world, data));
  const pid = running.child.pid ?? 0;
  const peak = watchPeak(pid);
  const checks = () => countOf(data);
  await until("the first round is done", async () => checks() >= SITES, MOST_MS, never);
  const began = { checks: checks(), cpu: cpuWithChildrenS(pid), atMs: performance.now() };
  await until(`${CHECKS} checks are done`, async () => checks() >= CHECKS, MOST_MS, never);
  const ended = { checks: checks(), cpu: cpuWithChildrenS(pid), atMs: performance.now() };
  await until("nothing is measured", async () => childrenOf(pid).length === 0, REST_MS, never);
  // What the round left behind is given back as the measuring process ends.
  await sleep(LOOK_MS);
  const rest = residentKib(pid);
  peak.stop();
  await running.stop();
  const rounds = (ended.checks - began.checks) / SITES;
  const seconds = (ended.atMs - began.atMs) / 1000;
  say(`after ${ended.checks} checks, none under way: ${mib(rest.all)}, of it ${mib(rest.own)} its own`);
  const cpu = ended.cpu - began.cpu;
  say(
    `a round of ${SITES} sites: ${(cpu / rounds).toFixed(2)} s CPU, the measuring process and the watch of the line included (${((cpu / rounds / SITES) * 1000).toFixed(1)} ms a site: 4 resolvers of 2 kinds, 2 of them over TLS); ${rounds.toFixed(0)} rounds in ${seconds.toFixed(0)} s`,
  );
  const dayBytes = card === null ? null : dayOf(card, data, say);
  if (card === null) say("no loop device here: what a day writes was not measured");
  return { restKib: rest.all, peak: peak.most(), dayBytes };
}

/** Looks each second how much the probe and its measuring process hold together. */
function watchPeak(pid: number): { most: () => Resident; stop: () => void } {
  let most: Resident = { all: 0, own: 0, shared: 0 };
  const timer = setInterval(() => {
    const now = residentWithChildrenKib(pid);
    if (now.all > most.all) most = now;
  }, LOOK_MS);
  return { most: () => most, stop: () => clearInterval(timer) };
}

/** What a day writes to a card, by what it is written for. */
function dayOf(card: Card, data: string, say: Work["say"]): number {
  const { link, sites } = recordsOf(data);
  const writes = writeAll(card, link, sites);
  const times = { heartbeat: DAY_S / 30, alive: DAY_S / 300, link: DAY_S / 300, round: ROUNDS_A_DAY };
  const parts = (["heartbeat", "alive", "link", "round"] as const).map((what) => {
    const dayBytes = writes[what] * times[what];
    say(
      `  ${what.padEnd(10)} ${writes[what].toFixed(0).padStart(8)} B to the card, ${times[what]} a day: ${megabytes(dayBytes)}`,
    );
    return dayBytes;
  });
  return parts.reduce((sum, one) => sum + one, 0);
}

function countOf(data: string): number {
  const database = openForReading(data);
  if (database === null) return 0;
  try {
    return Number(database.prepare("SELECT count(*) FROM entry WHERE kind = 'web'").pluck().get());
  } finally {
    database.close();
  }
}

/** The line's last record, and each site's first. */
function recordsOf(data: string): { link: LinkBody; sites: WebBody[] } {
  const database = openForReading(data);
  if (database === null) throw new Error("there is no journal");
  try {
    const entries = [...prepareRows(database).after(0, 2 * SITES)].flatMap(({ text }) => {
      const entry = parseJson(Entry, text);
      return entry.ok ? [entry.value] : [];
    });
    const link = entries.flatMap((entry) => (entry.kind === "link" ? [entry.body] : [])).at(-1);
    const sites = entries.flatMap((entry) => (entry.kind === "web" ? [entry.body] : [])).slice(0, SITES);
    if (link === undefined) throw new Error("the probe wrote nothing of its line");
    return { link, sites };
  } finally {
    database.close();
  }
}

function mib(kib: number): string {
  return `${(kib / 1024).toFixed(1)} MiB`;
}
