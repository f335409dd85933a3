import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { CodedError } from "../../../protocol/coded-error.ts";
import { dataFolder } from "../data-folder.ts";
import { type Fleet, type Pace, startCollector, startFleet } from "../fleet.ts";
import { buildLab, type Lab } from "../lab.ts";
import { runPrefix } from "../net/run-prefix.ts";
import { createUndoList, type UndoList } from "../net/undo-list.ts";
import { preflight } from "../preflight.ts";
import { endSignal } from "../processes/end-signal.ts";
import type { Say } from "../run-script.ts";
import { timed } from "../timed.ts";
import { pause, until } from "../until.ts";
import {
  compareLine,
  comparePower,
  isDelivered,
  isRight,
  isUsual,
  stayedUsual,
  type Told,
  type Truth,
} from "./compare.ts";
import { condition, type Fact } from "./facts.ts";
import { type LinePlace, linePlaces, lineProbes, linesLab } from "./places.ts";
import { readSeen, type Seen } from "./seen.ts";
import type { LineScenario } from "./table.ts";

/** What probes do by default, but for rounds, which are not what is looked at here. */
const PACE: Pace = { round: 600, heartbeat: 30, link: 15 };
const READY_TIMEOUT_MS = 90_000;
/** Seconds that an act lasts, and that are waited after it for the line to be found well again. */
const [LASTS_S, AFTER_S] = [60, 55];
/** An act begins so many seconds after all is quiet, each at another moment of the probes' cadence. */
const SPREAD_S = 12;

/** One scenario with what was done and what its journal says. */
export type LineOutcome = {
  scenario: LineScenario;
  must: readonly string[];
  told: Told;
  neighbour: boolean | null;
  right: boolean;
};

export type LinesOptions = { lines: readonly LineScenario[]; keepData: string | null; say: Say };

/**
 * Builds one network a line, side by side, does to each what its scenario says with the real probe behind it, and reads
 * the journals afterwards. Whatever happens, everything made is removed. Throws as `runDemo` does.
 */
export async function runLines({ lines, keepData, say }: LinesOptions, signal: AbortSignal): Promise<LineOutcome[]> {
  const prefix = runPrefix();
  await preflight(prefix, "all");
  const undo = createUndoList();
  try {
    const folder = await dataFolder(keepData, prefix, undo);
    return await play(lines, { prefix, folder, undo }, say, signal);
  } finally {
    say("takes the lines down");
    for (const problem of await undo.close()) say(`could not be removed: ${problem}`);
  }
}

type Place = { prefix: string; folder: string; undo: UndoList };

async function play(
  lines: readonly LineScenario[],
  { undo, ...place }: Place,
  say: Say,
  signal: AbortSignal,
): Promise<LineOutcome[]> {
  const watched = lines.filter(({ neighbour }) => neighbour).map(({ name }) => `by-${name}`);
  const places = linePlaces([...lines.map(({ name }) => name), ...watched]);
  say(`builds ${places.length} networks, each with its resolver, home router and probe`);
  const lab = await buildLab(linesLab(places), { ...place, undo });
  const { running: collector } = await startCollector(lab, PACE, undo, signal);
  const probes = createUndoList();
  undo.add("probes", probes.close);
  const fleet = await startFleet(lab, lineProbes(places), probes, signal);
  const either = AbortSignal.any([signal, endSignal([collector]), fleet.broken]);
  // Every line waits on it.
  setMaxListeners(0, either);
  const allWell = async () => places.every(({ probe }) => journalOf(lab, probe).some(isWell));
  await until("every probe has found its line well", allWell, READY_TIMEOUT_MS, either);
  say(`${places.length} probes have found their lines well; ${lines.length} acts of ${LASTS_S} s begin`);
  const playing = lines.map((scenario, index) => playOne({ scenario, index, places, lab, fleet, say }, either));
  await Promise.allSettled(playing);
  const truths = await Promise.all(playing);
  say(`all acts are over; ${AFTER_S} s for the lines to be found well again`);
  await pause(1000 * AFTER_S, either);
  // Stopped, so that each journal is whole.
  await probes.close();
  return lines.flatMap((scenario, index) => {
    const truth = truths[index];
    if (truth === undefined) return [];
    const entries = journalOf(lab, `probe-${scenario.name}`);
    const beside = scenario.neighbour === true ? journalOf(lab, `probe-by-${scenario.name}`) : null;
    return [judge(scenario, entries, beside, truth)];
  });
}

type Played = {
  scenario: LineScenario;
  index: number;
  places: readonly LinePlace[];
  lab: Lab;
  fleet: Fleet;
  say: Say;
};

/** Acts begin spread over the probes' cadence, so that no luck of the moment decides. */
async function playOne({ scenario, index, places, lab, fleet, say }: Played, signal: AbortSignal): Promise<Truth> {
  const place = places[index];
  if (place === undefined) throw new CodedError("fault", `The line '${scenario.name}' has no place.`);
  await pause(1000 * (5 + ((index * 5) % SPREAD_S)), signal);
  const begun = await timed(() => scenario.act({ lab, place, power: fleet.power }));
  say(`begins: ${scenario.name}: ${scenario.title}`);
  let endMs = begun.atMs;
  try {
    await pause(1000 * LASTS_S, signal);
  } finally {
    endMs = (await timed(begun.result.remove)).atMs;
  }
  return { startMs: begun.atMs, endMs };
}

function judge(
  scenario: LineScenario,
  entries: readonly Seen[],
  beside: readonly Seen[] | null,
  truth: Truth,
): LineOutcome {
  const facts = factsOf(scenario, entries);
  const told =
    scenario.reads === "power"
      ? comparePower(entries, truth)
      : compareLine(entries, facts, truth, scenario.reads === "collector" ? isDelivered : isUsual);
  const must = scenario.reads === "power" ? POWER_FACTS : facts.map(({ says, must }) => `${says}: ${must}`);
  const neighbour = beside === null ? null : stayedUsual(beside, truth);
  return { scenario, must, told, neighbour, right: isRight(told) && neighbour !== false };
}

const POWER_FACTS = ["previous end: unclean", "another boot: yes"];

/** The word for the condition is asked for where the journal has such words. */
function factsOf({ facts, condition: word }: LineScenario, entries: readonly Seen[]): Fact[] {
  const hasWords = entries.some((entry) => entry.kind === "link" && entry.body.condition !== undefined);
  return hasWords && word !== null ? [...facts, condition(word)] : [...facts];
}

function journalOf(lab: Lab, probe: string): Seen[] {
  return readSeen(join(lab.folder, probe));
}

function isWell(entry: Seen): boolean {
  return entry.kind === "link" && isUsual(entry.body);
}
