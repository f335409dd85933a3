import { fill } from "../words.ts";
import { ENGLISH, type RefusalId, type Refusals } from "./english.ts";

const USAGE = "\nUsage: ";

/**
 * A refusal in another language: the sentence, and what stands in it from elsewhere, if they are known; the line of
 * usage after it keeps its words of command. What is not known comes back in English. Pure.
 */
export function translateRefusal(message: string, words: Refusals): string {
  const at = message.indexOf(USAGE);
  const sentence = at < 0 ? message : message.slice(0, at);
  const usage = at < 0 ? "" : `\n${words.usage}: ${message.slice(at + USAGE.length)}`;
  return `${translateSentence(sentence, words)}${usage}`;
}

function translateSentence(sentence: string, words: Refusals): string {
  for (const [id, template] of Object.entries(ENGLISH)) {
    const values = match(template, sentence);
    if (values === null) continue;
    const told = values.says === undefined ? values : { ...values, says: translateSentence(values.says, words) };
    // Entries of ENGLISH: its keys are the ids.
    const text = fill(words.says[id as RefusalId], told);
    return sentence.endsWith(".") && !text.endsWith(".") ? `${text}.` : text;
  }
  return sentence;
}

/** The values that a sentence has in the places of a template, or null when it is another sentence. */
function match(template: string, sentence: string): Record<string, string> | null {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const literal = template
    .replace(/\.$/, "")
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`^${literal.join("([\\s\\S]*?)")}\\.?$`).exec(sentence);
  if (found === null) return null;
  return Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""]));
}
