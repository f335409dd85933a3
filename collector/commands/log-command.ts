import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { verifierText } from "../../protocol/note.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { freshCheckpoint } from "../evidence/checkpoints.ts";
import { logIdentity } from "../evidence/log-identity.ts";
import { openExistingStore } from "../store/open-store.ts";

const USAGE = "kuager collector log [--data DIR]";

const HELP = `${USAGE}

Prints the key of the transparency log and its newest signed head. Give both to people who may keep them: with the key
they check bundles, and with an old head they see whether the log was rewritten.
`;

const OPTIONS = { ...DATA_OPTION, help: { type: "boolean", short: "h" } } as const;

/** `kuager collector log`. Errors: those of the store. */
export async function runLog(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, OPTIONS);
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    const { verifier } = await logIdentity(store);
    const { note } = await freshCheckpoint(store, Date.now());
    io.out(`${verifierText(verifier)}\n\n${note}`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
