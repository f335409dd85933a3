import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runBundle } from "../../collector/commands/bundle-command.ts";
import { toRow } from "../../collector/ingest/accept.ts";
import { openStore } from "../../collector/store/open-store.ts";
import type { Store } from "../../collector/store/store.ts";
import { runVerify } from "../../collector/verify/verify-command.ts";
import type { Io } from "../../protocol/command-line.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Entry } from "../../protocol/records/entry.ts";
import { createTestProbe, type TestProbe, webDraft } from "../collector/test-probe.ts";
import { goalLine, median, spread } from "./figures.ts";

const HELP = `npm run bench:verify -- [--entries 100000] [--probes 50]

Makes a bundle with originals of so many signed entries and verifies it: 'kuager verify' as a process of its own, with
everything (signatures, chains, places in the log, judging again) and without judging again, three times each in turns. The
goal is for the time on the clock on two processors that have nothing else to do: the load is told beside it. Processor time
of both, and of hashing the same bytes once, is measured in this process.
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
const BATCH = 100;
const FROM = Date.parse("2026-01-10T00:00:00Z");
const SPAN_MS = 40 * 3_600_000;
const INCIDENT: Incident = {
  ...{
    id: "bench",
    kind: "block",
    method: "tls_drop",
    extent: null,
    targets: ["orda.kz"],
    asns: [9198],
    regions: ["KZ-75"],
  },
  ...{ access: [], confidence: "observed", witnesses: 4, measurements: 9, causes: [] },
  start: { earliest: new Date(FROM + SPAN_MS / 2).toISOString(), latest: new Date(FROM + SPAN_MS / 2).toISOString() },
  end: { earliest: new Date(FROM + SPAN_MS).toISOString(), latest: new Date(FROM + SPAN_MS).toISOString() },
  detectedAt: new Date(FROM + SPAN_MS / 2).toISOString(),
};
const say = (text: string) => void process.stdout.write(`${text}\n`);
const said: string[] = [];
const io: Io = {
  out: (text) => void said.push(text),
  err: (text) => void said.push(text),
  ask: async () => null,
  env: { HOME: "/nowhere" },
  signal: new AbortController().signal,
};

if (values.help) say(HELP);
else process.exitCode = (await bench(Number(values.entries), Number(values.probes))) ? 0 : 1;

async function bench(entries: number, probes: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "kuager-bench-verify-"));
  try {
    const store = await openStore(folder);
    const bytes = await fill(store, entries, probes);
    await store.incidents.put([INCIDENT], FROM + SPAN_MS);
    await store.close();
    const asOf = new Date(FROM + SPAN_MS + 60_000).toISOString();
    const made = await timed(() =>
      runBundle(["bench", "--originals", "--data", folder, "--out", folder, "--as-of", asOf], io),
    );
    const zip = said.join("").trim();
    say(
      `bundle of ${entries} entries (${megabytes(bytes)} of text, ${megabytes(statSync(zip).size)} packed) in ${made} s`,
    );
    const [wholeS, quickS]: number[][] = [[], []];
    for (let turn = 0; turn < TURNS; turn++) {
      wholeS?.push(clocked([zip]));
      quickS?.push(clocked([zip, "--no-replay"]));
    }
    say(`on the clock, at a load of ${loadavg()[0]?.toFixed(1)}: ${spread(wholeS ?? [], "s", 2)}`);
    say(`without judging again: ${spread(quickS ?? [], "s", 2)}`);
    const whole = await timed(() => runVerify([zip], io));
    const quick = await timed(() => runVerify([zip, "--no-replay"], io));
    say(`processor time ${whole} s; without judging again ${quick} s`);
    const once = await timed(async () => {
      hashing(entries, bytes);
      return 0;
    });
    say(
      `hashing as many bytes in as many pieces once: ${once} s; verifying is ${(whole / once).toFixed(1)} times that`,
    );
    say(said.at(-1)?.split("\n").at(-2) ?? "");
    const lines = [
      goalLine("every file, signature, chain and proof (--no-replay)", median(quickS ?? []), GOAL_S, "s"),
      goalLine("the same, and judging all records again", median(wholeS ?? []), GOAL_S, "s"),
    ];
    for (const { text } of lines) say(text);
    return lines.every(({ ok }) => ok);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds on the clock that the program takes, from its start to its end. */
function clocked(words: readonly string[]): number {
  const begun = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [KUAGER, "verify", ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(`exit code ${status}: ${stdout}`);
  return (performance.now() - begun) / 1000;
}

/** Seconds of processor time: what else the machine does must not count. */
async function timed(work: () => Promise<number>): Promise<number> {
  const begun = process.cpuUsage();
  const code = await work();
  if (code !== 0) throw new Error(`exit code ${code}: ${said.join("")}`);
  const { user, system } = process.cpuUsage(begun);
  return Number(((user + system) / 1e6).toFixed(2));
}

/** The least that any check of the records costs. */
function hashing(entries: number, bytes: number): void {
  const piece = "x".repeat(Math.round(bytes / entries));
  for (let at = 0; at < entries; at++) sha256Hex(piece);
}

/** Stores entries of all probes in turn, each batch signed; returns the bytes of their texts. */
async function fill(store: Store, entries: number, count: number): Promise<number> {
  const probes = Array.from({ length: count }, () => createTestProbe());
  for (const [at, { id, publicKey }] of probes.entries()) {
    const role = at % 10 === 0 ? "control" : "witness";
    const from = new Date(FROM).toISOString();
    await store.probes.addKnown({ id, role, asn: 9198, region: "KZ-75", access: "fixed", from }, publicKey);
  }
  let bytes = 0;
  for (let done = 0; done < entries; done += BATCH) {
    const probe = probes[(done / BATCH) % count];
    if (probe !== undefined) bytes += await append(store, probe, FROM + Math.floor((SPAN_MS * done) / entries));
  }
  return bytes;
}

async function append(store: Store, probe: TestProbe, at: number): Promise<number> {
  const after = probe.head();
  const written = Array.from({ length: BATCH }, (_, nth) =>
    probe.write(webDraft(), { at: new Date(at + nth).toISOString(), mono: at - FROM + nth }),
  );
  // Written by us, of the form of an entry.
  const rows = written.map(({ text }) => toRow(JSON.parse(text) as Entry, text, sha256Hex(text)));
  const { signature } = probe.batch(written);
  if (!(await store.entries.append({ probe: probe.id, received: at + BATCH, after, rows, signature })))
    throw new Error("a batch was not stored");
  return written.reduce((sum, { text }) => sum + text.length, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
