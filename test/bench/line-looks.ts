// A process that watches its line with the probe's own code, under a clock of its own that goes to the next look at
// once: settings as JSON in the first argument, what the looks found as JSON on standard output.
import { mkdirSync } from "node:fs";
import { pino } from "pino";
import { z } from "zod";
import { createClock } from "../../probe/clock.ts";
import { makeIdentity } from "../../probe/identity/identity.ts";
import { Journal } from "../../probe/journal/journal.ts";
import { createLook } from "../../probe/link/look.ts";
import { createWatch } from "../../probe/link/watch.ts";
import { systemResolvers } from "../../probe/measure/system-resolvers.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Anchor } from "../../protocol/target.ts";

const Settings = z.object({
  folder: z.string(),
  anchors: z.array(Anchor),
  ca: z.array(z.string()),
  looks: z.int().min(1),
  /** From one look to the next. */
  everyS: z.number(),
});
export type LookSettings = z.infer<typeof Settings>;
export type LooksDone = { entries: number; state: string | null };

const settings = parseJson(Settings, process.argv[2] ?? "");
if (!settings.ok) throw new Error(settings.problems.join("; "));
const { folder, anchors, ca, looks, everyS } = settings.value;
mkdirSync(folder, { recursive: true });

let nowMs = 0;
const clock = createClock({ tickMs: () => nowMs, uptimeMs: () => nowMs });
const log = pino({ level: "silent" });
const journal = new Journal({ folder, probe: makeIdentity(folder).probe, clock, log });
const look = createLook({
  ...{ clock, ca, anchors: () => anchors, isBogon: () => false, servers: () => systemResolvers() },
  timeoutMs: () => 4000,
  patienceMs: () => 30_000,
  // The collector is heard by the uplink, whose bytes are not those of the line.
  routes: () => [],
  isDirect: false,
});
const watch = createWatch({ journal, clock, log, linkS: () => everyS, look });
for (let count = 0; count < looks; count++) {
  await watch.once(new AbortController().signal);
  nowMs += everyS * 1000;
}
const done: LooksDone = { entries: journal.read(0, 5000, 1e9).length, state: watch.state() };
process.stdout.write(JSON.stringify(done));
process.exit(0);
