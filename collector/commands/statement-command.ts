import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { StatementRow } from "../../targets/schema.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { openStore } from "../store/open-store.ts";
import { readRowsFile } from "./read-rows-file.ts";
import { writeDown } from "./write-down.ts";

const USAGE = "kuager collector statement list | import FILE [--json] [--data DIR]";

const HELP = `${USAGE}

The ledger of statements: who said what of a disruption, when, with its source.

  list            what was said, oldest first
  import FILE     lines of JSON as in targets/data/statements.ndjson; a statement whose id is there gets a further revision.
                  'archived' names a copy of the source that you keep, and its SHA-256
`;

const OPTIONS = { ...DATA_OPTION, json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** `kuager collector statement`. Errors: `usage`, `bad_input` naming every wrong line, the store's. */
export async function runStatement(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 2 });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, file] = words;
  const isImport = verb === "import" && file !== undefined;
  if (!isImport && (verb !== "list" || file !== undefined)) throw usageError("Something is missing", USAGE);
  const rows = isImport ? readRowsFile(file, StatementRow, ({ id }) => id) : [];
  const store = await openStore(dataFolder(values, io.env));
  try {
    if (isImport) {
      const changed = await store.statements.put(rows, Date.now());
      await writeDown(store, "statement recorded", { detail: `${rows.length} statements, ${changed} new or changed` });
      io.out(
        values.json
          ? `${JSON.stringify({ read: rows.length, changed })}\n`
          : `${rows.length} statements read, ${changed} new or changed.\n`,
      );
      return EXIT.ok;
    }
    for (const one of await store.statements.all())
      io.out(
        values.json
          ? `${JSON.stringify(one)}\n`
          : `${one.at.slice(0, 10)}  ${one.claim}  ${one.speaker}: ${one.summary.en}\n`,
      );
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
