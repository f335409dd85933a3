import { hexOf } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Hash } from "../../protocol/merkle.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { EpochMs } from "../analysis/types.ts";
import { publicBody } from "../api/public-body.ts";
import type { Reader } from "../api/reader.ts";
import { publicRegions } from "../api/small-cells.ts";
import { archiveLines } from "../archive-lines.ts";
import { entryOf, storedEntries } from "../judging/stored-items.ts";
import type { StoredEntry, Window } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Measured } from "./cells.ts";
import { gzip } from "./deflate.ts";
import { type Files, linesFile } from "./files.ts";

const HOUR_MS = 3_600_000;
/** Before an incident: what the detectors must have seen to date its start. After it: its end, and late controls. */
const LEAD_MS = 48 * HOUR_MS;
const AFTER_MS = 6 * HOUR_MS;
const ENTRIES_MAX = 2_000_000;

export type Edition = "public" | "originals";

/** Record files of a bundle, and where their entries stand in the log, in the order of the files. */
export type Gathered = {
  readonly files: Files;
  readonly leaves: readonly Place[];
  readonly counts: { readonly witnesses: number; readonly controls: number };
  readonly verdicts: Readonly<Record<string, number>>;
  readonly excluded: number;
  /** What witnesses measured of the sites in question, in the order of receipt. */
  readonly measured: readonly Measured[];
  /** Lines of the archive, for judging it again; none in the public edition. */
  readonly archive: { readonly context: readonly string[]; readonly entries: readonly string[] };
};

/** The time whose records belong to an incident, until `now` at most. */
export function windowOf({ start, end }: Incident, now: EpochMs): Window {
  const to = end === null ? now : Math.min(now, Date.parse(end.latest) + AFTER_MS);
  return { from: Math.max(0, Date.parse(start.earliest) - LEAD_MS), to: Math.max(to, Date.parse(start.latest) + 1) };
}

type Place = { readonly leaf: number; readonly hash: Hash };
type Line = { readonly role: "witness" | "control"; readonly place: Place; readonly text: string };
type Judged = { readonly row: StoredEntry; readonly verdict: Verdict };

/** Collects an incident's records as an edition may show them, among the first `size` leaves of the log. */
export async function gather(
  reader: Reader,
  { incident, window, size, edition }: { incident: Incident; window: Window; size: number; edition: Edition },
): Promise<Gathered> {
  const { store } = reader;
  const { context, texts } = await originalLines(reader, window, edition);
  const roles = new Map((await store.probes.all()).map(({ id, role }) => [id, role]));
  const publicLine = await publicLineOf(reader);
  const textOf = (row: StoredEntry, place: Place) =>
    edition === "originals" ? texts.get(nameOf(row)) : isAbout(row, incident) ? publicLine(row, place) : undefined;
  const lines: Line[] = [];
  const judging = judge(reader, incident);
  for await (const row of storedEntries(store, window.from)) {
    if (row.received >= window.to || lines.length >= ENTRIES_MAX) break;
    const place = await store.log.leafOf(row.probe, row.seq);
    const text = place === null || place.leaf >= size ? undefined : textOf(row, place);
    if (place === null || text === undefined) continue;
    const role = roles.get(row.probe) ?? "witness";
    lines.push({ role, place, text });
    await judging.take(row, role);
  }
  const of = (role: Line["role"]) => lines.filter((line) => line.role === role);
  const [witnesses, controls] = [of("witness"), of("control")];
  const { judged, measured } = judging;
  const excluded = judged.filter(({ verdict }) => !isEvidence(verdict));
  return {
    files: new Map([
      ["measurements.ndjson.gz", packed(witnesses.map(({ text }) => text))],
      ["controls.ndjson.gz", packed(controls.map(({ text }) => text))],
      ...(edition === "originals" ? [["context.ndjson.gz", packed(context)] as const] : []),
      ["verdicts.ndjson", linesFile(judged.map(verdictLine))],
      ["excluded.ndjson", linesFile(excluded.map(excludedLine))],
    ]),
    leaves: [...witnesses, ...controls].map(({ place }) => place),
    counts: { witnesses: witnesses.length, controls: controls.length },
    verdicts: counted(judged.map(({ verdict }) => verdict.code)),
    excluded: excluded.length,
    measured,
    archive: { context, entries: edition === "originals" ? [...witnesses, ...controls].map(({ text }) => text) : [] },
  };
}

