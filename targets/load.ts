import type { z } from "zod";
import { canonicalJson } from "../protocol/canonical-json.ts";
import type { WorldEvent } from "../protocol/event.ts";
import { sha256Hex } from "../protocol/hash.ts";
import type { LegalBasis, Statement } from "../protocol/publication.ts";
import type { TargetList } from "../protocol/target.ts";
import { type DataFile, dataFile, type Rows, readRows, refuse } from "./ndjson.ts";
import { namesBannedMovement } from "./rules.ts";
import {
  AnchorRow,
  BlockPage,
  EventRow,
  InterceptionRoot,
  LegalRow,
  Network,
  Region,
  Report,
  StatementRow,
  TargetRow,
} from "./schema.ts";

const TARGETS_MAX = 2000;
const ANCHORS_MAX = 64;

/**
 * The list that probes measure: targets and anchors, with a hash of both as `version`. `dir` may hold only some of
 * the data files; the others are those of this package. Throws `bad_input` naming every wrong line, as does each
 * loader of this file.
 */
export function loadTargetList(dir?: string): TargetList {
  const targetFile = dataFile("targets.ndjson", dir);
  const anchorFile = dataFile("anchors.ndjson", dir);
  const targets = readRows(targetFile, TargetRow, byId);
  const anchors = readRows(anchorFile, AnchorRow, byId);
  refuse([
    ...targets.problems,
    ...bannedProblems(targetFile, targets),
    ...tooMany(targetFile, targets.rows.length, TARGETS_MAX),
    ...anchors.problems,
    ...tooMany(anchorFile, anchors.rows.length, ANCHORS_MAX),
  ]);
  const content = { targets: valuesOf(targets), anchors: valuesOf(anchors) };
  return { version: sha256Hex(canonicalJson(content)), ...content };
}

/** Networks (autonomous systems), with how people reach them and who owns them. */
export function loadNetworks(dir?: string): Network[] {
  return load(dataFile("networks.ndjson", dir), Network, { name: "asn", of: (row) => String(row.asn) });
}

/** The 20 regions and cities of republican significance, in the order of their codes. */
export function loadRegions(dir?: string): Region[] {
  return load(dataFile("regions.ndjson", dir), Region, { name: "code", of: (row) => row.code });
}

/** What people reported, oldest first. A place must be a region that is known. */
export function loadReports(dir?: string): Report[] {
  return loadPlaced(dataFile("reports.ndjson", dir), Report, dir);
}

/** Rallies, elections and other events of the world outside, oldest first. A place must be a region that is known. */
export function loadEvents(dir?: string): WorldEvent[] {
  return loadPlaced(dataFile("events.ndjson", dir), EventRow, dir);
}

/** Certificates and issuer names known from interception of TLS in Kazakhstan. */
export function loadInterception(dir?: string): InterceptionRoot[] {
  const key = { name: "name", of: (row: InterceptionRoot) => row.name };
  return load(dataFile("interception.ndjson", dir), InterceptionRoot, key);
}

/** Marks by which a substituted page is recognised. */
export function loadBlockPages(dir?: string): BlockPage[] {
  return load(dataFile("block-pages.ndjson", dir), BlockPage, byId);
}

/** Statements of officials, operators and others about disruptions, oldest first. */
export function loadStatements(dir?: string): Statement[] {
  const key = { name: "id", of: (row: Statement) => row.id };
  return load(dataFile("statements.ndjson", dir), StatementRow, key).sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
}

/** What is known of the legal basis of blocks. */
export function loadLegal(dir?: string): LegalBasis[] {
  const key = { name: "id and version", of: (row: LegalBasis) => `${row.id}-v${row.version}` };
  return load(dataFile("legal.ndjson", dir), LegalRow, key);
}

const byId = { name: "id", of: (row: { id: string }) => row.id };

function load<S extends z.ZodType>(
  file: DataFile,
  schema: S,
  key: { name: string; of: (value: z.infer<S>) => string },
): z.infer<S>[] {
  const read = readRows(file, schema, key);
  refuse(read.problems);
  return valuesOf(read);
}

function loadPlaced<T extends { id: string; place: string; start: string }>(
  file: DataFile,
  schema: z.ZodType<T>,
  dir: string | undefined,
): T[] {
  const known = new Set([...loadRegions(), ...loadRegions(dir)].map((region) => region.code));
  const read = readRows(file, schema, byId);
  const unknown = read.rows
    .filter(({ value }) => value.place.startsWith("KZ-") && !known.has(value.place))
    .map(({ line, value }) => `${file.label}:${line}: place: no region has the code '${value.place}'`);
  refuse([...read.problems, ...unknown]);
  return valuesOf(read).sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

function valuesOf<T>(read: Rows<T>): T[] {
  return read.rows.map(({ value }) => value);
}

function bannedProblems(file: DataFile, read: Rows<TargetRow>): string[] {
  return read.rows
    .filter(({ value }) => namesBannedMovement([value.id, value.url, ...Object.values(value.names)]))
    .map(({ line, value }) => `${file.label}:${line}: id: '${value.id}' names a movement that a court has banned`);
}

function tooMany(file: DataFile, count: number, max: number): string[] {
  return count > max ? [`${file.label}:${max + 1}: (file): ${count} lines, at most ${max} are allowed`] : [];
}
