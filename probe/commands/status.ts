import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { LinkState } from "../../protocol/records/link.ts";
import { COMMON_FLAGS, dataFolder, type Language, languageOf } from "../config.ts";
import { hasFlag, storageError } from "../data-folder.ts";
import { openForReading } from "../journal/database.ts";
import { isRunning } from "../journal/lock.ts";
import { prepareRows, type Rows } from "../journal/rows.ts";
import { SHED_TOTAL_NOTE } from "../journal/shed.ts";
import { loadMembership, rememberedLanguage } from "../membership/membership.ts";
import { fill, wordsOf } from "../words/words.ts";

const USAGE = "kuager probe status [--json] [--data DIR] [--lang kk|ru|en]";

/** What `status --json` prints. */
export type Status = {
  joined: boolean;
  probe: string | null;
  running: boolean;
  paused: boolean;
  line: { state: LinkState; since: string; checkedAt: string } | null;
  lastRound: { at: string; measured: number; anomalies: number } | null;
  entries: number;
  waiting: number;
  /** Entries given up because there was no room; the collector is told by kind and time. */
  shed: number;
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
  io.out(values.json ? `${JSON.stringify(status)}\n` : statusText(status, language));
  return EXIT.ok;
}

/** Reads how the probe of a data folder stands, while it may be running. */
export function readStatus(folder: string): Status {
  const membership = loadMembership(folder);
  const base = {
    joined: membership !== null,
    probe: membership?.probe ?? null,
    running: isRunning(folder),
    paused: hasFlag(folder, "paused"),
  };
  const empty = { line: null, lastRound: null, entries: 0, waiting: 0, shed: 0, acknowledged: null };
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

function fromJournal(rows: Rows): Pick<Status, "line" | "lastRound" | "entries" | "waiting" | "shed" | "acknowledged"> {
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
    shed: Number(rows.note(SHED_TOTAL_NOTE) ?? 0),
    acknowledged: at === null ? null : { seq: acknowledged, at },
  };
}

function lastLine(rows: Rows): Status["line"] {
  const row = rows.last("link");
  const entry = row === null ? null : parseJson(Entry, row.text);
  if (!entry?.ok || entry.value.kind !== "link") return null;
  return { state: entry.value.body.state, since: entry.value.body.since, checkedAt: entry.value.at };
}

function statusText(status: Status, language: Language): string {
  const words = wordsOf(language);
  const { probe, line, lastRound, acknowledged } = status;
  if (probe === null) return `${words.notJoined}\n`;
  const lines = [
    fill(status.running ? words.running : words.notRunning, { probe }),
    ...(status.paused ? [words.paused] : []),
    line === null ? words.lineUnknown : fill(words.line, { state: words.links[line.state], since: line.since }),
    lastRound === null ? words.noRound : fill(words.lastRound, lastRound),
    fill(words.waiting, { count: status.waiting }),
    acknowledged === null ? words.neverAcknowledged : fill(words.acknowledged, { at: acknowledged.at }),
  ];
  return `${lines.join("\n")}\n`;
}
