import type { Incident } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { networkName, regionName } from "../words/names.ts";
import { dataTable } from "./data-table.ts";
import { spanHtml, styleOf } from "./when.ts";

export type Part = NonNullable<Incident["parts"]>[number];

const SHOWN = 60;

/** Own edges of each site, network, region and medium of an incident; null where there are not several. */
export function partsTable(context: Context, { parts = [] }: Incident, zone: string): Html | null {
  if (parts.length < 2) return null;
  const { t, said } = context;
  const style = styleOf(context, zone, true);
  const rows = parts.slice(0, SHOWN).map((part, index) => ({
    id: `part-${index + 1}`,
    cells: [
      placeText(context, part),
      spanHtml(part.start, style),
      part.end === null ? html`<b>${said.notes.open}</b>` : spanHtml(part.end, style),
    ],
  }));
  const more = parts.length - SHOWN;
  const columns = [t("incident.parts.what"), t("incident.began"), t("incident.ended")];
  return html`<section aria-labelledby="parts"><h2 id="parts">${t("incident.parts")}</h2>
${dataTable({ id: "parts-table", caption: t("incident.parts.caption"), columns, rows })}
${more > 0 && html`<p class="small">${t("timeline.moreRows", { count: more })}</p>`}</section>`;
}

/** Which site, network, medium and region a part is of. */
export function placeText(context: Context, { target, asn, region, access }: Part): string {
  const { said } = context;
  const parts = [
    target ?? null,
    asn === null ? null : networkName(context, asn),
    access == null ? null : said.access[access],
    region === null ? null : regionName(context, region),
  ].filter((one) => one !== null);
  return parts.length === 0 ? said.allNetworks : parts.join(" · ");
}
