import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { ChainHead } from "../../protocol/chain.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { check } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { verifyText } from "../../protocol/signature.ts";
import type { Batch } from "../../protocol/wire.ts";
import type { EntryRow } from "../store/store.ts";
import { type Refusal, refusal } from "./refusal.ts";

export type Accepted = {
  readonly ok: true;
  /** Entries that continue the stored chain; empty when all were stored before. */
  readonly rows: readonly EntryRow[];
  readonly entries: readonly Entry[];
  readonly signature: string;
};

/** What is stored of the probe that speaks. */
export type Known = {
  readonly publicKey: string;
  readonly head: ChainHead;
  /** Hash of a stored entry; null when it is no longer kept. */
  readonly hashAt: (seq: number) => Promise<string | null>;
};

/**
 * Judges a batch: signature over the last entry, canonical text, schema, chain, and what of it is new. Entries
 * stored before are dropped without a word (delivery is at least once); entries that differ from stored ones are a
 * `fork`. Pure but for `hashAt`. Refusals: bad_signature, bad_message, gap, fork.
 */
export async function acceptBatch(batch: Batch, known: Known): Promise<Accepted | Refusal> {
  const hashes = batch.entries.map(sha256Hex);
  const last = hashes.at(-1) ?? "";
  if (!verifyText(known.publicKey, "journal", last, batch.signature))
    return refusal("bad_signature", "The signature does not cover the last entry with this probe's key.");
  const read = readEntries(batch);
  if (!read.ok) return read;
  const order = followBatch(read.entries, hashes);
  if (order !== null) return order;
  const fault = (await differs(read.entries, hashes, known)) ?? continues(read.entries, known.head);
  if (fault !== null) return fault;
  const isNew = (_: unknown, index: number) => (read.entries[index]?.seq ?? 0) > known.head.seq;
  return {
    ok: true,
    rows: read.entries
      .map((entry, index) => toRow(entry, batch.entries[index] ?? "", hashes[index] ?? ""))
      .filter(isNew),
    entries: read.entries.filter(isNew),
    signature: batch.signature,
  };
}

/** Row of an entry: what the store's columns say of it. `text` is its canonical JSON, `hash` the SHA-256 of that. */
export function toRow(entry: Entry, text: string, hash: string): EntryRow {
  return { seq: entry.seq, kind: entry.kind, target: targetOf(entry), at: trueTime(entry), text, hash };
}

function trueTime(entry: Entry): number {
  return Math.round(Date.parse(entry.at) + entry.clock.offsetMs);
}

function targetOf(entry: Entry): string | null {
  switch (entry.kind) {
    case "web":
    case "speed":
      return entry.body.target;
    case "im":
      return entry.body.target ?? entry.body.service;
    default:
      return null;
  }
}

function readEntries(batch: Batch): { ok: true; entries: Entry[] } | Refusal {
  const entries: Entry[] = [];
  for (const [index, text] of batch.entries.entries()) {
    const read = readEntry(text, batch.probe);
    if (typeof read === "string") return refusal("bad_message", `Entry ${index + 1} of the batch: ${read}`);
    entries.push(read);
  }
  return { ok: true, entries };
}

function readEntry(text: string, probe: string): Entry | string {
  if (Buffer.byteLength(text) > LIMITS.entryBytes) return `longer than ${LIMITS.entryBytes} bytes`;
  const value = canonicalValue(text);
  if (value === undefined) return "not canonical JSON (RFC 8785)";
  const entry = check(Entry, value);
  if (!entry.ok) return entry.problems.join("; ");
  if (!Number.isSafeInteger(trueTime(entry.value))) return "a time that is none";
  return entry.value.probe === probe ? entry.value : "written by another probe";
}

/** The value of canonical JSON text; undefined for any other text, values nested beyond all measure included. */
function canonicalValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Within the batch every entry must name the hash of the one before it. */
function followBatch(entries: readonly Entry[], hashes: readonly string[]): Refusal | null {
  for (let index = 1; index < entries.length; index++) {
    const entry = entries[index];
    const before = entries[index - 1];
    if (entry === undefined || before === undefined) continue;
    if (entry.seq !== before.seq + 1) return refusal("gap", `Entry ${before.seq} is followed by ${entry.seq}.`);
    if (entry.prev !== hashes[index - 1])
      return refusal("fork", `Entry ${entry.seq} does not name the hash of entry ${before.seq}.`);
  }
  return null;
}

/** One equal hash proves all entries before it equal, because each names its predecessor's. */
async function differs(entries: readonly Entry[], hashes: readonly string[], known: Known): Promise<Refusal | null> {
  const first = entries[0]?.seq ?? 1;
  const shared = Math.min(known.head.seq, first + entries.length - 1);
  if (shared < first) return null;
  const stored = shared === known.head.seq ? known.head.hash : await known.hashAt(shared);
  if (stored === null || stored === hashes[shared - first]) return null;
  return refusal("fork", `Another entry ${shared} of this probe is stored. Two hosts must not share one identity.`);
}

function continues(entries: readonly Entry[], head: ChainHead): Refusal | null {
  const first = entries[0];
  if (first === undefined || first.seq <= head.seq) return null;
  if (first.seq > head.seq + 1)
    return refusal("gap", `Entry ${head.seq + 1} is the next expected, ${first.seq} came. Send from there.`);
  if (first.prev !== head.hash) return refusal("fork", `Entry ${first.seq} does not continue the stored chain.`);
  return null;
}
