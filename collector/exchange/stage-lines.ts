import { ArchiveLine } from "../../protocol/archive.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { WorldEvent } from "../../protocol/event.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Place } from "../../protocol/primitives.ts";
import { probeIdOf } from "../../protocol/signature.ts";
import type { ContinueRequest } from "../../protocol/wire.ts";
import type { EpochMs } from "../analysis/types.ts";
import { toRow } from "../ingest/accept.ts";
import type { Staging } from "../store/staging.ts";
import type { KnownProbe } from "../store/store.ts";
import type { Reporter } from "./import-report.ts";
import type { SourceLine } from "./read-lines.ts";

/** A probe as a line tells of it; `continues`: the key of the same host that it goes on for. */
type StagedProbe = { probe: KnownProbe; publicKey: string | null; continues: string | null };

/** What pass one of an import finds; entries and presences lie in the staging. */
export type Staged = {
  readonly probes: ReadonlyMap<string, StagedProbe>;
  readonly events: readonly WorldEvent[];
  /** Keys that go on for others, in the order of the file. */
  readonly continuations: readonly { number: number; request: ContinueRequest }[];
  /** The latest receipt in the archive; null when it has none. */
  readonly end: number | null;
};

const EVENTS_MAX = 100_000;
const PROBES_MAX = 100_000;
const CONTINUATIONS_MAX = 1000;

/** Reads every line of an archive into the staging; what is wrong with a line is told, and the line left out. */
export async function stageLines(
  { lines, staging, now }: { lines: AsyncIterable<SourceLine>; staging: Staging; now: () => EpochMs },
  { report, refuse, count }: Reporter,
): Promise<Staged> {
  const probes = new Map<string, StagedProbe>();
  const events: WorldEvent[] = [];
  const continuations: { number: number; request: ContinueRequest }[] = [];
  const importedAt = now();
  let end: number | null = null;
  const place = (line: ArchiveLine & { publicKey?: unknown; signature?: unknown }, number: number): string | null => {
    if ("received" in line && line.received !== undefined) end = Math.max(end ?? 0, Date.parse(line.received));
    switch (line.type) {
      case "probe":
        return probes.size >= PROBES_MAX ? "too many probes" : placeProbe(line, probes);
      case "presence":
        return placePresence(line, staging);
      case "entry":
        return placeEntry(line, { number, staging, importedAt, known: () => count("entries", 0, 1) });
      case "event":
        events.push(eventOf(line));
        return events.length > EVENTS_MAX ? "too many events" : null;
      case "continue": {
        const { type: _, ...request } = line;
        continuations.push({ number, request });
        return continuations.length > CONTINUATIONS_MAX ? "too many keys that continue others" : null;
      }
      // The list of targets is data of the program, and times without a collector are those of another collector.
      case "target":
      case "gap":
        return null;
    }
  };
  for await (const source of lines) {
    report.lines += 1;
    const problem = "problem" in source ? source.problem : readLine(source.text, (line) => place(line, source.number));
    if (problem !== null) refuse(source.number, problem);
  }
  return { probes, events, continuations, end };
}

function readLine(text: string, place: (line: ArchiveLine) => string | null): string | null {
  const parsed = parseJson(ArchiveLine, text);
  return parsed.ok ? place(parsed.value) : parsed.problems.join("; ");
}

type Of<T extends ArchiveLine["type"]> = Extract<ArchiveLine, { type: T }> & {
  publicKey?: unknown;
  signature?: unknown;
};

function placeProbe(line: Of<"probe">, probes: Map<string, StagedProbe>) {
  const { id, role, asn = null, access = null, from, to, country, publicKey = null, continues = null } = line;
  if (publicKey !== null && (typeof publicKey !== "string" || probeIdOf(publicKey) !== id))
    return "publicKey: not the key that this id is made of";
  const region = line.region ?? Place.safeParse(country).data ?? null;
  probes.set(id, { probe: { id, role, asn, region, access, from, to }, publicKey, continues });
  return null;
}

function placePresence({ probe, from, to, received, route }: Of<"presence">, staging: Staging): string | null {
  const [start, end, known] = [Date.parse(from), Date.parse(to), Date.parse(received)];
  if (end < start) return "to: lies before from";
  staging.addPresence({ probe, from: start, to: end, received: known, route: route ?? null });
  return null;
}

type Placing = { number: number; staging: Staging; importedAt: EpochMs; known: () => void };

function placeEntry(
  { entry, signature = null, ...line }: Of<"entry">,
  { number, staging, importedAt, known }: Placing,
) {
  if (signature !== null && typeof signature !== "string") return "signature: not text";
  const text = canonicalText(entry);
  if (text === null) return "entry: cannot be written as canonical JSON";
  if (Buffer.byteLength(text) > LIMITS.entryBytes) return `entry: longer than ${LIMITS.entryBytes} bytes`;
  const row = toRow(entry, text, sha256Hex(text));
  if (!Number.isSafeInteger(row.at)) return "entry: a time that is none";
  const { probe, prev } = entry;
  const received = line.received === undefined ? importedAt : Date.parse(line.received);
  const answer = staging.add({ ...row, line: number, probe, prev, received, signature });
  if (answer === "same") known();
  return typeof answer === "object" ? `another entry ${row.seq} of this probe stands on line ${answer.line}` : null;
}

function canonicalText(entry: unknown): string | null {
  try {
    return canonicalJson(entry);
  } catch {
    return null;
  }
}

function eventOf({ type: _type, ...event }: Of<"event">): WorldEvent {
  return event;
}
