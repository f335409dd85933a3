import { pieces, plain, type Table, type TableCell } from "./blocks.ts";
import { type Columns, columnsOf } from "./pdf-columns.ts";
import { artifact, CONTENT_WIDTH, makeRoom, nextPage, PAGE, type Paper } from "./pdf-paper.ts";
import { drawPiece, heightOf, look, rule, type Style } from "./pdf-text.ts";

const PADDING = 3;
const BOTTOM = PAGE.height - PAGE.margins.bottom;

/** A table with a row of column heads, which stands again on every page that it goes on to. */
export function drawTable(paper: Paper, table: Table): void {
  const { pdf, root } = paper;
  const columns = columnsOf(pdf, table);
  const names = columns.map(({ name }) => name);
  const headHeight = rowHeight(pdf, columns, names, "column");
  makeRoom(paper, heightOfHead(pdf, table));
  const element = pdf.struct("Table", { title: table.caption });
  root.add(element);
  if (table.shown === true) drawCaption(paper, element, table.caption);
  const head = pdf.struct("THead");
  element.add(head);
  drawRow(paper, head, { columns, cells: names, style: "column", height: headHeight });
  head.end();
  const body = pdf.struct("TBody");
  element.add(body);
  for (const row of table.rows) {
    const height = rowHeight(pdf, columns, row, "cell");
    if (pdf.y + height + 2 * PADDING > BOTTOM) {
      nextPage(paper);
      repeatHead(paper, columns, headHeight);
    }
    drawRow(paper, body, { columns, cells: row, style: "cell", height });
  }
  body.end();
  element.end();
  pdf.x = PAGE.margins.left;
  pdf.y += 8;
}

const CAPTION = 28;

/** What of a table must stand on one page: its heads and its first row. */
export function heightOfHead(pdf: PDFKit.PDFDocument, table: Table): number {
  const columns = columnsOf(pdf, table);
  const names = columns.map(({ name }) => name);
  const first = table.rows[0] === undefined ? 0 : rowHeight(pdf, columns, table.rows[0], "cell");
  const caption = table.shown === true ? CAPTION : 0;
  return rowHeight(pdf, columns, names, "column") + first + 4 * PADDING + caption;
}

function drawCaption(paper: Paper, table: PDFKit.PDFStructureElement, text: string): void {
  const { pdf } = paper;
  const caption = pdf.struct("Caption");
  table.add(caption);
  const y = pdf.y + 6;
  const height = drawPiece(paper, caption, { text, style: "caption", x: PAGE.margins.left, y, width: CONTENT_WIDTH });
  caption.end();
  pdf.y = y + height + 3;
}

type Row = {
  readonly columns: Columns;
  readonly cells: readonly TableCell[];
  readonly style: "cell" | "column";
  readonly height: number;
};

function drawRow(paper: Paper, into: PDFKit.PDFStructureElement, { columns, cells, style, height }: Row): void {
  const { pdf } = paper;
  const row = pdf.struct("TR");
  into.add(row);
  const y = pdf.y + PADDING;
  for (const [at, { x, width, align }] of columns.entries()) {
    const cell = style === "column" ? headCell(pdf, "Column") : pdf.struct("TD");
    row.add(cell);
    let below = y;
    for (const piece of pieces(cells[at] ?? ""))
      below += drawPiece(paper, cell, { text: piece, style, x, y: below, width, align });
    cell.end();
  }
  row.end();
  pdf.y = y + height + PADDING;
  rule(pdf, pdf.y, style === "column" ? "frame" : "grid");
}

/** The heads once more, for the eye alone: the structure has them. */
function repeatHead({ pdf }: Paper, columns: Columns, height: number): void {
  const y = pdf.y + PADDING;
  artifact(pdf, () => {
    look(pdf, "column");
    for (const { name, x, width, align } of columns) pdf.text(name, x, y, { width, align, lineGap: 1.6 });
  });
  pdf.x = PAGE.margins.left;
  pdf.y = y + height + PADDING;
  rule(pdf, pdf.y, "frame");
}

function rowHeight(pdf: PDFKit.PDFDocument, columns: Columns, cells: readonly TableCell[], style: Style): number {
  const heights = columns.map(({ width }, at) =>
    pieces(cells[at] ?? "").reduce((sum, piece) => sum + heightOf(pdf, plain(piece), style, width), 0),
  );
  return Math.max(...heights);
}

/** A head of a row or column. pdfkit takes a scope, of which its types do not know yet. */
export function headCell(pdf: PDFKit.PDFDocument, scope: "Row" | "Column"): PDFKit.PDFStructureElement {
  const options: PDFKit.Mixins.StructureElementOptions & { scope: string } = { scope };
  return pdf.struct("TH", options);
}
