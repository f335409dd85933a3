import type { Readable } from "node:stream";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { loadCatalogue } from "../catalogue.ts";
import { type Replayed, replayLines } from "../replay/replay.ts";
import { faultsText } from "../replay/report.ts";
import { fileSource, streamSource } from "../replay/source.ts";
import { outputText } from "../replay/table.ts";
import { openVerdictFile } from "../replay/verdict-file.ts";

const USAGE = "kuager replay ARCHIVE [--unsigned] [--json] [--verdicts FILE] [--stats] [--targets DIR]";

const HELP = `${USAGE}

Judges the records of an archive again, as the collector would have live, and prints incidents and how they stand to
events. ARCHIVE is what 'kuager collector export' writes, gzipped or not; - reads the standard input. The same records
give the same result, byte for byte, whatever the order of lines.

  --unsigned          take entries that no signature covers; chains are checked and gaps told all the same
  --json              {"rulesVersion","incidents","associations"} as canonical JSON
  --verdicts FILE     every judged measurement, one JSON object a line
  --stats             lines, speed and memory, on the error output
  --targets DIR       target list and known block pages to use instead of the built-in ones

What is wrong with the archive is told on the error output, with the line. Ends with 65 when some lines were not taken;
all others were.
`;

const OPTIONS = {
  unsigned: { type: "boolean" },
  json: { type: "boolean" },
  verdicts: { type: "string" },
  stats: { type: "boolean" },
  targets: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `kuager replay`. Errors: `usage`, `bad_input` for a file that cannot be read, `cannot_write` or `io` for FILE. */
export async function runReplay(argv: readonly string[], io: Io, input: Readable = process.stdin): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: argv.includes("--help") ? 0 : 1, max: 1 });
  const [archive] = words;
  if (values.help === true || archive === undefined) {
    io.out(HELP);
    return EXIT.ok;
  }
  const begun = performance.now();
  const { knowledge, regions } = loadCatalogue(values.targets);
  const source = archive === "-" ? await streamSource(input) : { ...fileSource(archive), close: async () => undefined };
  const verdicts = values.verdicts === undefined ? null : openVerdictFile(values.verdicts);
  try {
    const options = { unsigned: values.unsigned === true, knowledge, regions };
    const replayed = await replayLines(source, verdicts === null ? options : { ...options, judged: verdicts.write });
    await verdicts?.finish();
    io.err(faultsText(archive, replayed.report));
    if (values.stats === true) io.err(statsText(replayed, performance.now() - begun));
    io.out(values.json === true ? `${canonicalJson(replayed.output)}\n` : outputText(replayed.output));
    return replayed.report.refusedLines > 0 ? EXIT.badInput : EXIT.ok;
  } finally {
    verdicts?.close();
    await source.close();
  }
}

function statsText({ report }: Replayed, tookMs: number): string {
  const { user, system } = process.cpuUsage();
  const [tookS, cpuS] = [tookMs / 1000, (user + system) / 1e6];
  const rate = `${Math.round(report.entries / tookS)} entries/s (${Math.round(report.entries / cpuS)} by processor time)`;
  const rssMib = Math.round(process.resourceUsage().maxRSS / 1024);
  return `${report.lines} lines, ${report.entries} entries in ${tookS.toFixed(1)} s: ${rate}, ${rssMib} MiB\n`;
}
