const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** What XML 1.0 has no place for (section 2.2), and marks that turn the direction of text. */
const UNSAFE = /(?![\t\n\r])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

const MARKUP: unique symbol = Symbol("markup");
/** Markup that may stand in a document as it is; only {@link xml} makes it. */
export type Xml = { readonly [MARKUP]: string };
type Fragment = Xml | string | number | readonly Fragment[] | null | false;

/** The template tag that makes markup: whatever is put in is escaped; attributes must be written in double quotes. */
export function xml(parts: TemplateStringsArray, ...values: readonly Fragment[]): Xml {
  return { [MARKUP]: parts.reduce((before, part, index) => before + render(values[index - 1] ?? null) + part) };
}

/** A whole document. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root[MARKUP]}\n`;
}

function render(value: Fragment): string {
  if (value === null || value === false) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string")
    return value
      .toWellFormed()
      .replace(UNSAFE, "\ufffd")
      .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
  return MARKUP in value ? value[MARKUP] : value.map(render).join("");
}
