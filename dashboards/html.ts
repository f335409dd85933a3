const MARKUP: unique symbol = Symbol("markup");

/** Markup that may stand in a page as it is. Only {@link html} makes it, so no string of a view can pass for it. */
export type Html = { readonly [MARKUP]: string };

/** What a template takes: text is escaped, markup is not, lists are joined; null, undefined and false are nothing. */
export type Fragment = Html | string | number | null | undefined | false | readonly Fragment[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

// Control characters have no place in HTML; bidirectional overrides could make a name read as another.
const UNSAFE = /(?![\t\n\r])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** Text made safe for element content and for quoted attributes; control and direction marks become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSAFE, "\ufffd")
    .replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
}

/** The template tag that makes markup. Every interpolation is escaped; attributes must be written in quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  const text = parts.reduce((before, part, index) => before + render(values[index - 1]) + part);
  return { [MARKUP]: text };
}

/** The text of finished markup. */
export function markupOf(page: Html): string {
  return page[MARKUP];
}

function render(value: Fragment): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  if (MARKUP in value) return value[MARKUP];
  return value.map(render).join("");
}
