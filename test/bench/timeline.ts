import { mkdtempSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "../../collector/store/database.ts";
import { openStore } from "../../collector/store/open-store.ts";
import { createTestProbe, join as joinCollector, packed, post, webDraft } from "../collector/test-probe.ts";
import { freePort, healthy, type Running, runKuager, startKuager, until } from "../end-to-end/processes.ts";
import { goalLine, median, spread } from "./figures.ts";
import { cpuS } from "./process-costs.ts";
import { type Fleet, incidentsOf, makeRecords } from "./timeline-records.ts";

const HELP = `npm run bench:timeline -- [--records 10000000] [--turns 15] [--keep DIR]

What readers cost a collector with ten million stored records: 480 probes in 20 regions and 6 networks, 60 targets, 30 days.
Prints the server's own time of each page, the timeline's as a ratio to the raw SQL scan of the same run, and how long a
probe waits for its acknowledgement while readers ask for the timeline without pause. --keep makes the records there and
leaves them, or takes those that are there.
`;

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "10000000" },
    turns: { type: "string", default: "15" },
    keep: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const GOAL_MS = 150;
const DAY_MS = 86_400_000;
/** A bad month: four begin every day. */
const INCIDENTS = 120;
const BATCHES = 60;
const say = (text: string) => void process.stdout.write(`${text}\n`);

if (values.help) say(HELP);
else process.exitCode = (await measureAll(Number(values.records), Number(values.turns))) ? 0 : 1;

async function measureAll(records: number, turns: number): Promise<boolean> {
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), "kuager-bench-timeline-"));
  const file = join(folder, "collector.db");
  const fleet: Fleet = { records, days: 30, to: Date.now() };
  say(
    `load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  );
  try {
    const made = statSync(file, { throwIfNoEntry: false });
    if (made === undefined) await makeRecords(file, fleet, say);
    say(`the database has ${(statSync(file).size / 1e9).toFixed(1)} GB`);
    const raw = await rawScan(file, fleet);
    say(`raw SQL scan of the same counts: ${raw.toFixed(0)} ms`);
    return await measureServer(folder, { ...fleet, to: made?.mtimeMs ?? fleet.to }, turns, raw);
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
    say(
      `load ${loadavg()
        .map((one) => one.toFixed(1))
        .join(" ")}`,
    );
  }
}

/** What a timeline by region and network would take without rollups. */
async function rawScan(file: string, { to, days }: Fleet): Promise<number> {
  const db = await openDatabase(file);
  try {
    const begun = performance.now();
    db.prepare(
      `SELECT CAST(measured / 14400000 AS INTEGER) AS part, asn, region, code, count(*) AS n FROM verdict
       WHERE measured >= ? AND measured < ? GROUP BY 1, 2, 3, 4`,
    ).all(to - days * DAY_MS, to);
    return performance.now() - begun;
  } finally {
    db.close();
  }
}

async function measureServer(folder: string, fleet: Fleet, turns: number, raw: number): Promise<boolean> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const flags = ["--data", folder, "--port", String(port), "--log-level", "debug", "--questions-a-minute", "100000"];
  const server = startKuager(["collector", "serve", ...flags, "--bulk-days", "off"]);
  try {
    await until(
      () => `the collector answers: ${server.stdout()}${server.stderr()}`,
      () => healthy(url),
      600_000,
    );
    const store = await openStore(folder);
    await store.incidents.put(incidentsOf(fleet, INCIDENTS), Date.now());
    await store.close();
    const window = `from=${timeOf(fleet.to - fleet.days * DAY_MS)}&to=${timeOf(fleet.to)}`;
    const ok = await measurePages(server, url, window, { turns, raw });
    await measureIngest(folder, url, `${url}/en/timeline?${window}`);
    return ok;
  } finally {
    server.child.kill("SIGTERM");
    await server.exit;
  }
}

function timeOf(at: number): string {
  return new Date(Math.round(at)).toISOString();
}

type Wish = { readonly turns: number; readonly raw: number };

async function measurePages(server: Running, url: string, window: string, { turns, raw }: Wish): Promise<boolean> {
  const at = window.split("&")[0]?.slice("from=".length) ?? "";
  const noon = timeOf(Date.parse(at) + 15.5 * DAY_MS);
  const asked: readonly [name: string, path: string, goal: boolean][] = [
    ["timeline page", `/en/timeline?${window}`, true],
    ["timeline by region and network, JSON", `/api/v1/timeline?${window}&lanes=1`, true],
    ["region x network at a moment, JSON", `/api/v1/states?at=${noon}`, true],
    ["a target's page", "/en/targets/orda.kz", true],
    ["first page", "/en", true],
    ["100 measurements, JSON", "/api/v1/measurements", false],
    ["100 verdicts of a target, CSV", "/api/v1/verdicts.csv?target=orda.kz", false],
    ["a page of verdicts of one code in a region", "/api/v1/verdicts?code=dns_tamper&region=KZ-75", false],
    ["incidents of a network, CSV", "/api/v1/incidents.csv?asn=29355", false],
  ];
  let ok = true;
  for (const [name, path, goal] of asked) {
    // The first is told apart: the disk's pages and the compiler are cold.
    const first = await serverTime(server, `${url}${path}`);
    const [warm, cpuBefore]: [number[], number] = [[], cpuS(pidOf(server))];
    for (let turn = 0; turn < turns; turn++) warm.push(await serverTime(server, `${url}${path}`));
    const cpu = ((cpuS(pidOf(server)) - cpuBefore) * 1000) / turns;
    say(
      `${name}: first ${first} ms, then ${spread(warm, "ms", 0)} and ${cpu.toFixed(0)} ms of CPU; ` +
        `${(median(warm) / raw).toFixed(4)} of the raw scan`,
    );
    if (!goal) continue;
    const line = goalLine(`${name}, server time`, median(warm), GOAL_MS, "ms");
    say(line.text);
    ok &&= line.ok;
  }
  return ok;
}

function pidOf({ child }: Running): number {
  if (child.pid === undefined) throw new Error("the collector did not start");
  return child.pid;
}

/** The time that the server itself logs for a request. */
async function serverTime({ stdout }: Running, address: string): Promise<number> {
  const before = stdout().length;
  const answer = await fetch(address, { headers: { "accept-encoding": "gzip" } });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${address} was answered with ${answer.status}`);
  const lines = () =>
    stdout()
      .slice(before)
      .split("\n")
      .filter((line) => line.includes('"msg":"request"') && !line.includes("/healthz"));
  await until("the request is logged", () => lines().length > 0);
  const { ms } = JSON.parse(lines()[0] ?? "{}") as { ms: number };
  return ms;
}

