import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { importArchive } from "../exchange/import-archive.ts";
import { type ImportReport, reportText } from "../exchange/import-report.ts";
import { importReports } from "../exchange/ooni/import-reports.ts";
import { readLines, type SourceLine } from "../exchange/read-lines.ts";
import { sealKey } from "../seal-key.ts";
import { openStore } from "../store/open-store.ts";
import { openStaging } from "../store/staging.ts";
import type { Store } from "../store/store.ts";
import { counting, createProgress } from "./progress.ts";

const USAGE = "kuager collector import FILE [--unsigned] [--format archive|ooni] [--json] [--data DIR]";

const HELP = `${USAGE}

Takes in an archive that 'kuager collector export' wrote, gzipped or not, or a file that 'kuager probe export' wrote for
this collector. What is stored already is passed over, so the same file may be imported again. A collector that serves the same folder takes the records in at its next heartbeat.
Probes in a signed archive may speak to this collector from then on: import archives of people you trust.

  --unsigned          take entries that no signature covers; their chains are checked all the same
  --format ooni       the file holds OONI web_connectivity reports, one JSON object a line
  --json              what was done as JSON

Ends with 65 when some lines were not taken; they are named, and all others are stored.
`;

const OPTIONS = {
  ...DATA_OPTION,
  unsigned: { type: "boolean" },
  format: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** A canonical entry, and what stands around it. */
const ARCHIVE_LINE_BYTES = LIMITS.entryBytes + 16 * 1024;
/** Reports carry whole pages. */
const REPORT_BYTES = 8 * 1024 * 1024;

/** `kuager collector import`. Errors: `usage`, `bad_input` for a file that cannot be read, the store's. */
export async function runImport(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 1 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [file] = words;
  const { format = "archive", unsigned = false } = values;
  if (file === undefined) throw usageError("FILE is missing", USAGE);
  if (format !== "archive" && format !== "ooni") throw usageError(`There is no format '${format}'`, USAGE);
  const folder = dataFolder(values, io.env);
  const store = await openStore(folder);
  try {
    const step = createProgress(io, (count) => `${count} lines read so far`);
    const bytes = format === "ooni" ? REPORT_BYTES : ARCHIVE_LINE_BYTES;
    const lines = counting(readLines(file, bytes, await sealKey(store)), step);
    const report =
      format === "ooni"
        ? await importReports({ lines, store, now: Date.now })
        : await importStaged(folder, { lines, store, unsigned });
    io.out(values.json ? `${JSON.stringify(report)}\n` : reportText(file, report));
    if (report.refusedLines > 0 && report.refusedLines === report.lines) io.err(otherCommand(file));
    return report.refusedLines > 0 ? EXIT.badInput : EXIT.ok;
  } finally {
    await store.close();
  }
}

/** No line was one of an archive: the file may be meant for another command. */
function otherCommand(file: string): string {
  if (/\.(?:csv|ics|ical)$/i.test(file))
    return `This looks like a list of events. To put events on the timeline: kuager collector event import ${file}\n`;
  return `No line of it is one of an archive. Reports of OONI: add --format ooni. Events: kuager collector event import ${file}\n`;
}

type Parts = { lines: AsyncIterable<SourceLine>; store: Store; unsigned: boolean };

async function importStaged(folder: string, parts: Parts): Promise<ImportReport> {
  const staging = await openStaging(folder);
  try {
    return await importArchive({ ...parts, staging, now: Date.now });
  } finally {
    await staging.close();
  }
}
