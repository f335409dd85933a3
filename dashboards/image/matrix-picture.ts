import type { Language, MatrixView } from "../../collector/api/types.ts";
import { contextOf } from "../context.ts";
import { type Html, html } from "../html.ts";
import { matrixSentence } from "../matrix-page.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";
import { cellTold, LOOKS, rowsOf } from "../words/matrix-cell.ts";
import { networkShort, regionName } from "../words/names.ts";
import { IMAGE, imageSvg } from "./frame.ts";
import { sourceLine } from "./source-line.ts";
import { wrapped } from "./wrap.ts";

const LABEL_PX = 250;
const ROW_PX = 34;
const HEAD_PX = 44;
const COLUMNS_MOST = 8;

/** Regions against networks at one moment as a picture; the networks of most probes. */
export function matrixPicture(view: MatrixView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { t } = context;
  const { rows, asns } = rowsOf(context, view);
  const columns = asns.slice(0, COLUMNS_MOST);
  const width = (IMAGE.innerPx - LABEL_PX) / Math.max(1, columns.length);
  const heads = columns.map((asn, column) =>
    wrapped(networkShort(context, asn), width - 12, 14, 2).map(
      (line, index) =>
        html`<text class="head" x="${Math.round(LABEL_PX + column * width + 6)}" y="${16 + index * 17}">${line}</text>`,
    ),
  );
  const lines = rows.map((row, index): Html => {
    const y = HEAD_PX + index * ROW_PX;
    const cells = columns.map((asn, column) => {
      const { look, text } = cellTold(context, view, row, asn);
      const x = Math.round(LABEL_PX + column * width);
      const glyph = LOOKS.find((one) => one.look === look)?.glyph ?? "";
      // Where there is nobody the eye sees a dash, as on the page.
      const shown = look === "is-nobody" ? "–" : `${glyph} ${text}`;
      return html`<rect class="cell cell-${look}" x="${x + 1}" y="${y + 1}" width="${Math.round(width) - 2}" height="${ROW_PX - 2}"/><text class="cell-text on-${look}" x="${x + 8}" y="${y + 22}">${shown}</text>`;
    });
    return html`<text class="label" x="0" y="${y + 22}">${regionName(context, row.region)}</text>${cells}
`;
  });
  return imageSvg({
    title: matrixSentence(context, rows),
    lines: [`${t(`matrix.caption.${view.value}`)}. ${momentText(view.at, { language, zone: DEFAULT_ZONE })}`],
    body: { drawing: html`${heads}${lines}`, heightPx: HEAD_PX + rows.length * ROW_PX },
    notes: [LOOKS.map(({ glyph, key }) => `${glyph} ${t(key)}`).join("; ")],
    source: sourceLine(context, view),
    id: null,
    address,
  });
}
