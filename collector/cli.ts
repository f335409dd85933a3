import type { Io } from "../protocol/command-line.ts";
import { EXIT } from "../protocol/exit-code.ts";
import type { Pages } from "./api/types.ts";

const HELP = `kuager collector COMMAND

The collector and its probes
  serve            collect, judge and publish
  invite           make a code with which one probe can join
  revoke PROBE     take nothing more from a probe
  backup FILE      copy the database while the collector runs, and read the copy back
  account          who may sign in to the administration
  audit            what was done there, and whether the record of it holds

What stands beside the measurements
  event import FILE     add rallies, elections and other events to the timeline
  outside import FILE   keep series of other projects (IODA, Cloudflare Radar, OONI) beside ours
  statement        import who said what of a disruption
  legal            record what is known of the legal basis of blocks
  registry         ask a public registry of prohibited resources, or show what it answered

What is published, and who is told
  review ACT …     decide what is published: list, trail, publish, hold, merge, split, tombstone, note, erratum
  alert            who is told of incidents: webhook, e-mail, Telegram, Matrix, ntfy
  draft KIND …     letters and submissions on a published incident, as drafts for a lawyer

Evidence, copies and archives
  bundle INCIDENT  write the evidence of one incident, to be checked by anyone offline
  log              print the key and the signed head of the transparency log
  witness          watch other collectors' logs, and cosign their heads
  export           write everything received as an archive, or as OONI reports
  import FILE      take in an archive of this or another collector, or OONI reports
  bulk             write the daily files of all published rows
  mirror DIR       write the reading site as plain files, for any server, a flash drive or a folder

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
    case "bulk":
      return (await import("./commands/bulk-command.ts")).runBulk(rest, io);
    case "bundle":
      return (await import("./commands/bundle-command.ts")).runBundle(rest, io);
    case "review":
      return (await import("./commands/review-command.ts")).runReview(rest, io);
    case "legal":
      return (await import("./commands/legal-command.ts")).runLegal(rest, io);
    case "statement":
      return (await import("./commands/statement-command.ts")).runStatement(rest, io);
    case "registry":
      return (await import("./commands/registry-command.ts")).runRegistry(rest, io);
    case "draft":
      return (await import("./commands/draft-command.ts")).runDraft(rest, io);
    case "mirror":
      return (await import("./commands/mirror-command.ts")).runMirror(rest, io, pages);
    case "log":
      return (await import("./commands/log-command.ts")).runLog(rest, io);
    case "witness":
      return (await import("./commands/witness-command.ts")).runWitness(rest, io);
    case "import":
      return (await import("./commands/import-command.ts")).runImport(rest, io);
    case "alert":
      return (await import("./commands/alert-command.ts")).runAlert(rest, io, pages);
    case "outside":
      return (await import("./commands/outside-command.ts")).runOutside(rest, io);
    case "backup":
      return (await import("./commands/backup-command.ts")).runBackup(rest, io);
    case "account":
      return (await import("./commands/account-command.ts")).runAccount(rest, io);
    case "audit":
      return (await import("./commands/audit-command.ts")).runAudit(rest, io);
    case "help":
    case "--help":
      io.out(HELP);
      return EXIT.ok;
    default:
      io.err(command === undefined ? HELP : `kuager collector has no command '${command}'.\n\n${HELP}`);
      return EXIT.usage;
  }
}
