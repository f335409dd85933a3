import { ArchiveLine, type CollectorGap, type Presence, type ProbeInfo } from "../../protocol/archive.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { WorldEvent } from "../../protocol/event.ts";
import { check } from "../../protocol/parse.ts";
import { Place, Utc } from "../../protocol/primitives.ts";
import { probeIdOf } from "../../protocol/signature.ts";
import type { TargetFact } from "../analysis/knowledge.ts";
import type { EpochMs } from "../analysis/types.ts";
import { type EntryKey, type EntryLine, keyOrder, readTail, type Tail } from "./entry-line.ts";
import { isForeignId } from "./read-entry.ts";
import type { ReplayReporter } from "./report.ts";
import type { ReplayLine } from "./source.ts";
import { successionsOf } from "./successions.ts";

/** A probe as lines tell of it; `from` null: it was there from the first record on. */
export type ProbeLine = Omit<ProbeInfo, "from"> & { from: string | null };

/** All of an archive but its entries, and what the order of those is. */
export type Survey = {
  readonly probes: ProbeLine[];
  readonly keys: ReadonlyMap<string, string>;
  readonly presences: Presence[];
  readonly targets: ReadonlyMap<string, TargetFact>;
  readonly events: WorldEvent[];
  readonly gaps: CollectorGap[];
  /** First time of receipt or presence of every probe. */
  readonly firstSeen: ReadonlyMap<string, EpochMs>;
  /** Whether the entries already stand in the order of replay. */
  readonly ordered: boolean;
  /** The latest moment that the archive knows of; null when it is empty. */
  readonly end: EpochMs | null;
};

/** Lines that are no entries are held in memory: a hundred bytes each, so at most some hundred megabytes. */
const OTHERS_MAX = 2_000_000;
const SOME_ID = "0".repeat(32);

type Other = Exclude<ArchiveLine, { type: "entry" }> & { publicKey?: unknown };

/** Pass one of a replay: every line is looked at, entries only for their key. Wrong lines are told and left out. */
export async function surveyLines(
  batches: AsyncIterable<readonly ReplayLine[]>,
  reporter: ReplayReporter,
): Promise<Survey> {
  const others = new Map<string, Other>();
  const firstSeen = new Map<string, EpochMs>();
  let before: EntryKey | null = null;
  let ordered = true;
  let end: EpochMs | null = null;
  const seen = (probe: string, from: EpochMs, to: EpochMs) => {
    const first = firstSeen.get(probe);
    if (first === undefined || from < first) firstSeen.set(probe, from);
    if (end === null || to > end) end = to;
  };
  const take = (source: ReplayLine) => {
    reporter.report.lines += 1;
    if ("problem" in source) return reporter.refuse(source.number, source.problem);
    const line: Read = "entry" in source ? { kind: "entry", key: source.entry, tail: null } : readLine(source.text);
    if (line.kind === "problem") reporter.refuse(source.number, line.problem);
    else if (line.kind === "entry") {
      reporter.report.entries += 1;
      ordered &&= before === null || keyOrder(before, line.key) <= 0;
      before = line.key;
      seen(line.key.probe, line.key.received, line.key.received);
    } else if (others.size >= OTHERS_MAX) reporter.refuse(source.number, "too many lines that are no entries");
    else {
      others.set(canonicalJson(line.value), line.value);
      if (line.value.type === "presence")
        seen(line.value.probe, Date.parse(line.value.from), Date.parse(line.value.received));
    }
  };
  for await (const batch of batches) for (const source of batch) take(source);
  return { ...sorted(others), firstSeen, ordered, end };
}

/**
 * Entries of a file with their keys, in the order in which they stand there. Lines that are no entries are passed over.
 * `withTail` hands on what was read of them, for lines that are not held for long.
 */
export async function* entryLines(
  batches: AsyncIterable<readonly ReplayLine[]>,
  withTail = false,
): AsyncGenerator<EntryLine[]> {
  for await (const batch of batches) {
    const lines: EntryLine[] = [];
    for (const source of batch) {
      const line = entryLine(source, withTail);
      if (line !== null) lines.push(line);
    }
    yield lines;
  }
}

