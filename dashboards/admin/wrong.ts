import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { CATALOGUES, type MessageKey, type Translate, translator } from "../translate.ts";

/**
 * What is wrong with a form, in the reader's language: problems are made in English where the form is read, as
 * `field: problem; field: problem` or as a sentence, and are found again by their English text. One that is not known stays
 * English, and says so to screen readers.
 */
export function wrongText({ t }: Pick<Context, "t">, problem: string): Html {
  const whole = sentenceIn(t, problem);
  if (whole !== null) return html`${whole}`;
  const parts = problem.split(NEXT).map((part) => onePart(t, part));
  return html`${parts.map((part, index) => html`${index > 0 && "; "}${part}`)}`;
}

function onePart(t: Translate, part: string): Html {
  const [, field = "", said = part] = /^([a-z0-9.-]{1,30}): ([\s\S]*)$/.exec(part) ?? [];
  const told = sentenceIn(t, said);
  const name = field === "" ? null : `${fieldIn(t, field)}: `;
  return told === null ? html`${name}<span lang="en">${said}</span>` : html`${name}${told}`;
}

/** Where the next problem begins: what was typed, and stands in one, may hold a semicolon too. */
const NEXT = /; (?=[a-z0-9.-]{1,30}: )/;

/** A field by its label; `title.kk` is that of `title-kk`, and `targets.2` the third of `targets`. */
function fieldIn(t: Translate, field: string): string {
  const key = `desk.field.${field.replace(/\.\d+$/, "").replaceAll(".", "-")}`;
  return isKey(key) ? t(key) : field;
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(CATALOGUES.en, key);
}

type Known = { readonly key: MessageKey; readonly names: readonly string[]; readonly pattern: RegExp };

/** The sentence in the language of `t`; null when it is none of those that are known. */
function sentenceIn(t: Translate, sentence: string): string | null {
  for (const { key, names, pattern } of known()) {
    const found = pattern.exec(sentence);
    if (found === null) continue;
    return t(key, Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""])));
  }
  return null;
}

let patterns: readonly Known[] | null = null;

/** Made once, of the English catalogue. Those with fewer places go first: they say more exactly what they are. */
function known(): readonly Known[] {
  patterns ??= Object.keys(CATALOGUES.en)
    .filter(isKey)
    .filter((key) => key.startsWith("desk.wrong."))
    .map(patternOf)
    .sort((a, b) => a.names.length - b.names.length);
  return patterns;
}

function patternOf(key: MessageKey): Known {
  const names = [...CATALOGUES.en[key].matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const marked = translator("en")(key, Object.fromEntries(names.map((name) => [name, "\0"])));
  const literal = marked.split("\0").map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { key, names, pattern: new RegExp(`^${literal.join("([\\s\\S]*)")}$`) };
}
