import { spawnSync } from "node:child_process";
import { readFileSync, renameSync, statSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Item } from "../../collector/analysis/types.ts";
import { unpackZip } from "../../collector/evidence/zip.ts";
import { linesOf } from "../../collector/verify/lines.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { okPage, probeOf, T0, tlsDrop } from "../collector/analysis/build.ts";
import { inOrder, measureRounds, type Sight, worldOf } from "../collector/analysis/world.ts";
import { makeScene } from "../collector/evidence/scene.ts";
import { goalLine, median, spread } from "./figures.ts";
import { cpuS, cpuWithChildrenS } from "./process-costs.ts";

const HELP = `npm run bench:verify -- [--entries 100000] [--probes 50]

Takes in an archive of so many signed entries in which one site of ten is blocked for some hours, judges it, makes the bundle
of that incident with originals, and verifies it: 'kuager verify' as a process of its own, with everything (signatures,
chains, places in the log, judging again), without judging again, and the edition for the public, three times each in
turns. The goal is for the time on the clock on two processors that have nothing else to do: the load is told beside it.
Processor time is that of the whole process, and is set against hashing the same bytes once.
`;

const { values } = parseArgs({
  options: {
    entries: { type: "string", default: "100000" },
    probes: { type: "string", default: "50" },
    help: { type: "boolean", default: false },
  },
});
const GOAL_S = 5;
const TURNS = 3;
const KUAGER = fileURLToPath(new URL("../../bin/kuager.js", import.meta.url));
const RECORDS = ["data/measurements.ndjson.gz", "data/controls.ndjson.gz"];
const HOUR_MS = 3_600_000;
/** As long as a bundle goes back before an incident, and as it goes on after one. */
const [LEAD_H, BLOCKED_H, AFTER_H] = [48, 6, 6];
const BLOCKED = "orda.kz";
const SITES = [BLOCKED, ...Array.from({ length: 9 }, (_, nth) => `site-${nth}.example`)];
const say = (text: string) => void process.stdout.write(`${text}\n`);

if (values.help) say(HELP);
else process.exitCode = (await bench(Number(values.entries), Number(values.probes))) ? 0 : 1;

async function bench(entries: number, probes: number): Promise<boolean> {
  const scene = await makeScene({ items: blockedWorld(entries, probes) });
  try {
    // Both editions are written to one place.
    const zip = join(scene.folder, "originals.zip");
    renameSync(await scene.bundleFile("--originals"), zip);
    const open = await scene.bundleFile();
    const lines = linesIn(zip);
    const bytes = lines.reduce((sum, { length }) => sum + length, 0);
    say(`bundle of ${lines.length} entries: ${megabytes(bytes)} of text, ${megabytes(statSync(zip).size)} packed`);
    const [whole, quick, publics]: [Run[], Run[], Run[]] = [[], [], []];
    for (let turn = 0; turn < TURNS; turn++) {
      whole.push(verify([zip]));
      quick.push(verify([zip, "--no-replay"]));
      publics.push(verify([open]));
    }
    const once = hashing(lines);
    const opened = `the edition for the public, with ${linesIn(open).length} records of them`;
    for (const [what, runs] of [
      ["everything", whole],
      ["without judging again", quick],
      [opened, publics],
    ] as const) {
      const [clock, cpu] = [runs.map((run) => run.clockS), runs.map((run) => run.cpuS)];
      const times = (median(cpu) / once).toFixed(1);
      say(`${what}: ${spread(clock, "s", 2)} on the clock, ${spread(cpu, "s", 2)} of processor time`);
      say(`  ${times} times hashing the same records once (${once.toFixed(2)} s); load ${loadavg()[0]?.toFixed(1)}`);
    }
    say(whole[0]?.said.trim().split("\n").at(-1) ?? "");
    const goals = [
      goalLine(
        "every file, signature, chain and proof (--no-replay)",
        median(quick.map((run) => run.clockS)),
        GOAL_S,
        "s",
      ),
      goalLine("the same, and judging all records again", median(whole.map((run) => run.clockS)), GOAL_S, "s"),
    ];
    for (const { text } of goals) say(text);
    return goals.every(({ ok }) => ok);
  } finally {
    scene.remove();
  }
}

type Run = { readonly clockS: number; readonly cpuS: number; readonly said: string };

/** The program from its start to its end. */
function verify(words: readonly string[]): Run {
  const [begun, before] = [performance.now(), childCpuS()];
  const { status, stdout } = spawnSync(process.execPath, [KUAGER, "verify", ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(`exit code ${status}: ${stdout}`);
  return { clockS: (performance.now() - begun) / 1000, cpuS: childCpuS() - before, said: stdout };
}

/** Processor time of this process's children that have ended. */
function childCpuS(): number {
  return cpuWithChildrenS(process.pid) - cpuS(process.pid);
}

/** Seconds for the least that any check of the records costs. */
function hashing(lines: readonly string[]): number {
  const begun = performance.now();
  for (const line of lines) sha256Hex(line);
  return (performance.now() - begun) / 1000;
}

/** A network of one city, a tenth of its probes controls abroad, measures ten sites; one of them is blocked for six hours. */
function blockedWorld(entries: number, count: number): Item[] {
  const probes = Array.from({ length: count }, (_, nth) => {
    const id = (nth + 1).toString(16).padStart(32, "0");
    return nth % 10 === 0
      ? probeOf("X", { id, role: "control", region: "DE", asn: 24940 })
      : probeOf("A", { id, asn: 9198, region: "KZ-75" });
  });
  const rounds = Math.floor(entries / (count * SITES.length));
  const blockedAt = T0 + LEAD_H * HOUR_MS;
  const sight: Sight = ({ probe, target, at }) => {
    const isBlocked = target === BLOCKED && at >= blockedAt && at < blockedAt + BLOCKED_H * HOUR_MS;
    return isBlocked && probe.role === "witness" ? tlsDrop(`https://${target}/`) : okPage(`https://${target}/`);
  };
  const world = worldOf(probes);
  const cadenceMs = Math.floor(((LEAD_H + BLOCKED_H + AFTER_H) * HOUR_MS) / rounds);
  measureRounds(world, { probes, targets: SITES, from: T0, rounds, cadenceMs, sight });
  return inOrder(world.items);
}

function linesIn(zip: string): string[] {
  const files = unpackZip(readFileSync(zip));
  return RECORDS.flatMap((path) => linesOf(files, path) ?? []);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