/** Keeps the verdicts of measurements in question, and what tables need of those of witnesses. */
function judge({ store }: Reader, incident: Incident) {
  const judged: Judged[] = [];
  const measured: Measured[] = [];
  const take = async (row: StoredEntry, role: Line["role"]) => {
    const near = isWithin(row, incident, HOUR_MS);
    if (!isAbout(row, incident) || (!near && role === "control")) return;
    const verdict = await store.verdicts.of(row.probe, row.seq);
    if (near && verdict !== null) judged.push({ row, verdict });
    if (role === "witness") measured.push(measuredOf(row, verdict, isWithin(row, incident, 0)));
  };
  return { judged, measured, take };
}

/** Lines of the archive: entries by name, and all others. None for the public edition. */
async function originalLines({ store, catalogue }: Reader, window: Window, edition: Edition) {
  const context: string[] = [];
  const texts = new Map<string, string>();
  if (edition === "public") return { context, texts };
  for await (const line of archiveLines(store, catalogue, window)) {
    const text = canonicalJson(line);
    if (line.type === "entry") texts.set(nameOf(line.entry), text);
    else context.push(text);
  }
  return { context, texts };
}

function nameOf({ probe, seq }: { probe: string; seq: number }): string {
  return `${probe}/${seq}`;
}

/** A measurement of the incident's targets, or of any where it names none: these alone does the API publish. */
function isAbout({ target }: StoredEntry, { targets }: Incident): boolean {
  return target !== null && (targets.length === 0 || targets.includes(target));
}

/** As `/api/v1/measurements` gives it: no id, chain, clock or boot, which would tie the days of one probe together. */
async function publicLineOf(reader: Reader) {
  const { store, pseudonym } = reader;
  const regionOf = publicRegions(await store.probes.all(), reader);
  const networks = new Map((await store.probes.all()).map(({ id, asn }) => [id, asn]));
  return (row: StoredEntry, { leaf, hash }: Place): string =>
    canonicalJson({
      ...{ record: row.hash, leaf, leafHash: hexOf(hash), probe: pseudonym(row.probe, row.at) },
      ...{ at: utc(row.at), received: utc(row.received), kind: row.kind, target: row.target },
      ...{ asn: networks.get(row.probe) ?? null, region: regionOf(row.probe), body: publicBody(entryOf(row)) },
    });
}

/** Measured during the incident, or `aroundMs` before or after it: what was still well before it is evidence too. */
function isWithin({ at }: StoredEntry, { start, end }: Incident, aroundMs: number): boolean {
  const from = Date.parse(start.earliest) - aroundMs;
  return at >= from && (end === null || at <= Date.parse(end.latest) + aroundMs);
}

function measuredOf({ probe, at, target }: StoredEntry, verdict: Verdict | null, during: boolean): Measured {
  return { probe, at, target: target ?? "", code: verdict?.code ?? null, during };
}

/** Verdicts that say something about the network; the others are excluded, with their reason. */
const NO_EVIDENCE = new Set(["inconclusive", "offline", "captive_portal", "local_interference", "geo_block"]);

function isEvidence({ code, strength }: Verdict): boolean {
  return !NO_EVIDENCE.has(code) && strength !== "weak";
}

function verdictLine({ row, verdict }: { row: StoredEntry; verdict: Verdict }): string {
  return canonicalJson({ record: row.hash, target: row.target, at: utc(row.at), ...verdict });
}

function excludedLine({ row, verdict }: { row: StoredEntry; verdict: Verdict }): string {
  const { code, strength, rule, reasons } = verdict;
  const why = NO_EVIDENCE.has(code) ? `judged ${code}` : "the finding is weak: no proof of its own and no control";
  return canonicalJson({
    record: row.hash,
    target: row.target,
    why,
    rule,
    strength,
    says: reasons.map(({ says }) => says),
  });
}

function counted(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of [...codes].sort()) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function packed(lines: readonly string[]): Uint8Array {
  return gzip(linesFile(lines));
}
