import type { Language } from "../config.ts";
import { moment } from "../words/moment.ts";
import type { Words } from "../words/vocabulary.ts";
import { fill, wordsOf } from "../words/words.ts";
import type { Status } from "./read.ts";

/** How the probe stands, a sentence a line; times as a person reads them. Pure. */
export function statusLines(status: Status, language: Language, nowMs: number): string[] {
  const words = wordsOf(language);
  const when = (iso: string) => moment(iso, nowMs, language);
  const { probe, line, lastRound, acknowledged } = status;
  if (probe === null) return [words.notJoined];
  return [
    fill(status.running ? words.running : words.notRunning, { probe }),
    ...(status.paused ? [pauseText(status, words, when)] : []),
    line === null ? words.lineUnknown : fill(words.line, { state: words.links[line.state], since: when(line.since) }),
    lastRound === null ? words.noRound : fill(words.lastRound, { ...lastRound, at: when(lastRound.at) }),
    fill(words.waiting, { count: status.waiting }),
    acknowledged === null ? words.neverAcknowledged : fill(words.acknowledged, { at: when(acknowledged.at) }),
    ...shedLines(status, words, when),
    ...allowanceLines(status, words),
    ...sitesLines(status, words),
  ];
}

function pauseText({ pausedUntil }: Status, words: Words, when: (iso: string) => string): string {
  return pausedUntil === null ? words.paused : fill(words.pausedUntil, { until: when(pausedUntil) });
}

/** What was given up for want of room, by kind; the kinds that are worth least are the first to go. */
function shedLines({ shed, shedKinds }: Status, words: Words, when: (iso: string) => string): string[] {
  const froms = shedKinds.map(({ from }) => from).sort();
  const tos = shedKinds.map(({ to }) => to).sort();
  const [from, to] = [froms[0], tos.at(-1)];
  if (from === undefined || to === undefined) return [];
  const kinds = shedKinds.map(({ kind, count }) => `${words.kinds[kind] ?? kind}: ${count}`).join(", ");
  return [fill(words.shed, { count: shed, kinds, from: when(from), to: when(to) })];
}

function allowanceLines({ allowance }: Status, words: Words): string[] {
  if (allowance === null) return [];
  const { dayLeftMb: day, monthLeftMb: month, quiet, quietNow } = allowance;
  return [
    month === null ? fill(words.dataDay, { day }) : fill(words.dataMonth, { day, month }),
    ...(quiet === null ? [] : [fill(quietNow ? words.quietNow : words.quiet, { quiet })]),
  ];
}

function sitesLines({ sites }: Status, words: Words): string[] {
  if (sites === null) return [];
  const { measured, without, added } = sites;
  return [
    fill(words.sites, { count: measured }),
    ...(without.length > 0 ? [fill(words.sitesOff, { sites: without.join(", ") })] : []),
    ...(added.length > 0 ? [fill(words.sitesAdded, { sites: added.join(", ") })] : []),
  ];
}
