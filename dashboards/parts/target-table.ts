import type { TargetCell } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { gravity } from "../words/finding.ts";
import { listText } from "../words/names.ts";
import { networkHead } from "./coverage-table.ts";
import { findingCell, siteName } from "./finding-cell.ts";
import { matrixTable } from "./matrix.ts";

/** Sites shown in the table; all are in the data files. */
const SHOWN_SITES = 40;
const SHOWN_FINE = 60;

/** What each site does on each network: those that differ from normal in a table, all others in one sentence. */
export function targetSection(context: Context, cells: readonly TargetCell[]): Html {
  const { t } = context;
  const sites = sitesOf(cells);
  const odd = sites.filter(({ rank }) => rank < gravity("ok"));
  const shown = odd.sort((a, b) => a.rank - b.rank || a.target.localeCompare(b.target)).slice(0, SHOWN_SITES);
  const fine = sites.filter((site) => !odd.includes(site)).map(({ target }) => target);
  return html`<section aria-labelledby="targets">
<h2 id="targets">${t("targets.title")}</h2>
<p class="note">${t("targets.note")}</p>
${shown.length > 0 && siteTable(context, shown)}
${odd.length > shown.length && html`<p class="note">${t("targets.more", { count: odd.length - shown.length })}</p>`}
${fineLine(context, fine, cells.length === 0, odd.length === 0)}
</section>`;
}

/** Each site with its cells, in one pass: there are thousands of cells. */
function sitesOf(cells: readonly TargetCell[]) {
  const sites = new Map<string, { target: string; own: TargetCell[]; rank: number }>();
  for (const cell of cells) {
    const site = sites.get(cell.target);
    const rank = gravity(cell.code);
    if (site === undefined) sites.set(cell.target, { target: cell.target, own: [cell], rank });
    else {
      site.own.push(cell);
      site.rank = Math.min(site.rank, rank);
    }
  }
  return [...sites.values()];
}

function fineLine(context: Context, fine: readonly string[], none: boolean, all: boolean): Html | null {
  const { t } = context;
  if (none) return html`<p class="empty">${t("targets.empty")}</p>`;
  if (fine.length === 0) return null;
  const list = listText(context, [...fine].sort(), SHOWN_FINE);
  const lead = all && html`<strong>${t("targets.allFine")}</strong> `;
  return html`<p class="fine">${lead}${t("targets.fine", { count: fine.length, list })}</p>`;
}

type Site = { target: string; own: readonly TargetCell[] };

function siteTable(context: Context, sites: readonly Site[]): Html {
  return siteMatrix(context, sites, networksOf(sites), context.t("targets.caption"));
}

/** Networks of some sites' findings, by number. */
export function networksOf(sites: readonly Site[]): (number | null)[] {
  const networks = new Set(sites.flatMap(({ own }) => own.map((cell) => cell.asn)));
  return [...networks].sort((a, b) => Number(a) - Number(b));
}

/** Sites against networks. */
export function siteMatrix(
  context: Context,
  sites: readonly Site[],
  networks: readonly (number | null)[],
  caption: string,
): Html {
  return matrixTable({
    id: "targets-table",
    caption,
    corner: context.t("targets.site"),
    columns: networks.map((asn) => networkHead(context, asn)),
    rows: sites.map(({ target, own }) => ({
      head: siteName(context, target),
      cells: networks.map((asn) =>
        findingCell(
          context,
          own.filter((cell) => cell.asn === asn),
        ),
      ),
    })),
  });
}
