#!/usr/bin/env node
import type { Io } from "../protocol/command-line.ts";
import { EXIT } from "../protocol/exit-code.ts";
import { main } from "./main.ts";

const USAGE = `kuager: an eyewitness of internet shutdowns and website blocking in Kazakhstan.

  kuager probe join|run|status|measure …      the volunteer's side
  kuager collector serve|invite|export|…      the side that collects and publishes
  kuager classify --measurement FILE …        the verdict of one measurement
  kuager replay ARCHIVE                       incidents and associations of an archive
  kuager verify FILE                          checks a bundle or an archive, offline
  kuager lab demo|matrix|lines|…              all of it on real packets, in network namespaces (root)

Add --help to a command for its words.
`;

/** Commands load only what they need: the probe never loads the collector, nor the reverse. */
async function dispatch(argv: string[], io: Io): Promise<number> {
  const [program, ...rest] = argv;
  switch (program) {
    case "probe":
      return (await import("../probe/cli.ts")).runProbeCommand(rest, io);
    case "collector":
      return runCollector(rest, io);
    case "classify":
      return (await import("../collector/commands/classify-command.ts")).runClassifyCommand(rest, io);
    case "replay":
      return (await import("../collector/commands/start-replay.ts")).startReplay(rest, io);
    case "verify":
      return (await import("../collector/verify/start-verify.ts")).startVerify(rest, io);
    case "lab":
      return (await import("../test/lab/command.ts")).runLabCommand(rest, io);
    case undefined:
      io.err(USAGE);
      return EXIT.usage;
    case "help":
    case "--help":
      io.out(USAGE);
      return EXIT.ok;
    default:
      io.err(`kuager has no command '${program}'.\n\n${USAGE}`);
      return EXIT.usage;
  }
}

async function runCollector(argv: string[], io: Io): Promise<number> {
  const { runCollectorCommand } = await import("../collector/cli.ts");
  const { pages } = await import("../dashboards/pages.ts");
  return runCollectorCommand(argv, io, pages);
}

await main(dispatch);
