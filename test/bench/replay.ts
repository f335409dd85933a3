import { Session } from "node:inspector/promises";
import { parseArgs } from "node:util";
import { createAnalysis } from "../../collector/analysis/analysis.ts";
import type { Knowledge } from "../../collector/analysis/knowledge.ts";
import type { Item } from "../../collector/analysis/types.ts";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { generate } from "../sim/generate.ts";
import type { Area, Scenario } from "../sim/scenario.ts";

const HELP = `npm run bench:replay -- [--days 0.5,1,2,4] [--probes 200] [--targets 60] [--full] [--made]

Judges one simulated stream of records on one core and prints, as each of the given lengths is reached, records a second
of processor time, memory, and at the end where the time went. --full goes on to 30 days. Records are made by the
simulator as they are judged; its own time is measured and left out. Entries are parsed from JSON just before they are
judged, as those of an archive are; with --made they come as the simulator left them in memory, minutes before. It has as
much room for young records as 'kuager replay' gives itself (collector/replay/room.ts).
`;

const DAY_MS = 86_400_000;
const FROM = Date.parse("2023-03-06T00:00:00Z");
const ASNS = [9198, 41798, 39824, 21299, 48503] as const;
const REGIONS = ["KZ-75", "KZ-71", "KZ-79", "KZ-35"] as const;
const MOBILE: readonly number[] = [21299, 48503];

/** Items that are made before they are judged: as many as replay hands on together (collector/replay/in-order.ts). */
const PIECE = 128;

/** What a stream has come to at some length. */
type Mark = { days: number; records: number; madeS: number; judgedS: number; peakMiB: number; incidents: number };

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "0.5,1,2,4" },
    probes: { type: "string", default: "200" },
    targets: { type: "string", default: "60" },
    full: { type: "boolean", default: false },
    made: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else await bench([...values.days.split(",").map(Number), ...(values.full ? [15, 30] : [])].sort((a, b) => a - b));

async function bench(lengths: readonly number[]): Promise<void> {
  const { knowledge, list } = loadCatalogue();
  const web = list.targets.filter(({ kind, url }) => kind === "web" && url.startsWith("https:")).map(({ id }) => id);
  const scenario = scenarioOf(lengths.at(-1) ?? 1, Number(values.probes), web.slice(0, Number(values.targets)));
  print(["days", "records", "made, s", "judged, s", "records/s", "s a day", "peak MiB", "incidents"]);
  const marks = await profiled(() => judge(scenario, knowledge, lengths));
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined || first === last) return;
  const power = Math.log(last.judgedS / first.judgedS) / Math.log(last.records / first.records);
  process.stdout.write(`\ntime grows with records to the power ${power.toFixed(2)} (1 is linear)\n`);
}

function tell({ days, records, madeS, judgedS, peakMiB, incidents }: Mark): void {
  const rate = Math.round(records / judgedS);
  print([days, records, madeS.toFixed(1), judgedS.toFixed(1), rate, (judgedS / days).toFixed(2), peakMiB, incidents]);
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

/** Makes the records piece by piece, so that making and judging are timed apart in bounded memory. */
function judge(scenario: Scenario, knowledge: Knowledge, lengths: readonly number[]): Mark[] {
  const analysis = createAnalysis(knowledge);
  const items = generate(scenario, knowledge.targets, 1);
  const marks: Mark[] = [];
  const sum = { records: 0, madeMs: 0, judgedMs: 0, peak: 0 };
  const mark = () => {
    const days = lengths[marks.length] ?? 0;
    const { records, madeMs, judgedMs, peak } = sum;
    const incidents = analysis.incidents().length;
    const peakMiB = Math.round(peak / 2 ** 20);
    const made = { days, records, madeS: madeMs / 1000, judgedS: judgedMs / 1000, peakMiB, incidents };
    tell(made);
    marks.push(made);
  };
  for (let piece = take(items, sum); piece.length > 0; piece = take(items, sum)) {
    const begun = cpuMs();
    for (const item of piece) {
      analysis.apply(item);
      if (item.type === "entry") sum.records++;
    }
    analysis.takeVerdicts();
    sum.judgedMs += cpuMs() - begun;
    sum.peak = Math.max(sum.peak, process.memoryUsage.rss());
    const next = scenario.from + (lengths[marks.length] ?? Number.POSITIVE_INFINITY) * DAY_MS;
    if ((piece.at(-1)?.at ?? 0) >= next) mark();
  }
  if (marks.length < lengths.length) mark();
  return marks;
}

/** The next items of a stream, entries parsed just before they are judged, as those of an archive are; none when it is
 * over. */
function take(items: Iterator<Item>, sum: { madeMs: number }): Item[] {
  const begun = cpuMs();
  const piece: Item[] = [];
  for (let next = items.next(); next.done !== true; next = items.next()) {
    piece.push(values.made ? next.value : parsed(next.value));
    if (piece.length >= PIECE) break;
  }
  sum.madeMs += cpuMs() - begun;
  return piece;
}

function parsed(item: Item): Item {
  return item.type === "entry" ? { ...item, entry: JSON.parse(JSON.stringify(item.entry)) } : item;
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
    if (!name.includes("test/") && !name.startsWith("cpuUsage")) own.set(name, (own.get(name) ?? 0) + 1);
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