function entryLine(source: ReplayLine, withTail: boolean): EntryLine | null {
  if ("problem" in source) return null;
  const { number } = source;
  if ("entry" in source) {
    const { received, probe, seq } = source.entry;
    const { text, tail } = source.entry.read();
    return { received, probe, seq, number, text, tail: withTail ? tail : undefined };
  }
  const { text } = source;
  const line = readLine(text, true);
  if (line.kind !== "entry") return null;
  const { received, probe, seq } = line.key;
  return { received, probe, seq, number, text, tail: withTail ? line.tail : undefined };
}

type Read =
  | { kind: "entry"; key: EntryKey; tail: Tail | null }
  | { kind: "other"; value: Other }
  | { kind: "problem"; problem: string };

function readLine(text: string, entriesOnly = false): Read {
  const tail = readTail(text);
  if (tail !== null) return { kind: "entry", key: tail, tail };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: "problem", problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (isRecord(value) && value.type === "entry") return entryKey(value);
  return entriesOnly ? { kind: "problem", problem: "no entry" } : readOther(value);
}

function entryKey({ received, entry }: Record<string, unknown>): Read {
  const at = typeof received === "string" && Utc.safeParse(received).success ? Date.parse(received) : Number.NaN;
  if (Number.isNaN(at)) return { kind: "problem", problem: "received: expected a UTC time" };
  const { probe, seq } = isRecord(entry) ? entry : {};
  if (typeof probe !== "string" || !Number.isSafeInteger(seq) || typeof seq !== "number")
    return { kind: "problem", problem: "entry: expected a record with probe and seq" };
  return { kind: "entry", key: { received: at, probe, seq }, tail: null };
}

function readOther(value: unknown): Read {
  const id = isRecord(value) ? (value.type === "probe" ? value.id : value.probe) : null;
  const standIn =
    isRecord(value) && isForeignId(id) ? { ...value, [value.type === "probe" ? "id" : "probe"]: SOME_ID } : value;
  const checked = check(ArchiveLine, standIn);
  if (!checked.ok) return { kind: "problem", problem: checked.problems.join("; ") };
  // The cast is sound: the schema has accepted all but the id, and entries do not come here.
  const line = value as Other;
  const problem = trouble(line);
  return problem === null ? { kind: "other", value: line } : { kind: "problem", problem };
}

function trouble(line: Other): string | null {
  if (line.type === "presence") {
    if (Date.parse(line.to) < Date.parse(line.from)) return "to: lies before from";
    if (Date.parse(line.received) < Date.parse(line.to)) return "received: lies before to";
  }
  if (line.type === "gap" && Date.parse(line.to) < Date.parse(line.from)) return "to: lies before from";
  const { publicKey } = line;
  if (line.type === "probe" && publicKey !== undefined && publicKey !== null)
    if (typeof publicKey !== "string" || probeIdOf(publicKey) !== line.id)
      return "publicKey: not the key that this id is made of";
  return null;
}

/** Lines by type, each in an order of its own that does not depend on the file's. */
function sorted(others: ReadonlyMap<string, Other>) {
  const lines = [...others].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const of = <T extends Other["type"]>(type: T) =>
    lines.filter((line): line is Extract<Other, { type: T }> => line.type === type);
  const probes = of("probe");
  const keys = new Map(probes.flatMap(({ id, publicKey }) => (typeof publicKey === "string" ? [[id, publicKey]] : [])));
  const successions = successionsOf(of("continue"), keys);
  return {
    probes: probes.map(({ id, role, asn, access, region, country, from, to, continues = successions.get(id) }) => ({
      ...{ id, role, asn: asn ?? null, access: access ?? null, from: from ?? null, to: to ?? null },
      region: region ?? Place.safeParse(country).data ?? null,
      ...(continues !== undefined && { continues }),
    })),
    keys,
    presences: of("presence").map(({ probe, from, to, received, route }) => ({
      ...{ probe, from, to, received },
      ...(route && { route }),
    })),
    targets: new Map(
      of("target").map(({ id, url, hostedIn = null, canary, absent, filteredIn }) => [
        id,
        { url, hostedIn, ...known({ canary, absent, filteredIn }) },
      ]),
    ),
    events: of("event").map(({ type: _type, ...event }) => event),
    gaps: of("gap").map(({ from, to }) => ({ from, to })),
  };
}

/** The fields that are there. */
function known<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
