import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { actorOf, auditEntry, verifyAudit } from "../admin/audit.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { openExistingStore } from "../store/open-store.ts";

const USAGE = "kuager collector audit [--json] [--data DIR]";

const HELP = `${USAGE}

Prints what was done in the administration and by commands, oldest first, and follows the chain of hashes. Ends with 1
when an entry was changed or is missing. Keep the printed head elsewhere: with it a cut at the end shows too.
`;

const PAGE = 1000;

/** `kuager collector audit`: exit code 1 when the log does not hold. Errors: `usage`, the store's. */
export async function runAudit(argv: readonly string[], io: Io): Promise<number> {
  const options = { ...DATA_OPTION, json: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values } = readArguments(argv, USAGE, options);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    for (let after = 0; ; ) {
      const rows = await store.admin.audit.after(after, PAGE);
      for (const row of rows) io.out(values.json ? `${row.text}\n` : lineOf(row));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.seq;
    }
    const { entries, brokenAt, head } = await verifyAudit(store.admin.audit);
    io.err(
      brokenAt === null ? `${entries} entries hold; head ${head}\n` : `Entry ${brokenAt} was changed or is missing.\n`,
    );
    return brokenAt === null ? EXIT.ok : EXIT.failed;
  } finally {
    await store.close();
  }
}

function lineOf(row: Parameters<typeof auditEntry>[0]): string {
  const entry = auditEntry(row);
  if (entry === null) return `${row.seq} cannot be read\n`;
  const actor = actorOf(entry);
  const by = actor === "nobody" ? "(nobody signed in)" : actor === "command" ? "(command)" : actor.name;
  return `${entry.at}  ${by}  ${entry.act}  ${entry.subject}  ${entry.detail}`.trimEnd().concat("\n");
}
