import { readFileSync, statSync } from "node:fs";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { readEventRows } from "../event-rows.ts";
import { openStore } from "../store/open-store.ts";

const USAGE = "kuager collector event import FILE.csv [--json] [--data DIR]";

const HELP = `${USAGE}

Adds rallies, elections and other events to the timeline; an event with an id that is there replaces it.
The first line names the columns: id,kind,sanctioned,place,title,start,end,precision,source

  kind         rally, picket, election, emergency, official, publication, court-ruling or other
  sanctioned   sanctioned, unsanctioned or unknown
  place        a region such as KZ-75, or KZ
  start, end   times such as 2022-01-05T10:30:00+06:00; end may be empty
  precision    minute, hour, day or month
`;

const FILE_BYTES_MAX = 32 * 1024 * 1024;

/** `kuager collector event import`. Errors: `usage`, `bad_input` naming file, line and field, the store's. */
export async function runEvent(argv: readonly string[], io: Io): Promise<number> {
  const options = { ...DATA_OPTION, json: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values, words } = readArguments(argv, USAGE, options, { min: 0, max: 2 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, file] = words;
  if (verb !== "import" || file === undefined) throw usageError("Something is missing", USAGE);
  const events = readEventRows(file, readText(file));
  const store = await openStore(dataFolder(values, io.env));
  try {
    const changed = await store.events.put(events, Date.now());
    const answer = { read: events.length, changed };
    io.out(values.json ? `${JSON.stringify(answer)}\n` : `${events.length} events read, ${changed} new or changed.\n`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
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
