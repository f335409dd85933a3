import { CodedError } from "../../../protocol/coded-error.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import { classify } from "../../analysis/classify.ts";
import type { Knowledge } from "../../analysis/knowledge.ts";
import { type OoniMeasurement, readReport } from "./read-report.ts";

/** An OONI web_connectivity report from text; `label` is named when it is none. Error: `bad_input`. */
export function readOoni(label: string, text: string): OoniMeasurement {
  const read = readReport(text);
  if (!read.ok)
    throw new CodedError("bad_input", `${label}: not a web_connectivity report: ${read.problems.join("; ")}`);
  return read.value;
}

/** The verdict of an OONI report, held against what its own test helper saw. Pure. */
export function classifyOoni(
  { body, control, at }: Pick<OoniMeasurement, "body" | "control" | "at">,
  knowledge: Knowledge,
): Verdict {
  const controls = control === null ? [] : [{ body: control, place: null, measuredAt: at }];
  return classify({ body, local: [], link: null }, controls, knowledge);
}
