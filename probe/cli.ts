import { type Io, usageError } from "../protocol/command-line.ts";
import { EXIT } from "../protocol/exit-code.ts";
import { dataFolder, languageOf } from "./config.ts";
import { keepMemorySmallest } from "./run/small-memory.ts";
import { unlock } from "./vault.ts";
import { asksForHelp, flag, help, inLanguage } from "./words/speak.ts";

const USAGE = `Usage: kuager probe COMMAND

  join CODE            what taking part means, and joining
  run [--once]         measure and deliver
  status [--json]      how this probe stands
  doctor               what is fine, what is in the way, and what to do
  results [--site X]   what this probe saw lately
  sites                what is measured; takes single sites out
  consent              what taking part means, and what was agreed to here
  measure URL          one measurement now, sent to nobody; also telegram, whatsapp, signal
  export FILE          what waits for delivery, into a sealed file for a flash drive
  pause, resume        a break
  logs                 what happened lately, to show to whoever helps; no names of sites, no addresses
  update --check       whether a newer version is out; installs nothing
  leave                leave the network; delete the key and the journal
  wipe                 erase everything this probe keeps here

All take --lang kk|ru|en and --help, and all but measure --data DIR.
`;

/**
 * `kuager probe …`: finds the command and loads only its files. Help and refusals come in the language asked for.
 * Returns the command's exit code; throws `usage` for a command that does not exist, and whatever the command throws.
 */
export async function runProbeCommand(argv: readonly string[], io: Io): Promise<number> {
  // Whatever a command writes is its owner's only, what the database driver makes beside its file too.
  process.umask(0o077);
  const [command, ...rest] = argv;
  if (command === undefined) {
    io.err(USAGE);
    return EXIT.usage;
  }
  if (command === "--help" || command === "help") return help({ command: "", argv: rest, io }, printUsage);
  if (asksForHelp(rest)) return help({ command, argv: rest, io }, (words, to) => dispatch(command, words, to));
  return inLanguage(rest, io.env, () => {
    if (OPENING.has(command)) openFolder(command, rest, io);
    return dispatch(command, rest, io);
  });
}

/** Commands that read or write the key or the records. */
const OPENING = new Set(["join", "run", "status", "doctor", "results", "logs", "export", "leave"]);

function openFolder(command: string, argv: readonly string[], { env }: Io): void {
  const file = flag(argv, "passphrase-file") ?? env.KUAGER_PASSPHRASE_FILE;
  unlock(dataFolder(flag(argv, "data"), env), file, command === "join");
}

async function printUsage(_argv: readonly string[], io: Io): Promise<number> {
  io.out(USAGE);
  return EXIT.ok;
}

async function dispatch(command: string, rest: readonly string[], io: Io): Promise<number> {
  switch (command) {
    case "join":
      return (await import("./commands/join.ts")).runJoinCommand(rest, io);
    case "run":
      keepMemorySmallest();
      return (await import("./commands/run.ts")).runRunCommand(rest, io);
    case "status":
      return (await import("./commands/status.ts")).runStatusCommand(rest, io);
    case "doctor":
      return (await import("./commands/doctor.ts")).runDoctorCommand(rest, io);
    case "results":
      return (await import("./commands/results.ts")).runResultsCommand(rest, io);
    case "sites":
      return (await import("./commands/sites.ts")).runSitesCommand(rest, io);
    case "consent":
      return (await import("./commands/consent.ts")).runConsentCommand(rest, io);
    case "logs":
      return (await import("./commands/logs.ts")).runLogsCommand(rest, io);
    case "measure":
      languageOf(flag(rest, "lang"), io.env);
      return (await import("./measure/command.ts")).runMeasureCommand(rest, io);
    case "export":
      return (await import("./commands/export.ts")).runExportCommand(rest, io);
    case "pause":
    case "resume":
      return (await import("./commands/pause.ts")).runPauseCommand(command, rest, io);
    case "update":
      return (await import("./commands/update.ts")).runUpdateCommand(rest, io);
    case "leave":
      return (await import("./commands/leave.ts")).runLeaveCommand(rest, io);
    case "wipe":
      return (await import("./commands/wipe.ts")).runWipeCommand(rest, io);
    default:
      throw usageError(
        `There is no command '${command}'`,
        "kuager probe join|run|status|doctor|results|sites|consent|logs|measure|export|pause|resume|update|leave|wipe",
      );
  }
}
