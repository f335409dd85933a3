import { parseJson } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { Shed } from "../../protocol/records/life.ts";
import type { LinkState } from "../../protocol/records/link.ts";
import { loadTargetList } from "../../targets/load.ts";
import { storageError } from "../data-folder.ts";
import { openForReading } from "../journal/database.ts";
import { isRunning } from "../journal/lock.ts";
import { prepareRows, type Rows } from "../journal/rows.ts";
import { countShed, readShed, SHED_EVER_NOTE } from "../journal/shed.ts";
import { readSign, type Sign } from "../life/sign-file.ts";
import { loadConfig, loadMembership, type Membership } from "../membership/membership.ts";
import { isPaused, pausedUntil } from "../pause.ts";
import { agreedTargets, sitesAdded } from "../schedule/plan.ts";
import { type Allowance, readAllowance } from "./allowance.ts";

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
  /** Entries given up because there was no room; the collector is told by kind and time. */
  shed: number;
  /** The same by kind, and between which times. */
  shedKinds: readonly Shed[];
  acknowledged: { seq: number; at: string } | null;
  /** Null while nothing has joined. `added` came with the collector's list after consent. */
  sites: { measured: number; without: string[]; added: string[] } | null;
  allowance: Allowance | null;
};

/** Reads how the probe of a data folder stands, while it may be running. Throws `io`, `config`. */
export function readStatus(folder: string): Status {
  const membership = loadMembership(folder);
  const base = {
    joined: membership !== null,
    probe: membership?.probe ?? null,
    running: isRunning(folder),
    paused: isPaused(folder),
    pausedUntil: pausedUntil(folder),
    sites: membership === null ? null : sitesOf(folder, membership),
  };
  const empty = { line: null, lastRound: null, entries: 0, waiting: 0, shed: 0, shedKinds: [], acknowledged: null };
  const allowance = (rows: Rows | null) => (membership === null ? null : readAllowance(folder, rows));
  const database = openForReading(folder);
  if (database === null) return { ...base, ...empty, allowance: allowance(null) };
  try {
    const rows = prepareRows(database);
    return { ...base, ...fromJournal(rows, readSign(folder)), allowance: allowance(rows) };
  } catch (error) {
    throw storageError(error, folder);
  } finally {
    database.close();
  }
}

function sitesOf(folder: string, membership: Membership): Status["sites"] {
  const { targets } = loadConfig(folder, loadTargetList).list;
  const measured = agreedTargets(targets, membership.agreed).length;
  return { measured, without: membership.agreed.except ?? [], added: sitesAdded(targets, membership) };
}

function fromJournal(
  rows: Rows,
  sign: Sign | null,
): Pick<Status, "line" | "lastRound" | "entries" | "waiting" | "shed" | "shedKinds" | "acknowledged"> {
  const { seq } = rows.head();
  const shedKinds = readShed(rows.note(SHED_EVER_NOTE));
  const acknowledged = acknowledgement(rows, sign);
  const lastRound = rows.note("lastRound");
  return {
    line: lastLine(rows),
    // Written by this program itself, by oneRound.
    lastRound: lastRound === null ? null : (JSON.parse(lastRound) as Status["lastRound"]),
    entries: seq,
    waiting: Math.max(0, seq - (acknowledged?.seq ?? 0)),
    shed: countShed(shedKinds),
    shedKinds,
    acknowledged,
  };
}

/** The journal's own note, or the one beside the latest sign of life, whichever is newer. */
function acknowledgement(rows: Rows, sign: Sign | null): Status["acknowledged"] {
  const at = rows.note("acknowledgedAt");
  const noted = at === null ? null : { seq: Number(rows.note("acknowledged") ?? 0), at };
  const signed = sign?.acknowledged ?? null;
  if (noted === null || signed === null) return noted ?? signed;
  return signed.at > noted.at ? signed : noted;
}

function lastLine(rows: Rows): Status["line"] {
  const row = rows.last("link");
  const entry = row === null ? null : parseJson(Entry, row.text);
  if (!entry?.ok || entry.value.kind !== "link") return null;
  return { state: entry.value.body.state, since: entry.value.body.since, checkedAt: entry.value.at };
}
