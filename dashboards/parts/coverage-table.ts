import type { CoverageCell, NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { TILES } from "../tiles.ts";
import { toldOf } from "../words/counts.ts";
import { listText, networkShort, regionName } from "../words/names.ts";
import { type MatrixCell, matrixTable } from "./matrix.ts";

/** Who watches: region against network. Regions without any probe are named beneath, so that blindness shows. */
export function coverageSection(context: Context, view: NowView): Html {
  const { t } = context;
  const cells = view.coverage.filter((cell) => cell.known > 0);
  return html`<section aria-labelledby="coverage">
<h2 id="coverage">${t("coverage.title")}</h2>
<p class="note">${t("coverage.note")}</p>
${cells.length === 0 ? html`<p class="empty">${t("coverage.empty")}</p>` : coverageTable(context, cells)}
${blindRegions(context, cells)}
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
    columns: networks.map((asn) => networkShort(context, asn)),
    rows: regions.map((region) => ({
      head: regionName(context, region),
      cells: networks.map((asn) =>
        countCell(
          context,
          cells.filter((cell) => cell.region === region && cell.asn === asn),
        ),
      ),
    })),
  });
}

function countCell({ t }: Context, cells: readonly CoverageCell[]): MatrixCell {
  const told = toldOf(cells);
  if (told.how === "none") return { content: t("coverage.noneHere"), look: "is-nobody" };
  if (told.how === "few") return { content: t("coverage.few"), look: "is-few" };
  if (told.how === "band") return { content: t("coverage.band", { known: told.known }), look: "is-few" };
  const { present, known } = told;
  const look = present === 0 ? "share-0" : `share-${Math.ceil((present / known) * 4)}`;
  return { content: t("coverage.cell", { present, known }), look };
}

function blindRegions(context: Context, cells: readonly CoverageCell[]): Html | null {
  const blind = TILES.filter((tile) => !cells.some((cell) => cell.region === tile.code));
  if (blind.length === 0 || cells.length === 0) return null;
  const names = blind.map((tile) => regionName(context, tile.code));
  return html`<p class="note">${context.t("coverage.blind", { regions: listText(context, names, TILES.length) })}</p>`;
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
