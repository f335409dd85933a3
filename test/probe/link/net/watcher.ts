// A probe's watch of its line as a process inside a namespace. The first line of standard input is its settings; each
// further line asks for the bodies of all link entries so far. With `quietLooks` it makes that many looks of a quiet
// line instead, as fast as it can, for each further line. It ends with its standard input.
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
  quietLooks?: number;
};

/** Looks in full are this many looks apart on a quiet line: five minutes at fifteen seconds. */
const FULL_EVERY = 20;

async function start(settings: WatcherSettings): Promise<() => Promise<unknown>> {
  const { folder, anchors, ca, collector, timeoutMs, linkS, settleMs, quietLooks } = settings;
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
    // A quiet line hears from its collector by the uplink.
    isDirect: quietLooks === undefined,
    ...(quietLooks === undefined && { rotation: { foreign: 2, hello: 4, proof: 6 } }),
  });
  const watch = createWatch({ journal, clock, log: SILENT, linkS: () => linkS, look, settleMs });
  const signal = new AbortController().signal;
  if (quietLooks !== undefined) {
    await look.full("first", signal);
    return async () => {
      let ok = 0;
      for (let count = 0; count < quietLooks; count++) {
        if (count % FULL_EVERY === 0) ok += Number((await look.full("calm", signal)).condition === "open");
        else ok += Number((await look.quiet(signal)).ok);
      }
      return { ok };
    };
  }
  await watch.once(signal);
  watch.run(signal).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
  return async () => journal.read(0, 500, 1e9).map(({ text }) => (JSON.parse(text) as { body: LinkBody }).body);
}

let answer: (() => Promise<unknown>) | null = null;
const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
for await (const line of lines) {
  answer ??= await start(JSON.parse(line) as WatcherSettings);
  process.stdout.write(`${JSON.stringify(await answer())}\n`);
}
