import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { sha256Hex } from "../../protocol/hash.ts";
import type { EpochMs } from "../analysis/types.ts";
import { incidentRows } from "../api/incident-rows.ts";
import type { Reader } from "../api/reader.ts";
import { MAKING, makeDay } from "./make-day.ts";
import { DAY, readDay } from "./manifest.ts";

const DAY_MS = 86_400_000;
/** After its end, for what is still on its way. */
const SETTLE_MS = 3_600_000;

/** The folder of bulk files of a collector's data. */
export function bulkFolder(data: string): string {
  return join(data, "bulk");
}

export type BulkParts = {
  readonly reader: Reader;
  readonly folder: string;
  /** Days of which files are kept; 0: all. */
  readonly keepDays: number;
  readonly signal: AbortSignal;
  /** Told of each day that was made. */
  readonly onMade?: (day: string, version: number) => void;
  /** One day alone. */
  readonly only?: string;
};

/** Makes what has not been made of days that have ended, and anew what has changed since; removes what is not to be kept. */
export async function makeDays({ reader, folder, keepDays, signal, onMade, only }: BulkParts): Promise<number> {
  const first = keepDays === 0 ? 0 : Math.floor(reader.now() / DAY_MS) * DAY_MS - keepDays * DAY_MS;
  const closed = (await reader.store.days.all()).filter(({ day }) => {
    const from = Date.parse(day);
    return from >= first && from + DAY_MS + SETTLE_MS <= reader.now() && (only === undefined || day === only);
  });
  let made = 0;
  // The newest first: that is what readers wait for.
  for (const { day, changes } of closed.reverse()) {
    if (signal.aborted) return made;
    const state = await stateOf(reader, day, changes);
    if ((await readDay(folder, day))?.state === state) continue;
    const version = await makeDay({ reader, folder, day, state, signal });
    if (version === null) continue;
    made += 1;
    onMade?.(day, version.version);
  }
  if (only === undefined) await tidy(folder, first);
  return made;
}

/** What of the store a day's files are made from. */
async function stateOf(reader: Reader, day: string, changes: number): Promise<string> {
  const from = Date.parse(day);
  const incidents = await incidentRows(reader, { from, to: from + DAY_MS, asOf: null, openOnly: false });
  await breathe();
  return `${changes} ${sha256Hex(JSON.stringify(incidents)).slice(0, 16)} ${reader.rulesVersion}`;
}

/** Removes days before the first that is kept, and what a process that died left half made. */
async function tidy(folder: string, first: EpochMs): Promise<void> {
  const days = (await readdir(folder).catch(() => [])).filter((name) => DAY.test(name));
  for (const day of days) {
    if (Date.parse(day) < first) {
      await rm(join(folder, day), { recursive: true, force: true });
      continue;
    }
    for (const name of (await readdir(join(folder, day))).filter((one) => one.startsWith(MAKING))) {
      const place = join(folder, day, name);
      // A younger one may be another process' work.
      if ((await stat(place)).mtimeMs < Date.now() - DAY_MS) await rm(place, { recursive: true, force: true });
    }
  }
}
