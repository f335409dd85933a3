import type { Io } from "../../protocol/command-line.ts";
import type { Language } from "../config.ts";
import { JOIN_WORDS } from "../words/join/words.ts";
import { passageText } from "./show.ts";
import { consentText, meansNo, meansYes } from "./text.ts";

/** So many wrong answers to one question, and the text is not clear enough to go on. */
const MOST_WRONG = 3;
/** Answers that are neither yes nor no, Enter among them, are asked for again so often. */
const MOST_UNCLEAR = 5;

/**
 * Asks the three questions on what was read; a wrong answer shows the passage again. Returns whether all were answered
 * rightly in the end.
 */
export async function askWhatWasRead(io: Io, language: Language): Promise<boolean> {
  const { questions } = consentText(language);
  io.err(`\n${questions.intro}\n\n`);
  for (const question of questions.all) if (!(await askOne(io, language, question))) return tooOften(io, language);
  return true;
}

function tooOften(io: Io, language: Language): false {
  io.err(`${consentText(language).questions.tooOften}\n`);
  return false;
}

type Question = ReturnType<typeof consentText>["questions"]["all"][number];

async function askOne(io: Io, language: Language, { ask, isYes, passage }: Question): Promise<boolean> {
  const text = consentText(language);
  let wrong = 0;
  for (let unclear = 0; unclear < MOST_UNCLEAR; ) {
    const answer = (await io.ask(ask)) ?? "";
    const said = meansYes(answer) ? true : meansNo(answer) ? false : null;
    if (said === isYes) return true;
    if (said === null) {
      unclear += 1;
      io.err(`${JOIN_WORDS[language].yesOrNo}\n`);
      continue;
    }
    wrong += 1;
    io.err(`\n${text.questions.wrong}\n\n${passageText(text[passage])}\n\n`);
    if (wrong === MOST_WRONG) return false;
  }
  return false;
}
