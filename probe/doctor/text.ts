import type { DoctorWords } from "../words/doctor/vocabulary.ts";
import { fill } from "../words/words.ts";
import type { Finding, Level } from "./finding.ts";

/** What `doctor` prints: a line for each finding, what to do below it, and a summing up. No colour. Pure. */
export function doctorText(findings: readonly Finding[], words: DoctorWords): string {
  const lines = findings.flatMap(({ id, level, values, technical }) => {
    const { says, todo } = words.findings[id];
    return [
      `[${words.levels[level]}] ${fill(says, values)}`,
      ...(todo === undefined ? [] : [`    ${words.todo} ${fill(todo, values)}`]),
      ...(technical === null || level === "ok" ? [] : [`    ${words.technical} ${technical}`]),
    ];
  });
  const count = (wanted: Level) => findings.filter(({ level }) => level === wanted).length;
  const [warn, fail] = [count("warn"), count("fail")];
  const sum = fail > 0 ? words.someFail : warn > 0 ? words.someWatch : words.allWell;
  return `${lines.join("\n")}\n\n${fill(sum, { warn, fail })}\n`;
}
