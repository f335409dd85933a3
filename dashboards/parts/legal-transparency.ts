import { CRITERIA, type NetworkTransparency, type Transparency } from "../../collector/api/legal-types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { networkName } from "../words/names.ts";
import { dataTable } from "./data-table.ts";

/** How open each network is about blocking a site: points with their reasons; silence has none. */
export function transparencyTable(context: Context, { networks }: Transparency): Html {
  const { t } = context;
  if (networks.length === 0) return html`<p class="empty">${t("transparency.none")}</p>`;
  const columns = [t("filter.network"), t("transparency.title"), t("transparency.told"), t("transparency.record")];
  const rows = networks.map((network) => ({
    id: `transparency-${network.asn ?? "unknown"}`,
    cells: [
      networkName(context, network.asn),
      points(context, network),
      told(context, network),
      record(context, network),
    ],
  }));
  return dataTable({ id: "transparency-table", caption: t("transparency.caption"), columns, rows });
}

function points({ t }: Context, { points: count }: NetworkTransparency): Html {
  return html`<span class="dots" aria-hidden="true">${"●".repeat(count)}${"○".repeat(CRITERIA.length - count)}</span> ${t("transparency.points", { points: count })}`;
}

function told(context: Context, { criteria, methods }: NetworkTransparency): Html {
  const { t } = context;
  if (!criteria.shown)
    return html`${t("transparency.silent", { methods: methods.map((code) => t(`method.${code}`)).join(", ") })}`;
  return html`<ul>${CRITERIA.map((criterion) => html`<li><span class="glyph" aria-hidden="true">${criteria[criterion] ? "✓" : "✕"}</span> ${t(`criterion.${criterion}`)}: ${t(criteria[criterion] ? "criterion.yes" : "criterion.no")}</li>`)}</ul>`;
}

function record({ t }: Context, { record: hash, seenAt }: NetworkTransparency): Html {
  if (hash === null) return html`${t("diff.nothing")}`;
  return html`<code class="hash">${hash.slice(0, 16)}…</code> <span class="small">${seenAt}</span>`;
}
