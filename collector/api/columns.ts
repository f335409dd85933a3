import type { Incident } from "../../protocol/incident.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Catalogue } from "../catalogue.ts";
import { regionOffsets } from "../events/local-time.ts";
import type { Language } from "./told.ts";

export type Cell = string | number | boolean | null;

/** What a column holds. `time` is RFC 3339 UTC; `json` is JSON as text. */
export type ColumnType = "text" | "time" | "integer" | "number" | "flag" | "json";

/** A column as it is written: its name, and its value in a row. */
export type WrittenColumn<Row> = {
  readonly name: string;
  /** Text of our own making, which no spreadsheet can run though it may begin like a formula. */
  readonly plain?: true;
  readonly of: (row: Row, words: Words) => Cell;
};

/** One column of a published table: also what it holds. */
export type Column<Row> = WrittenColumn<Row> & {
  readonly type?: ColumnType;
  /** One line for the data dictionary (docs/data-dictionary.md). */
  readonly about: string;
  /** What a number is of, where it does not count things. */
  readonly unit?: string;
};

/** Names beside codes, in one language, and local time. */
export type Words = {
  readonly region: (code: string | null) => string | null;
  readonly network: (asn: number | null) => string | null;
  readonly target: (id: string | null) => string | null;
  /** Wall time in a region (the country's for any other place) and the offset that was in force there. */
  readonly local: (at: string | null, region: string | null) => { time: string | null; offset: string | null };
};

/** For tables of codes alone. */
export const NO_WORDS: Words = {
  region: () => null,
  network: () => null,
  target: () => null,
  local: () => ({ time: null, offset: null }),
};

/** Words over the project's data. */
export function wordsIn({ names, regions }: Catalogue, language: Language): Words {
  const offsetOf = regionOffsets(regions);
  const local = (at: EpochMs, region: string | null) => {
    const offset = offsetOf(region ?? "KZ", at);
    return { time: new Date(at + offset).toISOString().slice(0, 19), offset: offsetText(offset) };
  };
  return {
    region: (code) => (code === null ? null : (names.regions[code]?.[language] ?? null)),
    network: (asn) => (asn === null ? null : (names.networks[String(asn)] ?? null)),
    target: (id) => (id === null ? null : (names.targets[id]?.[language] ?? null)),
    local: (at, region) => (at === null ? { time: null, offset: null } : local(Date.parse(at), region)),
  };
}

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The two columns that stand for a moment's local time. */
export function localColumns<Row>(
  of: (row: Row) => { at: string | null; region: string | null },
): readonly Column<Row>[] {
  const local = (row: Row, words: Words) => {
    const { at, region } = of(row);
    return words.local(at, region);
  };
  return [
    {
      name: "local_time",
      about: "wall time in the row's region (Almaty's where it has none), by the offset in force then",
      of: (row, words) => local(row, words).time,
    },
    {
      name: "utc_offset",
      about: "offset of local_time from UTC, as +06:00",
      plain: true,
      of: (row, words) => local(row, words).offset,
    },
  ];
}

type Named = { readonly target: string | null; readonly asn: number | null; readonly region: string | null };

/** The three columns of names beside the codes of a row. */
export function nameColumns<Row extends Named>(): readonly Column<Row>[] {
  return [
    {
      name: "target_name",
      about: "name of the target in the language asked for",
      of: (row, words) => words.target(row.target),
    },
    { name: "network_name", about: "name of the network", of: (row, words) => words.network(row.asn) },
    {
      name: "region_name",
      about: "name of the region in the language asked for",
      of: (row, words) => words.region(row.region),
    },
  ];
}

/** The four columns of the bounds between which something began and ended. */
export function edgeColumns<Row extends Pick<Incident, "start" | "end">>(): readonly Column<Row>[] {
  return [
    {
      name: "start_earliest",
      type: "time",
      about: "last good sample before; the first bad one where the start is unknown",
      of: (row) => row.start.earliest,
    },
    { name: "start_latest", type: "time", about: "first bad sample", of: (row) => row.start.latest },
    {
      name: "end_earliest",
      type: "time",
      about: "last bad sample; empty while open",
      of: (row) => row.end?.earliest ?? null,
    },
    { name: "end_latest", type: "time", about: "first good sample after", of: (row) => row.end?.latest ?? null },
  ];
}

/** Several names in one cell: like the codes beside them, but apart by a semicolon, since names hold spaces. */
export function namesCell(names: readonly (string | null)[]): string {
  return names.map((name) => name ?? "").join("; ");
}
