import type { ToldColumn } from "../../../collector/api/spec/operation.ts";
import { BULK_COLUMNS } from "../../../collector/bulk/tables.ts";

/** A table of the API as its description tells it. */
export type ToldTable = { readonly path: string; readonly about: string; readonly columns: readonly ToldColumn[] };

const HEAD = `# Data dictionary

Every column of the tables that a collector publishes: CSV, Parquet and the properties of GeoJSON have the same ones. It is
made from the code and checked by \`test/collector/api/data-dictionary.test.ts\`; after a change of a column run
\`npx vitest run test/collector/api/data-dictionary.test.ts -u\`. JSON and NDJSON rows are described by \`/openapi.json\`, the
bodies of measurements by [schema/entry.json](schema/entry.json).

- First columns keep their place; new ones are added behind.
- CSV is UTF-8 with a header (RFC 4180). An empty cell is "not known", "not told" or "not so"; the meaning says which.
  Text of strangers that a spreadsheet would run as a formula has an apostrophe in front.
- Times are RFC 3339 in UTC; in Parquet they are timestamps. \`local_time\` and \`utc_offset\` stand beside them, by the
  offset that was in force then and there.
- Cells of fewer than three probes are not told (collector/api/README.md, "What is not told").

| type | CSV | Parquet | unit, where none is named |
| --- | --- | --- | --- |
| text | as it is | string | |
| time | 2026-11-28T08:00:00.000Z | timestamp (milliseconds) | UTC |
| integer | digits | 64 bits | a count |
| number | digits with a point | double | a share from 0 to 1 |
| flag | true or false | boolean | |
| json | JSON as text | string | |
`;

/** The text of docs/data-dictionary.md. */
export function dataDictionary(tables: readonly ToldTable[]): string {
  const parts = [...tables]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, about, columns }) => section(path, about, columns));
  const bulk = Object.entries(BULK_COLUMNS).map(([name, columns]) =>
    section(`/data/<day>/v<n>/${name}.parquet`, "A day (UTC) as a file.", columns),
  );
  return `${[`${HEAD}\n## Tables of the API\n`, ...parts, "## Daily files\n", ...bulk].join("\n").trimEnd()}\n`;
}

function section(path: string, about: string, columns: readonly ToldColumn[]): string {
  const rows = columns.map(
    ({ name, type = "text", unit = unitOf(type), about: meaning }) =>
      `| \`${name}\` | ${type} | ${unit} | ${meaning.replaceAll("|", "\\|")} |`,
  );
  return [
    `### \`${path}\`\n\n${about}\n`,
    "| column | type | unit | meaning |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function unitOf(type: ToldColumn["type"]): string {
  if (type === "time") return "UTC";
  return type === "integer" ? "count" : type === "number" ? "share" : "";
}
