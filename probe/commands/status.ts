import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { LinkState } from "../../protocol/records/link.ts";
import { COMMON_FLAGS, dataFolder, type Language, languageOf } from "../config.ts";
import { storageError } from "../data-folder.ts";
import { openForReading } from "../journal/database.ts";
import { isRunning } from "../journal/lock.ts";
import { prepareRows, type Rows } from "../journal/rows.ts";
import { loadMembership, rememberedLanguage } from "../membership/membership.ts";
import { isPaused, pausedUntil } from "../pause.ts";
import { moment } from "../words/moment.ts";
import type { Words } from "../words/vocabulary.ts";
import { fill, wordsOf } from "../words/words.ts";

const USAGE = "kuager probe status [--json] [--data DIR] [--lang kk|ru|en]";

/** What `status --json` prints. */
export type Status = {
  joined: boolean;
  probe: string | null;
  running: boolean;
  paused: boolean;
  pausedUntil: string | null;
  line: { state: LinkState; since: string; checkedAt: string } | null;
  lastRound: { at: string; measured: number; anomalies: number } | null;
  entries: number;
  waiting: number;
  acknowledged: { seq: number; at: string } | null;
};

/** `kuager probe status`: how the probe stands, from its data folder only; asks nobody. Returns 0. Throws `usage`, `io`, `config`. */
export async function runStatusCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, { ...COMMON_FLAGS, json: { type: "boolean" } });
  if (values.help) {
    io.out(
      `Usage: ${USAGE}\n\nHow this probe stands: joined, running, its line, the last round, what waits for delivery.\n`,
    );
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const status = readStatus(folder);
  const language = languageOf(values.lang, io.env, rememberedLanguage(folder));
  io.out(values.json ? `${JSON.stringify(status)}\n` : statusText(status, language, Date.now()));
  return EXIT.ok;
}

/** Reads how the probe of a data folder stands, while it may be running. */
export function readStatus(folder: string): Status {
  const membership = loadMembership(folder);
  const base = {
    joined: membership !== null,
    probe: membership?.probe ?? null,
    running: isRunning(folder),
    paused: isPaused(folder),
    pausedUntil: pausedUntil(folder),
  };
  const empty = { line: null, lastRound: null, entries: 0, waiting: 0, acknowledged: null };
  const database = openForReading(folder);
  if (database === null) return { ...base, ...empty };
  try {
    return { ...base, ...fromJournal(prepareRows(database)) };
  } catch (error) {
    throw storageError(error, folder);
  } finally {
    database.close();
  }
}

function fromJournal(rows: Rows): Pick<Status, "line" | "lastRound" | "entries" | "waiting" | "acknowledged"> {
  const { seq } = rows.head();
  const acknowledged = Number(rows.note("acknowledged") ?? 0);
  const at = rows.note("acknowledgedAt");
  const lastRound = rows.note("lastRound");
  return {
    line: lastLine(rows),
    // Written by this program itself, by oneRound.
    lastRound: lastRound === null ? null : (JSON.parse(lastRound) as Status["lastRound"]),
    entries: seq,
    waiting: Math.max(0, seq - acknowledged),
    acknowledged: at === null ? null : { seq: acknowledged, at },
  };
}

function lastLine(rows: Rows): Status["line"] {
  const row = rows.last("link");
  const entry = row === null ? null : parseJson(Entry, row.text);
  if (!entry?.ok || entry.value.kind !== "link") return null;
  return { state: entry.value.body.state, since: entry.value.body.since, checkedAt: entry.value.at };
}

/** How the probe stands, in sentences; times as a person reads them. Pure. */
export function statusText(status: Status, language: Language, nowMs: number): string {
  const words = wordsOf(language);
  const when = (iso: string) => moment(iso, nowMs, language);
  const { probe, line, lastRound, acknowledged } = status;
  if (probe === null) return `${words.notJoined}\n`;
  const lines = [
    fill(status.running ? words.running : words.notRunning, { probe }),
    ...(status.paused ? [pauseText(status, words, when)] : []),
    line === null ? words.lineUnknown : fill(words.line, { state: words.links[line.state], since: when(line.since) }),
    lastRound === null ? words.noRound : fill(words.lastRound, { ...lastRound, at: when(lastRound.at) }),
    fill(words.waiting, { count: status.waiting }),
    acknowledged === null ? words.neverAcknowledged : fill(words.acknowledged, { at: when(acknowledged.at) }),
  ];
  return `${lines.join("\n")}\n`;
}

function pauseText({ pausedUntil: until }: Status, words: Words, when: (iso: string) => string): string {
  return until === null ? words.paused : fill(words.pausedUntil, { until: when(until) });
}
