import { gzipSync } from "node:zlib";
import { ZodError } from "zod";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { OutsideTable } from "../store/admin-tables.ts";
import { readIoda } from "./read-ioda.ts";
import { readOoni } from "./read-ooni.ts";
import { readRadar } from "./read-radar.ts";
import { OUTSIDE_LIMITS, SOURCES } from "./sources.ts";
import type { OutsideSeries, OutsideSource } from "./types.ts";

/** Bytes of another project as they came, and what is told of them. */
export type Received = {
  readonly source: OutsideSource;
  readonly bytes: Uint8Array;
  readonly address: string | null;
  readonly retrieved: EpochMs;
  /** Null: the source's usual terms. */
  readonly licence: string | null;
};

export type OutsideReport = { readonly series: number; readonly sha256: string; readonly isNew: boolean };

/**
 * Reads what another project sent and keeps both the bytes and what they say; the same bytes are kept once. Errors:
 * `bad_input` for what is too large, no JSON or of another shape, or holds nothing; the store's.
 */
export async function importOutside(table: OutsideTable, received: Received): Promise<OutsideReport> {
  const { source, bytes, address, retrieved, licence } = received;
  const series = readOutside(source, bytes, address);
  const sha256 = sha256Hex(bytes);
  const isNew = await table.add({
    ...{ source, address, retrieved, sha256, size: bytes.length, licence: licence ?? SOURCES[source].licence },
    body: gzipSync(bytes),
    series: series.map((one) => ({ from: Date.parse(one.from), to: Date.parse(one.to), text: canonicalJson(one) })),
  });
  return { series: series.length, sha256, isNew };
}

/** The series in what a source sent. Errors: `bad_input`. */
export function readOutside(source: OutsideSource, bytes: Uint8Array, address: string | null): OutsideSeries[] {
  const name = SOURCES[source].name;
  if (bytes.length > OUTSIDE_LIMITS.bytes)
    throw new CodedError("bad_input", `More than ${OUTSIDE_LIMITS.bytes} bytes. Ask ${name} for a shorter time.`);
  const series = parsed(source, jsonOf(bytes, name), address, name);
  const values = series.reduce((sum, one) => sum + one.values.length, 0);
  if (series.length > OUTSIDE_LIMITS.series || values > OUTSIDE_LIMITS.values)
    throw new CodedError("bad_input", `More than ${OUTSIDE_LIMITS.series} series or ${OUTSIDE_LIMITS.values} values.`);
  const told = series.filter((one) => one.spans.length > 0 || one.values.some((value) => value !== null));
  if (told.length === 0) throw new CodedError("bad_input", `Nothing about Kazakhstan that ${name} tells stands in it.`);
  return told;
}

function parsed(source: OutsideSource, value: unknown, address: string | null, name: string): OutsideSeries[] {
  try {
    switch (source) {
      case "ioda":
        return readIoda(value, address);
      case "radar":
        return readRadar(value);
      case "ooni":
        return readOoni(value);
    }
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    const where = issue?.path.map(String).join(".") ?? "";
    throw new CodedError("bad_input", `Not what ${name} sends: ${where}: ${issue?.message ?? ""}`, { cause: error });
  }
}

function jsonOf(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new CodedError("bad_input", `Not JSON as ${name} sends it.`, { cause: error });
  }
}
