import type { TimelineView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { timelineHref } from "../links.ts";
import { networkName, regionName } from "../words/names.ts";

const HOUR_MS = 3_600_000;
const PRESETS = [
  ["filter.24h", 24],
  ["filter.7d", 7 * 24],
  ["filter.30d", 30 * 24],
] as const;

/** Place and time as a plain GET form, and ready-made windows up to now. No script is needed. */
export function filterForm(context: Context, view: TimelineView): Html {
  const { t, language } = context;
  const regions = Object.keys(context.names.regions).map((code) => ({ value: code, label: regionName(context, code) }));
  const networks = Object.keys(context.names.networks).map((asn) => ({
    value: asn,
    label: networkName(context, Number(asn)),
  }));
  return html`<form class="filter" method="get" action="${timelineHref(language)}" aria-labelledby="filter">
<h2 id="filter" class="unseen">${t("filter.title")}</h2>
${select(context, "region", t("filter.region"), t("filter.allRegions"), regions, view.region)}
${select(context, "asn", t("filter.network"), t("filter.allNetworks"), networks, view.asn === null ? null : String(view.asn))}
${timeField("from", t("filter.from"), view.from, t)}
${timeField("to", t("filter.to"), view.to, t)}
<button type="submit">${t("filter.show")}</button>
<p class="presets">${t("filter.last")}: ${PRESETS.map(([key, hours]) => html`<a href="${presetHref(context, view, hours)}">${t(key)}</a> `)}</p>
</form>`;
}

function presetHref(context: Context, view: TimelineView, hours: number): string {
  const to = view.generatedAt;
  const from = new Date(Date.parse(to) - hours * HOUR_MS).toISOString();
  return timelineHref(context.language, { region: view.region, asn: view.asn, from: plain(from), to: plain(to) });
}

type Choice = { value: string; label: string };

function select(
  context: Context,
  name: string,
  label: string,
  all: string,
  choices: readonly Choice[],
  chosen: string | null,
): Html {
  // A region or network of the address that no name is known for stays chosen.
  const known = chosen === null || choices.some((choice) => choice.value === chosen);
  const list = known ? choices : [...choices, { value: chosen, label: chosen }];
  const collator = new Intl.Collator(context.language);
  const option = ({ value, label: text }: Choice) =>
    html`<option value="${value}"${value === (chosen ?? "") && html` selected`}>${text}</option>
`;
  const sorted = [...list].sort((a, b) => collator.compare(a.label, b.label));
  return html`<p><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}">
${[{ value: "", label: all }, ...sorted].map(option)}</select></p>`;
}

function timeField(name: string, label: string, value: string, t: Context["t"]): Html {
  const hint = t("filter.hint", { example: "2022-01-05T10:30:00Z" });
  return html`<p><label for="filter-${name}">${label}</label><input id="filter-${name}" name="${name}" value="${plain(value)}" pattern="\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z" title="${hint}" autocomplete="off" spellcheck="false" required></p>`;
}

/** Without milliseconds that say nothing. */
function plain(at: string): string {
  return at.replace(/\.000Z$/, "Z");
}
