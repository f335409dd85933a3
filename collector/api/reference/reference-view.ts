import { z } from "zod";
import { PROBLEMS, TITLES } from "../problem-words.ts";
import { type Reader, stamp } from "../reader.ts";
import type { Operation } from "../spec/operation.ts";
import type { Language } from "../types.ts";
import type { ReferenceGroup, ReferenceOperation, ReferenceParameter, ReferenceView } from "./view.ts";
import type { ReferenceWords } from "./words.ts";
import { WORDS_EN } from "./words-en.ts";
import { WORDS_KK } from "./words-kk.ts";
import { WORDS_RU } from "./words-ru.ts";

export const REFERENCE_WORDS: Readonly<Record<Language, ReferenceWords>> = { kk: WORDS_KK, ru: WORDS_RU, en: WORDS_EN };

/** Answers examples: the text of what this server gives for an address. */
export type AnswerExample = (address: string) => Promise<string>;

const GROUPS: readonly Operation["tag"][] = ["data", "log", "bulk", "live", "compat"];

/** The reference of the API in one language, from what its routes say of themselves. */
export async function referenceView(
  reader: Reader,
  operations: readonly Operation[],
  { language, answer }: { language: Language; answer: AnswerExample },
): Promise<ReferenceView> {
  const { title, dek, labels, groups, sections } = REFERENCE_WORDS[language];
  const server = reader.publicUrl ?? "";
  const shown: ReferenceGroup[] = [];
  for (const id of GROUPS) {
    const own = operations.filter(({ tag }) => tag === id);
    const described: ReferenceOperation[] = [];
    for (const one of own) described.push(await operationView(one, { language, answer, server }));
    if (described.length > 0) shown.push({ id, title: groups[id], operations: described });
  }
  return {
    ...stamp(reader, null),
    ...{ title, dek, words: labels, groups: shown },
    sections: sections.map(({ code, ...section }) => ({
      ...section,
      ...(code !== undefined && { code: code.map((line) => line.replaceAll("SERVER", server)) }),
    })),
    problems: Object.entries(PROBLEMS).map(([code, { status, says }]) => ({
      ...{ code, status, title: TITLES[status]?.[language] ?? code, says: says[language] },
    })),
  };
}

type Showing = { readonly language: Language; readonly answer: AnswerExample; readonly server: string };

async function operationView(operation: Operation, { language, answer, server }: Showing): Promise<ReferenceOperation> {
  const { id, path, about, answers, example } = operation;
  return {
    ...{ id, path, about: about[language], parameters: parametersOf(operation, language) },
    forms: answers.map(({ type, path: own = path }) => ({ type, path: own })),
    example: example === null ? null : { curl: `curl '${server}${example}'`, answer: shortened(await answer(example)) },
  };
}

/** The parameters of an operation with their meaning, in the language where it has words for it. */
export function parametersOf({ query, parts = {} }: Operation, language: Language): ReferenceParameter[] {
  const words = REFERENCE_WORDS[language].parameters;
  const inPath = Object.entries(parts).map(
    ([name, about]): ReferenceParameter => ({ name, place: "path", about: words[about] ?? about }),
  );
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]): ReferenceParameter => {
    const about = descriptionOf(schema);
    return { name, place: "query", about: words[about] ?? about };
  });
  return [...inPath, ...inQuery];
}

function descriptionOf(schema: unknown): string {
  return schema instanceof z.ZodType ? (schema.description ?? "") : "";
}

const LINES_MAX = 40;
const ITEMS_MAX = 2;
const TEXT_MAX = 160;

/** JSON cut to what fits a page: few items of a list, long texts short, so many lines. */
function shortened(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.split("\n").slice(0, 6).join("\n").slice(0, 800);
  }
  const lines = JSON.stringify(cut(value), null, 1).split("\n");
  return lines.length <= LINES_MAX ? lines.join("\n") : [...lines.slice(0, LINES_MAX), "…"].join("\n");
}

function cut(value: unknown): unknown {
  if (typeof value === "string") return value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}…` : value;
  if (Array.isArray(value)) {
    const few = value.slice(0, ITEMS_MAX).map(cut);
    return value.length > ITEMS_MAX ? [...few, "…"] : few;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cut(one)]));
}
