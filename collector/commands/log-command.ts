import pino from "pino";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { verifierText } from "../../protocol/note.ts";
import { DATA_OPTION, dataFolder, readConfig } from "../config.ts";
import { freshCheckpoint } from "../evidence/checkpoints.ts";
import { logIdentity } from "../evidence/log-identity.ts";
import { keepersOf, policyOf } from "../evidence/start-witnessing.ts";
import { createWitnessing } from "../evidence/witnessing.ts";
import { createOutward } from "../outward.ts";
import { openExistingStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";

const USAGE =
  "kuager collector log [--ask [--log-witnesses FILE] [--log-stampers URLS] [--log-calendars URLS] [--proxy URL]] [--data DIR]";

const HELP = `${USAGE}

Prints the key of the transparency log and its newest signed head, with the lines of witnesses. Give both to people who may
keep them: with the key they check bundles, and with an old head they see whether the log was rewritten.

  --ask                 asks witnesses and keepers of time about this head first
  --log-witnesses FILE  witnesses, as for 'collector serve'; likewise --log-stampers, --log-calendars and --proxy
`;

const OPTIONS = {
  ...DATA_OPTION,
  ask: { type: "boolean" },
  "log-witnesses": { type: "string" },
  "log-stampers": { type: "string" },
  "log-calendars": { type: "string" },
  proxy: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `kuager collector log`. Errors: those of the store; `config` for a policy that cannot be read. */
export async function runLog(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, OPTIONS);
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    const { verifier } = await logIdentity(store);
    const { note, size } = await freshCheckpoint(store, Date.now());
    if (values.ask === true) await askAll(store, values, io);
    const lines = (await store.log.cosignatures(size)).map(({ line }) => line).join("");
    io.out(`${verifierText(verifier)}\n\n${note}${lines}`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function askAll(
  store: Store,
  { ask: _ask, help: _help, ...flags }: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<void> {
  const config = readConfig(flags, io.env);
  const outward = await createOutward(config.proxy);
  const log = pino({ level: "warn", base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: io.err });
  const parts = { store, policy: policyOf(config), keepers: keepersOf(config), ask: outward.ask, log, now: Date.now };
  await createWitnessing({ ...parts, witnessS: 0, stampS: 0 })
    .look()
    .finally(() => outward.close());
}
