import { readFileSync, statSync } from "node:fs";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { loadRegions } from "../../targets/load.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { EVENT_FORMATS, readEvents } from "../events/read-events.ts";
import type { RefusedRow } from "../events/rows.ts";
import { openStore } from "../store/open-store.ts";
import { writeDown } from "./write-down.ts";

const USAGE = "kuager collector event import FILE [--format own|acled|ical] [--json] [--data DIR] [--targets DIR]";

const HELP = `${USAGE}

Adds rallies, elections and other events to the timeline; an event with an id that is there replaces it.
FILE is CSV with our columns, an export of ACLED, or a calendar (iCalendar); which of them is seen by its beginning.
In our CSV the first line names the columns: id,kind,sanctioned,place,title,start,end,precision,source

  kind         rally, picket, election, emergency, official, publication, court-ruling or other
  sanctioned   sanctioned, unsanctioned or unknown; empty is unknown
  place        a region such as KZ-75, a city or region by name (Almaty, Алматы, Қостанай облысы), or KZ
  start, end   times such as 2022-01-05T10:30:00+06:00, or without a zone in local time; end may be empty
  precision    minute, hour, day or month
  source       an address, or the name of a document
  title_kk, title_ru, title_en   the title in each language; where they are left out, pages show the title as it is

Rows that are wrong are told with their line, all others are taken. Ends with 65 when there were wrong ones.
`;

const REFUSED_SHOWN = 100;
const FILE_BYTES_MAX = 32 * 1024 * 1024;

/** `kuager collector event import`. Errors: `usage`, `bad_input` for a file that cannot be read, the store's. */
export async function runEvent(argv: readonly string[], io: Io): Promise<number> {
  const options = {
    ...DATA_OPTION,
    format: { type: "string" },
    json: { type: "boolean" },
    targets: { type: "string" },
    help: { type: "boolean" },
  } as const;
  const { values, words } = readArguments(argv, USAGE, options, { min: 0, max: 2 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, file] = words;
  if (verb !== "import" || file === undefined) throw usageError("Something is missing", USAGE);
  const format = EVENT_FORMATS.find((name) => name === values.format);
  if (values.format !== undefined && format === undefined)
    throw usageError(`There is no format '${values.format}'`, USAGE);
  const regions = loadRegions(values.targets);
  const { events, refused, format: seen } = readEvents(file, readText(file), { format, regions });
  const store = await openStore(dataFolder(values, io.env));
  try {
    const now = Date.now();
    const known = (await Promise.all(events.map(({ id }) => store.events.byId(id)))).filter(
      (one) => one !== null,
    ).length;
    const changed = await store.events.put(events, now);
    // By whom is not known; that an event was put on record after its day is.
    await store.admin.eventEntries.note(
      events.map(({ id }) => id),
      now,
      null,
    );
    await writeDown(store, "events imported", { detail: `${events.length} events, ${changed} new or changed` });
    const answer = { format: seen, read: events.length, changed, refused: refused.slice(0, REFUSED_SHOWN) };
    for (const { line, problem } of answer.refused) io.err(`${file}:${line}: ${problem}\n`);
    if (refused.length > REFUSED_SHOWN) io.err(`… and ${refused.length - REFUSED_SHOWN} more problems.\n`);
    const counts = { taken: events.length, fresh: events.length - known, changed, lines: linesOf(refused) };
    io.out(values.json ? `${JSON.stringify(answer)}\n` : importText(counts));
    return refused.length > 0 ? EXIT.badInput : EXIT.ok;
  } finally {
    await store.close();
  }
}

function linesOf(refused: readonly RefusedRow[]): number {
  return new Set(refused.map(({ line }) => line)).size;
}

/** What an import did. `changed` counts those that are new or differ. */
function importText(counts: { taken: number; fresh: number; changed: number; lines: number }): string {
  const { taken, fresh, changed, lines } = counts;
  const differ = changed - fresh;
  const told = `${fresh} new, ${differ} changed, ${taken - changed} as they were`;
  const refused =
    lines === 0 ? "" : ` ${lines} ${lines === 1 ? "row" : "rows"} refused: mend and import the file again.`;
  return `${taken} ${taken === 1 ? "event" : "events"} taken: ${told}.${refused}\n`;
}

function readText(file: string): string {
  try {
    if (statSync(file).size > FILE_BYTES_MAX)
      throw new CodedError("bad_input", `${file} is larger than ${FILE_BYTES_MAX} bytes. Split it.`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("bad_input", `Cannot read ${file} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}
