import { Session } from "node:inspector/promises";
import { parseArgs } from "node:util";
import { createAnalysis } from "../../collector/analysis/analysis.ts";
import type { Knowledge } from "../../collector/analysis/knowledge.ts";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { generate } from "../sim/generate.ts";
import type { Area, Scenario } from "../sim/scenario.ts";

const HELP = `npm run bench:replay -- [--days 1,2,4,8] [--probes 200] [--targets 60] [--full]

Judges simulated archives of growing length on one core and prints records a second, memory and where the time goes.
--full judges 30 days. Records are made by the simulator as they are judged; its own time is measured and left out.
`;

const DAY_MS = 86_400_000;
const FROM = Date.parse("2023-03-06T00:00:00Z");
const ASNS = [9198, 41798, 39824, 21299, 48503] as const;
const REGIONS = ["KZ-75", "KZ-71", "KZ-79", "KZ-35"] as const;
const MOBILE: readonly number[] = [21299, 48503];

type Run = { days: number; records: number; madeS: number; judgedS: number; rssMiB: number; incidents: number };

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "1,2,4,8" },
    probes: { type: "string", default: "200" },
    targets: { type: "string", default: "60" },
    full: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else await bench(values.full ? [30] : values.days.split(",").map(Number));

async function bench(lengths: readonly number[]): Promise<void> {
  const { knowledge, list } = loadCatalogue();
  const web = list.targets.filter(({ kind, url }) => kind === "web" && url.startsWith("https:")).map(({ id }) => id);
  const scenarios = lengths.map((days) =>
    scenarioOf(days, Number(values.probes), web.slice(0, Number(values.targets))),
  );
  print(["days", "records", "made, s", "judged, s", "records/s", "s a day", "peak MiB", "incidents"]);
  const runs: Run[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const last = index === scenarios.length - 1;
    const run = last ? await profiled(() => judge(scenario, knowledge)) : judge(scenario, knowledge);
    runs.push(run);
    const perDay = (run.judgedS / run.days).toFixed(2);
    const rate = Math.round(run.records / run.judgedS);
    print([
      run.days,
      run.records,
      run.madeS.toFixed(1),
      run.judgedS.toFixed(1),
      rate,
      perDay,
      run.rssMiB,
      run.incidents,
    ]);
  }
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined || first === last) return;
  const power = Math.log(last.judgedS / first.judgedS) / Math.log(last.records / first.records);
  process.stdout.write(`\ntime grows with records to the power ${power.toFixed(2)} (1 is linear)\n`);
}

/** Twenty areas, probes spread evenly, mostly good measurements: the usual bad rounds at a third of their level. */
function scenarioOf(days: number, probes: number, targets: readonly string[]): Scenario {
  const places = REGIONS.flatMap((region) => ASNS.map((asn) => ({ region, asn })));
  const areas = places.map(({ region, asn }, place): Area => {
    const count = Math.floor((probes * (place + 1)) / places.length) - Math.floor((probes * place) / places.length);
    return { region, asn, access: MOBILE.includes(asn) ? "mobile" : "fixed", probes: count };
  });
  const about = "Speed of judging.";
  return {
    name: "bench",
    about,
    from: FROM,
    to: FROM + days * DAY_MS,
    areas,
    targets,
    acts: [],
    truths: [],
    noise: 0.3,
  };
}

/** Makes the records a day's part at a time, so that making and judging are timed apart in bounded memory. */
function judge(scenario: Scenario, knowledge: Knowledge): Run {
  const analysis = createAnalysis(knowledge);
  const items = generate(scenario, knowledge.targets, 1);
  const [pieces, piece] = [{ records: 0, madeMs: 0, judgedMs: 0, rss: 0 }, 500];
  for (let done = false; !done; ) {
    const begun = cpuMs();
    const batch = [];
    for (let next = items.next(); ; next = items.next()) {
      done = next.done === true;
      if (next.done === true) break;
      batch.push(next.value);
      if (batch.length >= piece) break;
    }
    const made = cpuMs();
    for (const item of batch) {
      analysis.apply(item);
      if (item.type === "entry") pieces.records++;
    }
    analysis.takeVerdicts();
    pieces.madeMs += made - begun;
    pieces.judgedMs += cpuMs() - made;
    pieces.rss = Math.max(pieces.rss, process.memoryUsage.rss());
  }
  return {
    days: (scenario.to - scenario.from) / DAY_MS,
    records: pieces.records,
    madeS: pieces.madeMs / 1000,
    judgedS: pieces.judgedMs / 1000,
    rssMiB: Math.round(pieces.rss / 2 ** 20),
    incidents: analysis.incidents().length,
  };
}

/** Processor time of this process, so that other work of the machine counts for nothing. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs under the sampling profiler and prints the five functions of analysis in which most time passes. */
async function profiled<T>(work: () => T): Promise<T> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 5000 });
  await session.post("Profiler.start");
  const result = work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const own = new Map<string, number>();
  const names = new Map(
    profile.nodes.map(({ id, callFrame }) => [
      id,
      `${callFrame.functionName || "(anonymous)"} ${callFrame.url.split("/dist/")[1] ?? ""}:${callFrame.lineNumber + 1}`,
    ]),
  );
  const samples = profile.samples ?? [];
  for (const id of samples) {
    const name = names.get(id) ?? "?";
    if (!name.includes("test/sim")) own.set(name, (own.get(name) ?? 0) + 1);
  }
  const top = [...own].sort((a, b) => b[1] - a[1]).slice(0, 5);
  const all = [...own.values()].reduce((sum, count) => sum + count, 0);
  for (const [name, count] of top)
    process.stdout.write(`  ${((100 * count) / all).toFixed(1).padStart(5)} %  ${name}\n`);
  return result;
}

function print(cells: readonly (string | number)[]): void {
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(11)).join("")}\n`);
}
