// A process that measures one site again and again with the probe's own code: settings as JSON in the first argument,
// milliseconds of CPU and of time for one check as JSON on standard output.
import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import { z } from "zod";
import { readHostFacts } from "../../probe/measure/host-facts.ts";
import { systemResolvers } from "../../probe/measure/system-resolvers.ts";
import { measureWeb } from "../../probe/measure/web.ts";
import { forgetWork, growSlowly, keepMemorySmall } from "../../probe/run/small-memory.ts";
import { parseJson } from "../../protocol/parse.ts";

const Settings = z.object({
  url: z.string(),
  ca: z.array(z.string()),
  checks: z.int(),
  warmUp: z.int(),
  atOnce: z.int(),
  /** Whether getaddrinfo is asked beside the system's resolver. */
  os: z.boolean(),
  followups: z.boolean(),
  controlSni: z.string().nullable(),
});
export type CheckSettings = z.infer<typeof Settings>;
export type CheckCost = { cpuMs: number; wallMs: number[]; failed: number };

const settings = parseJson(Settings, process.argv[2] ?? "");
if (!settings.ok) throw new Error(settings.problems.join("; "));
const { url, ca, checks, warmUp, atOnce, os, followups, controlSni } = settings.value;
keepMemorySmall();
growSlowly();
forgetWork();

/** Read once, as a running probe does for the sites it measures within seconds. */
const host = readHostFacts({});

async function measureOnce() {
  const common = { target: "site", url, round: randomUUID(), publicResolvers: [], doh: [], addresses: [], controlSni };
  const options = { ...common, systemResolvers: systemResolvers(), followups, host, ca, ...(!os && { lookup: null }) };
  return measureWeb(options, new AbortController().signal);
}

async function run(count: number): Promise<{ wallMs: number[]; failed: number }> {
  const limit = pLimit(atOnce);
  const all = Array.from({ length: count }, () => limit(measureOnce));
  const bodies = await Promise.all(all);
  const failed = bodies.filter(({ http }) => http[0]?.status !== 200).length;
  return { wallMs: bodies.map(({ durationMs }) => durationMs), failed };
}

await run(warmUp);
const before = process.cpuUsage();
const { wallMs, failed } = await run(checks);
const { user, system } = process.cpuUsage(before);
const cost: CheckCost = { cpuMs: (user + system) / 1000 / checks, wallMs, failed };
process.stdout.write(JSON.stringify(cost));
