import type { Reach, ReconciledTarget, Reconciliation } from "../../collector/api/legal-types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref, targetHref } from "../links.ts";
import { dataTable } from "./data-table.ts";

/** Registry and measurements in four cells, each number with the sites behind it. */
export function fourCells(context: Context, { counts, rows }: Reconciliation, asked: boolean): Html {
  const { t } = context;
  const cell = (listed: boolean, reach: Reach, count: number, tone: string) =>
    html`<td class="${asked ? tone : "is-none"}"><b>${asked ? count : "–"}</b> ${asked && count > 0 && html`<p class="small">${names(context, rows, listed, reach)}</p>`}</td>`;
  return html`${!asked && html`<p class="banner">${t("cells.notAsked")}</p>`}
<table class="matrix cells" aria-labelledby="cells-caption"><caption id="cells-caption">${t("cells.caption")}</caption>
<thead><tr><td></td><th scope="col">${t("cells.blocked")}</th><th scope="col">${t("cells.reachable")}</th></tr></thead>
<tbody><tr><th scope="row">${t("cells.listed")}</th>${cell(true, "blocked", counts.listedBlocked, "is-limited")}${cell(true, "reachable", counts.listedReachable, "is-outage")}</tr>
<tr><th scope="row">${t("cells.unlisted")}</th>${cell(false, "blocked", counts.unlistedBlocked, "is-blocked")}${cell(false, "reachable", counts.unlistedReachable, "is-quiet")}</tr></tbody></table>
<p class="small">${t("cells.unanswered", { count: counts.unanswered })} ${t("cells.unmeasured", { count: counts.unmeasured })}</p>`;
}

const NAMED = 6;

function names(context: Context, rows: readonly ReconciledTarget[], listed: boolean, reach: Reach): Html {
  const { language, said } = context;
  const all = rows.filter((row) => row.listed === listed && row.reach === reach).map(({ target }) => target);
  const links = all.slice(0, NAMED).map((id) => html`<a href="${targetHref(language, id)}">${id}</a> `);
  return html`${links}${all.length > NAMED && said.more("…", all.length - NAMED)}`;
}

/** Every site about which the registry answered, and those that are blocked, with the records behind. */
export function reconciliationTable(context: Context, { rows }: Reconciliation): Html | null {
  const { t, language, said } = context;
  const told = rows.filter(({ listed, reach }) => listed !== null || reach === "blocked");
  if (told.length === 0) return null;
  const columns = (["cells.site", "cells.registry", "cells.measured", "cells.records", "legal.basis"] as const).map(
    (key) => t(key),
  );
  const table = dataTable({
    id: "cells-table",
    caption: t("cells.rows"),
    columns,
    rows: told.map((row) => ({
      id: `cell-${row.target}`,
      cells: [
        html`<a href="${targetHref(language, row.target)}">${row.target}</a>`,
        html`${row.status === null ? said.legal.registry.lookup_failed : said.legal.registry[row.status]}${row.askedAt !== null && html`<p class="small">${row.askedAt.slice(0, 10)}</p>`}`,
        t(`reach.${row.reach}`),
        html`<span class="links">${row.incidents.map((id) => html`<a href="${incidentHref(language, id)}">${id}</a> `)}</span>`,
        said.legal.basis[row.basis],
      ],
    })),
  });
  return html`<details><summary>${t("cells.rows")}</summary>${table}</details>`;
}
