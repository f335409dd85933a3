import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { regionName } from "../words/names.ts";

export type Field = {
  name: string;
  label: string;
  value?: string;
  type?: "text" | "password" | "number" | "url" | "file" | "email";
  hint?: string;
  required?: boolean;
  autocomplete?: string;
  /** Attributes of a number. */
  min?: number;
  max?: number;
  /** Where several forms of a page have a field of that name. */
  prefix?: string;
};

/** A line of text, a password, a number or a file, with its label and what helps to fill it in. */
export function field(one: Field): Html {
  const { name, label, value = "", type = "text", hint, required = false, autocomplete = "off", min, max } = one;
  const id = idOf(one);
  const described = hint !== undefined && html` aria-describedby="${id}-hint"`;
  const bounds = html`${min !== undefined && html` min="${min}"`}${max !== undefined && html` max="${max}"`}`;
  const given = type !== "file" && html` value="${value}"`;
  return html`<p class="field"><label for="${id}">${label}</label>
<input id="${id}" name="${name}" type="${type}"${given} autocomplete="${autocomplete}"${required && html` required`}${bounds}${described}>${hintOf(id, hint)}</p>
`;
}

export type Choice = { value: string; label: string };

/** A choice of one. */
export function select(one: Omit<Field, "type"> & { choices: readonly Choice[] }): Html {
  const { name, label, value = "", hint, choices } = one;
  const id = idOf(one);
  return html`<p class="field"><label for="${id}">${label}</label>
<select id="${id}" name="${name}"${hint !== undefined && html` aria-describedby="${id}-hint"`}>
${choices.map(
  (choice) => html`<option value="${choice.value}"${choice.value === value && html` selected`}>${choice.label}</option>
`,
)}</select>${hintOf(id, hint)}</p>
`;
}

/** The country, and its regions by name. */
export function placeChoices(context: Context): Choice[] {
  const regions = Object.keys(context.names.regions).map((code) => ({ value: code, label: regionName(context, code) }));
  const sorted = regions.sort((a, b) => a.label.localeCompare(b.label, context.language));
  return [{ value: "KZ", label: context.t("place.KZ") }, ...sorted];
}

/** Several lines of text. */
export function area(one: Omit<Field, "type"> & { rows?: number }): Html {
  const { name, label, value = "", hint, rows = 3, required = false } = one;
  const id = idOf(one);
  return html`<p class="field wide"><label for="${id}">${label}</label>
<textarea id="${id}" name="${name}" rows="${rows}"${required && html` required`}${hint !== undefined && html` aria-describedby="${id}-hint"`}>
${value}</textarea>${hintOf(id, hint)}</p>
`;
}

/** What goes with a form without being asked. */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">
`;
}

function hintOf(id: string, hint: string | undefined): Html | false {
  return hint !== undefined && html`<span class="hint" id="${id}-hint">${hint}</span>`;
}

function idOf({ name, prefix = "f" }: Pick<Field, "name" | "prefix">): string {
  return `${prefix}-${name}`;
}
