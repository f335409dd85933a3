import { z } from "zod";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { parseJson } from "../../protocol/parse.ts";
import type { Facts, LogProof } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import { isInterference } from "../evidence/tally.ts";
import { lastedOf } from "../evidence/told.ts";
import { attributionOf } from "../wording/attribution.ts";
import { type Finding, holdsUnless } from "./finding.ts";
import { linesOf } from "./lines.ts";
import type { Records } from "./records.ts";
import { type Judgement, VERDICTS, type VerdictLines } from "./verdict-lines.ts";

const EXCLUDED = "data/excluded.ndjson";
const Excluded = z.looseObject({ record: z.string(), why: z.string() });

type Counted = {
  readonly facts: Facts;
  readonly proof: LogProof;
  readonly records: Records;
  readonly verdicts: VerdictLines;
};

/** Whether every number told of the records is that of the enclosed files, and each list speaks of enclosed records. */
export function countChecks(files: Files, { facts, proof, records: enclosed, verdicts: judged }: Counted): Finding[] {
  const { records, wrong, roles } = enclosed;
  const known = new Map(records.map((record) => [record.hash, record]));
  const excluded = parsedLines(files, EXCLUDED, Excluded);
  const codes: Record<string, number> = {};
  for (const { code } of judged.rows) codes[code] = (codes[code] ?? 0) + 1;
  const of = (role: string) => records.filter((record) => record.role === role).length;
  const { counts } = facts;
  const stray = (rows: readonly { record: string }[]) => rows.some(({ record }) => !known.has(record));
  const seen = judged.rows.filter(({ record }) => known.get(record)?.role === "witness");
  const faults = [
    [counts.entries.witnesses !== of("witness"), "data/measurements.ndjson.gz"],
    [counts.entries.controls !== of("control"), "data/controls.ndjson.gz"],
    [judged.wrong || stray(judged.rows) || canonicalJson(codes) !== canonicalJson(counts.verdicts), VERDICTS],
    [excluded.wrong || stray(excluded.rows) || excluded.rows.length !== counts.excluded, EXCLUDED],
    [known.size !== records.length, "data/*.ndjson.gz"],
    [!sitesAdd(facts, seen), "data/incident.json: targets"],
    [!cellsAdd(facts), "data/incident.json: cells"],
    [facts.attribution !== attributionOf(facts.publication), "data/incident.json: attribution"],
    [canonicalJson(facts.lasted) !== canonicalJson(lastedOf(facts.incident)), "data/incident.json: lasted"],
  ] as const;
  const misplaced = records.filter(
    ({ place, role, probe }, at) =>
      (place !== null && place !== proof.leaves[at]) || (roles.size > 0 && roles.get(probe) !== role),
  );
  return [
    holdsUnless("places", [...wrong, ...misplaced.map(({ hash }) => hash)]),
    holdsUnless(
      "counts",
      faults.flatMap(([isWrong, path]) => (isWrong ? [path] : [])),
    ),
  ];
}

/** Whether what is told of each site is what the witnesses' measurements were judged to be during the incident. */
function sitesAdd({ incident: { start, end }, targets }: Facts, seen: readonly Judgement[]): boolean {
  const [from, to] = [Date.parse(start.earliest), end === null ? Number.POSITIVE_INFINITY : Date.parse(end.latest)];
  const during = seen.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
  return targets.every(({ target, interfered, clear, unclear, measurements, first, last }) => {
    const own = during.filter((one) => one.target === target);
    const odd = own
      .filter(({ code }) => isInterference(code))
      .map(({ at }) => at)
      .sort();
    const right = odd.length === interfered && own.filter(({ code }) => code === "ok").length === clear;
    return (
      right &&
      (odd[0] ?? null) === first &&
      (odd.at(-1) ?? null) === last &&
      interfered + clear + unclear === measurements
    );
  });
}

/** Whether regions and networks add up to the sites; where some are too few to be counted, they are less. */
function cellsAdd({ cells, targets }: Facts): boolean {
  if (targets.length === 0) return true;
  const few = cells.some((cell) => cell.few);
  return (["measurements", "interfered", "clear", "unclear"] as const).every((key) => {
    const inCells = cells.reduce((sum, { during }) => sum + (during?.[key] ?? 0), 0);
    const ofSites = targets.reduce((sum, row) => sum + row[key], 0);
    return few ? inCells <= ofSites : inCells === ofSites;
  });
}

function parsedLines<S extends z.ZodType>(files: Files, path: string, schema: S) {
  const lines = linesOf(files, path);
  const parsed = (lines ?? []).map((line) => parseJson(schema, line));
  const rows = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  return { rows, wrong: lines === null || rows.length !== parsed.length };
}
