import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { clockText, offsetText, wallTime } from "../time.ts";
import { networkName, regionName } from "../words/names.ts";

export type Option = { value: string; label: string };

/** A list of choices with one that means all; what was chosen stays chosen even when no name is known for it. */
export function select(
  { language }: Context,
  name: string,
  label: string,
  all: string,
  options: readonly Option[],
  chosen: string | null,
): Html {
  const known = chosen === null || options.some(({ value }) => value === chosen);
  const collator = new Intl.Collator(language);
  const sorted = [...(known ? options : [...options, { value: chosen, label: chosen }])].sort((a, b) =>
    collator.compare(a.label, b.label),
  );
  const option = ({ value, label: text }: Option) =>
    html`<option value="${value}"${value === (chosen ?? "") && html` selected`}>${text}</option>
`;
  return html`<p><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}">
${[{ value: "", label: all }, ...sorted].map(option)}</select></p>`;
}

/** Regions by name. */
export function regionOptions(context: Context): Option[] {
  return Object.keys(context.names.regions).map((code) => ({ value: code, label: regionName(context, code) }));
}

/** Networks by name. */
export function networkOptions(context: Context): Option[] {
  return Object.keys(context.names.networks).map((asn) => ({ value: asn, label: networkName(context, Number(asn)) }));
}

/**
 * A moment to choose, in the local time of the place: what is typed is read with the offset valid then. An empty field
 * means no bound.
 */
export function timeField({ t }: Context, name: string, label: string, value: string | null, zone: string): Html {
  const wall = value === null ? null : wallTime(value, zone);
  const local = wall === null ? "" : localField(wall);
  const offset = wall === null ? "" : `, ${offsetText(wall.offsetMin)}`;
  return html`<p class="moment"><label for="filter-${name}">${label} (${t("filter.local")}${offset})</label><input type="datetime-local" id="filter-${name}" name="${name}" value="${local}" title="${t("filter.hint")}" autocomplete="off"></p>`;
}

/** A day to choose; an empty field means no bound. */
export function dayField(name: string, label: string, value: string | null): Html {
  return html`<p><label for="filter-${name}">${label}</label><input type="date" id="filter-${name}" name="${name}" value="${value === null ? "" : value.slice(0, 10)}" autocomplete="off"></p>`;
}

/** A wall time as such a field holds it: `2026-11-21T23:40`. */
function localField(wall: ReturnType<typeof wallTime>): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${clockText(wall)}`;
}
