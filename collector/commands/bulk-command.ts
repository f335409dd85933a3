import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { RULES_VERSION } from "../analysis/rules/table.ts";
import { openThreshold } from "../api/threshold.ts";
import { bulkFolder, makeDays } from "../bulk/make-days.ts";
import { DAY } from "../bulk/manifest.ts";
import { loadCatalogue } from "../catalogue.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { makeReader } from "../make-reader.ts";
import { openExistingStore } from "../store/open-store.ts";

const USAGE = "kuager collector bulk [--data DIR] [--day YYYY-MM-DD] [--keep-days N] [--targets DIR] [--json]";

const HELP = `${USAGE}

Makes the files of days (UTC) that have ended: measurements, verdicts, incidents and coverage as published, as NDJSON and
Parquet, in DIR/bulk, from where the collector serves them under /data. A day that changed since is made anew as a further
version. A collector that serves does the same by itself every hour; this is for doing it now, or without one.

  --data DIR        the collector's folder
  --day YYYY-MM-DD  that day alone
  --keep-days N     remove days that are older (default 0: none)
  --targets DIR     data files that replace the project's own
  --json            what was made, as JSON
`;

/** `kuager collector bulk`: exit code 0. Errors: `usage`, `config` where there is no collector, and those of the store. */
export async function runBulk(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, {
    ...DATA_OPTION,
    day: { type: "string" },
    "keep-days": { type: "string" },
    targets: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean" },
  });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const { day, "keep-days": keep = "0" } = values;
  if (day !== undefined && !DAY.test(day)) throw new CodedError("usage", "--day: expected a day such as 2026-11-27");
  if (!/^\d{1,6}$/.test(keep)) throw new CodedError("usage", "--keep-days: expected a whole number");
  const data = dataFolder(values, io.env);
  const store = await openExistingStore(data);
  try {
    const reader = await makeReader({
      ...{ store, catalogue: loadCatalogue(values.targets), present: () => new Set() },
      threshold: await openThreshold(store.state),
      rulesVersion: () => RULES_VERSION,
    });
    const made: { day: string; version: number }[] = [];
    await makeDays({
      ...{ reader, folder: bulkFolder(data), keepDays: Number(keep), signal: io.signal },
      ...(day !== undefined && { only: day }),
      onMade: (one, version) => {
        made.push({ day: one, version });
        if (values.json !== true) io.out(`${one} version ${version}\n`);
      },
    });
    io.out(values.json === true ? `${JSON.stringify({ made })}\n` : `${made.length} days made.\n`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
