// A probe's watch of its line as a process inside a namespace. The first line of standard input is its settings; each
// further line asks for the bodies of all link entries so far. It ends with its standard input.
import { createInterface } from "node:readline";
import { createLook } from "../../../../probe/link/look.ts";
import { createWatch } from "../../../../probe/link/watch.ts";
import { systemResolvers } from "../../../../probe/measure/system-resolvers.ts";
import type { LinkBody } from "../../../../protocol/records/link.ts";
import type { Anchor } from "../../../../protocol/target.ts";
import { openJournal, SILENT } from "../../support.ts";

/** What the watch is told. */
export type WatcherSettings = {
  folder: string;
  anchors: readonly Anchor[];
  ca: string;
  collector: string;
  timeoutMs: number;
  linkS: number;
  settleMs: number;
};

async function start({ folder, anchors, ca, collector, timeoutMs, linkS, settleMs }: WatcherSettings) {
  const { journal, clock } = openJournal(folder);
  const look = createLook({
    clock,
    ca: [ca],
    isBogon: () => false,
    servers: () => systemResolvers(),
    anchors: () => anchors,
    timeoutMs: () => timeoutMs,
    patienceMs: () => 1000,
    routes: () => [{ route: collector, ok: true }],
    isDirect: true,
    rotation: { foreign: 2, hello: 4, proof: 6 },
  });
  const watch = createWatch({ journal, clock, log: SILENT, linkS: () => linkS, look, settleMs });
  const signal = new AbortController().signal;
  await watch.once(signal);
  watch.run(signal).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
  return () => journal.read(0, 500, 1e9).map(({ text }) => (JSON.parse(text) as { body: LinkBody }).body);
}

let bodies: (() => LinkBody[]) | null = null;
const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
for await (const line of lines) {
  bodies ??= await start(JSON.parse(line) as WatcherSettings);
  process.stdout.write(`${JSON.stringify(bodies())}\n`);
}
