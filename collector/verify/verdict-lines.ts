import { VerdictCode } from "../../protocol/verdict.ts";
import type { Files } from "../evidence/files.ts";
import { type ToldVerdict, toldVerdicts } from "../evidence/verdict-texts.ts";
import { linesOf } from "./lines.ts";

export const VERDICTS = "data/verdicts.ndjson";

/** A told verdict as far as the counts need it. */
export type Judgement = {
  readonly record: string;
  readonly target: string | null;
  readonly at: string;
  readonly code: VerdictCode;
};

export type VerdictLines = {
  readonly told: readonly (ToldVerdict | null)[];
  readonly rows: readonly Judgement[];
  /** Whether the file is missing, or a line of it is no verdict. */
  readonly wrong: boolean;
};

const CODES: ReadonlySet<unknown> = new Set(VerdictCode.options);

/** The verdicts that a bundle tells, each line read once. */
export function readVerdicts(files: Files): VerdictLines {
  const lines = linesOf(files, VERDICTS);
  const told = toldVerdicts(lines ?? []);
  const rows = told.flatMap((one) => (one !== null && isJudgement(one.value) ? [one.value] : []));
  return { told, rows, wrong: lines === null || rows.length !== told.length };
}

/** There are as many of these lines as measurements: a schema would take as long as the rest of the check. */
function isJudgement(value: object): value is Judgement {
  const { record, target, at, code } = value as Partial<Record<keyof Judgement, unknown>>;
  return (
    typeof record === "string" &&
    (target === null || typeof target === "string") &&
    typeof at === "string" &&
    CODES.has(code)
  );
}
