import { type Block, pieces, plain, type TableCell } from "./blocks.ts";
import { CONTENT_WIDTH, makeRoom, PAGE, type Paper } from "./pdf-paper.ts";
import { headCell } from "./pdf-table.ts";
import { drawPiece, heightOf, rule } from "./pdf-text.ts";

const GUTTER = 10;
const NAME_WIDTH = CONTENT_WIDTH * 0.27;
const VALUE_WIDTH = CONTENT_WIDTH - NAME_WIDTH - GUTTER;
/** What a row takes beyond its text. */
const ROW = 7;

type FactRows = Extract<Block, { kind: "facts" }>;

/** Names on the left, what they are on the right: a table whose first cells are its headings. */
export function drawFacts(paper: Paper, { rows }: FactRows): void {
  const { pdf, root } = paper;
  const { left } = PAGE.margins;
  const table = pdf.struct("Table");
  root.add(table);
  for (const [name, value] of rows) {
    const height = rowHeight(pdf, name, value);
    makeRoom(paper, height + ROW);
    const y = pdf.y + 3;
    const [row, head, cell] = [pdf.struct("TR"), headCell(pdf, "Row"), pdf.struct("TD")];
    table.add(row);
    row.add(head);
    drawPiece(paper, head, { text: name, style: "note", x: left, y, width: NAME_WIDTH });
    row.add(cell);
    let below = y;
    for (const [at, piece] of pieces(value).entries())
      below += drawPiece(paper, cell, {
        text: piece,
        style: at === 0 ? "plain" : "note",
        x: left + NAME_WIDTH + GUTTER,
        y: below,
        width: VALUE_WIDTH,
      });
    row.end();
    pdf.y = y + height + 3;
    rule(pdf, pdf.y);
  }
  table.end();
  pdf.y += 8;
}

/** Height of all rows. */
export function heightOfFacts(pdf: PDFKit.PDFDocument, { rows }: FactRows): number {
  return rows.reduce((sum, [name, value]) => sum + rowHeight(pdf, name, value) + ROW, 0);
}

function rowHeight(pdf: PDFKit.PDFDocument, name: string, value: TableCell): number {
  const valueHeight = pieces(value).reduce(
    (sum, piece, at) => sum + heightOf(pdf, plain(piece), at === 0 ? "plain" : "note", VALUE_WIDTH),
    0,
  );
  return Math.max(heightOf(pdf, name, "note", NAME_WIDTH), valueHeight);
}
