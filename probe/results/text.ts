import type { Language } from "../config.ts";
import { moment } from "../words/moment.ts";
import { RESULT_WORDS } from "../words/results/words.ts";
import { fill } from "../words/words.ts";
import { latestOfEach, type Result } from "./read.ts";

/** One result as a phrase, with what could explain it on this side. Pure. */
export function outcomeText({ outcome, status, local }: Result, language: Language): string {
  const words = RESULT_WORDS[language];
  const isWell = outcome === "opened" || outcome === "answers";
  const note = local.length > 0 && !isWell ? `; ${words.local}` : "";
  return `${fill(words.outcomes[outcome], { status: status ?? "?" })}${note}`;
}

/** What `results` prints: the history of one site, or the last result of each. Pure. */
export function resultsText(results: readonly Result[], target: string | null, language: Language, nowMs: number) {
  const words = RESULT_WORDS[language];
  if (results.length === 0) return `${target === null ? words.none : fill(words.noneOf, { target })}\n`;
  const told = target === null ? latestOfEach(results) : results;
  const lines = told.map((result) => {
    const name = target === null ? `${result.target}: ` : "";
    return `  ${name}${outcomeText(result, language)}, ${moment(result.at, nowMs, language)}`;
  });
  const open = told.filter(({ outcome }) => outcome === "opened" || outcome === "answers").length;
  const title = target === null ? words.title : fill(words.titleOf, { target });
  return [title, ...lines, fill(words.opened, { open, all: told.length }), words.caution, ""].join("\n");
}
