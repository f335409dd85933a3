import type { Io } from "../protocol/command-line.ts";
import { EXIT } from "../protocol/exit-code.ts";
import type { Pages } from "./api/types.ts";

const HELP = `kuager collector COMMAND

  serve            collect, judge and publish
  invite           make a code with which one probe can join
  revoke PROBE     take nothing more from a probe
  event import     add rallies, elections and other events to the timeline
  export           write everything received as an archive, or as OONI reports
  bundle INCIDENT  write the evidence of one incident, to be checked by anyone offline
  log              print the key and the signed head of the transparency log
  witness          watch other collectors' logs, and cosign their heads
  import FILE      take in an archive of this or another collector, or OONI reports

Add --help to a command for its words.
`;

/** `kuager collector …`: runs a subcommand and returns its exit code. Errors: CodedErrors of the subcommands. */
export async function runCollectorCommand(argv: readonly string[], io: Io, pages: Pages): Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case "serve":
      return (await import("./commands/serve-command.ts")).runServe(rest, io, pages);
    case "invite":
      return (await import("./commands/invite-command.ts")).runInvite(rest, io);
    case "revoke":
      return (await import("./commands/revoke-command.ts")).runRevoke(rest, io);
    case "event":
      return (await import("./commands/event-command.ts")).runEvent(rest, io);
    case "export":
      return (await import("./commands/export-command.ts")).runExport(rest, io);
    case "bundle":
      return (await import("./commands/bundle-command.ts")).runBundle(rest, io);
    case "log":
      return (await import("./commands/log-command.ts")).runLog(rest, io);
    case "witness":
      return (await import("./commands/witness-command.ts")).runWitness(rest, io);
    case "import":
      return (await import("./commands/import-command.ts")).runImport(rest, io);
    case "help":
    case "--help":
      io.out(HELP);
      return EXIT.ok;
    default:
      io.err(command === undefined ? HELP : `kuager collector has no command '${command}'.\n\n${HELP}`);
      return EXIT.usage;
  }
}