/** How long a delivery of ten measurements waits for its acknowledgement, without readers and beside one and four. */
async function measureIngest(folder: string, url: string, page: string): Promise<void> {
  const flags = ["--region", "KZ-75", "--asn", "9198", "--access", "fixed", "--data", folder];
  const { stdout } = await runKuager(["collector", "invite", "--json", ...flags]);
  const { code } = JSON.parse(stdout) as { code: string };
  const probe = createTestProbe();
  if ((await joinCollector(url, probe, code)).joined === null) throw new Error("the probe could not join");
  for (const readers of [0, 1, 4]) {
    const stop = new AbortController();
    let pages = 0;
    const reading = Array.from({ length: readers }, async () => {
      while (!stop.signal.aborted) {
        await (await fetch(page, { headers: { "accept-encoding": "gzip" } })).arrayBuffer();
        pages += 1;
      }
    });
    const waits: number[] = [];
    const begun = performance.now();
    for (let batch = 0; batch < BATCHES; batch++) {
      const entries = Array.from({ length: 10 }, () => probe.write(webDraft()));
      const body = packed(probe.batch(entries));
      const sent = performance.now();
      const { status } = await post(url, body);
      if (status !== 200) throw new Error(`a delivery was answered with ${status}`);
      waits.push(performance.now() - sent);
    }
    const seconds = (performance.now() - begun) / 1000;
    stop.abort();
    await Promise.all(reading);
    const sorted = [...waits].sort((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    say(
      `a delivery beside ${readers} readers waits ${spread(waits, "ms", 0)}, p95 ${p95.toFixed(0)} ms; ` +
        `${(pages / seconds).toFixed(1)} timelines a second meanwhile`,
    );
  }
}
