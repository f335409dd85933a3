import type { CoverageCell } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { networkHref, regionHref } from "../links.ts";
import { TILES } from "../tiles.ts";
import { toldOf } from "../words/counts.ts";
import { networkShort, regionName } from "../words/names.ts";
import { type MatrixCell, matrixTable, nobody } from "./matrix.ts";

/** Who watches: region against network. Regions without any probe are named over the page. */
export function coverageSection(context: Context, coverage: readonly CoverageCell[]): Html {
  const { t } = context;
  const cells = coverage.filter((cell) => cell.known > 0);
  return html`<section aria-labelledby="coverage">
<h2 id="coverage">${t("coverage.title")}</h2>
<p class="note">${t("coverage.note")}</p>
${cells.length === 0 ? html`<p class="empty">${t("coverage.empty")}</p>` : coverageTable(context, cells)}
</section>`;
}

function coverageTable(context: Context, cells: readonly CoverageCell[]): Html {
  const { t } = context;
  const networks = ordered(cells, (cell) => cell.asn);
  const tiles = TILES.map((tile): string | null => tile.code);
  const codes = [...new Set(cells.map((cell) => cell.region))];
  const regions = codes.sort((a, b) => rank(tiles, a) - rank(tiles, b) || String(a).localeCompare(String(b)));
  return matrixTable({
    id: "coverage-table",
    caption: t("coverage.caption"),
    corner: t("coverage.region"),
    columns: networks.map((asn) => networkHead(context, asn)),
    rows: regions.map((region) => ({
      head:
        region === null
          ? regionName(context, region)
          : html`<a href="${regionHref(context.language, region)}">${regionName(context, region)}</a>`,
      cells: networks.map((asn) =>
        countCell(
          context,
          cells.filter((cell) => cell.region === region && cell.asn === asn),
        ),
      ),
    })),
  });
}

/** A network's name over a column, as a link to its page. */
export function networkHead(context: Context, asn: number | null): Html | string {
  const name = networkShort(context, asn);
  return asn === null ? name : html`<a href="${networkHref(context.language, asn)}">${name}</a>`;
}

function countCell({ t, enoughProbes }: Context, cells: readonly CoverageCell[]): MatrixCell {
  const told = toldOf(cells, enoughProbes);
  if (told.how === "none") return { content: nobody(t("coverage.noneHere")), look: "is-nobody" };
  if (told.how === "few") return { content: t("coverage.few"), look: "is-few" };
  if (told.how === "band") return { content: t("coverage.band", { known: told.known }), look: "is-few" };
  const { present, known } = told;
  // Nobody connected is silence, and silence is neither fine nor down: it is told as such, not in alarming red.
  if (present === 0) return { content: t("coverage.silent", { known }), look: "is-none" };
  return { content: t("coverage.cell", { present, known }), look: `share-${Math.ceil((present / known) * 4)}` };
}

/** Distinct values, those of most probes first. */
function ordered(cells: readonly CoverageCell[], key: (cell: CoverageCell) => number | null): (number | null)[] {
  const totals = new Map<number | null, number>();
  for (const cell of cells) totals.set(key(cell), (totals.get(key(cell)) ?? 0) + cell.known);
  return [...totals].sort(([a, m], [b, n]) => n - m || Number(a) - Number(b)).map(([value]) => value);
}

function rank(list: readonly (string | null)[], value: string | null): number {
  const index = list.indexOf(value);
  return index === -1 ? list.length : index;
}
