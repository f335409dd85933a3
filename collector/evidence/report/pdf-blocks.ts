import { type Block, plain } from "./blocks.ts";
import type { Shape } from "./chart-shapes.ts";
import { INKS, TEXT_COLOUR } from "./inks.ts";
import { drawFacts } from "./pdf-facts.ts";
import { heightBelow } from "./pdf-keep.ts";
import { CONTENT_WIDTH, makeRoom, nextPage, PAGE, type Paper } from "./pdf-paper.ts";
import { drawTable } from "./pdf-table.ts";
import { drawPiece, drawText, heightOf, LOOKS } from "./pdf-text.ts";

/** Draws all blocks below each other, each on a new page where it does not fit. */
export function drawBlocks(paper: Paper, blocks: readonly Block[]): void {
  for (const [at, block] of blocks.entries()) drawBlock(paper, block, blocks.slice(at + 1, at + 4));
}

function drawBlock(paper: Paper, block: Block, next: readonly Block[]): void {
  switch (block.kind) {
    case "heading": {
      const style = block.level === 2 ? "heading" : "small-heading";
      drawText(paper, { type: `H${block.level}`, text: block.text, style, keep: heightBelow(paper, next) });
      break;
    }
    case "text":
      drawText(paper, { type: "P", text: block.text, style: block.tone });
      break;
    case "list":
      drawList(paper, block);
      break;
    case "facts":
      drawFacts(paper, block);
      break;
    case "table":
      drawTable(paper, block);
      break;
    case "figure":
      drawFigure(paper, block);
      break;
    case "page":
      if (paper.pdf.y > HALF) nextPage(paper);
  }
}

/** Behind it a part that wants a page of its own gets one. */
const HALF = PAGE.height / 2;
const BULLET = 12;

function drawList(paper: Paper, { items }: Extract<Block, { kind: "list" }>): void {
  const { pdf, root } = paper;
  const list = pdf.struct("L");
  root.add(list);
  for (const item of items) {
    const width = CONTENT_WIDTH - BULLET;
    const height = heightOf(pdf, plain(item), "plain", width);
    makeRoom(paper, height);
    const [line, label, body] = [pdf.struct("LI"), pdf.struct("Lbl"), pdf.struct("LBody")];
    const y = pdf.y;
    list.add(line);
    line.add(label);
    drawPiece(paper, label, { text: "•", style: "plain", x: PAGE.margins.left, y, width: BULLET });
    line.add(body);
    drawPiece(paper, body, { text: item, style: "plain", x: PAGE.margins.left + BULLET, y, width });
    line.end();
    pdf.y = y + height + 2.5;
  }
  list.end();
  pdf.y += 3;
}

/** A figure: its drawing, and its words as text that is read instead. */
function drawFigure(
  paper: Paper,
  { title, describes, width, height, shapes }: Extract<Block, { kind: "figure" }>,
): void {
  const { pdf, root } = paper;
  const scale = CONTENT_WIDTH / width;
  makeRoom(paper, height * scale + 10);
  const [left, top] = [PAGE.margins.left, pdf.y];
  const bbox: [number, number, number, number] = [left, top, left + CONTENT_WIDTH, top + height * scale];
  // pdfkit takes a bounding box, of which its types do not know yet.
  const options: PDFKit.Mixins.StructureElementOptions & { bbox: typeof bbox } = {
    alt: `${title}. ${describes}`,
    bbox,
  };
  const figure = pdf.struct("Figure", options);
  root.add(figure);
  figure.add(() => {
    pdf.save();
    pdf.translate(left, top).scale(scale);
    for (const shape of shapes) drawShape(pdf, shape);
    pdf.restore();
  });
  figure.end();
  pdf.x = left;
  pdf.y = top + height * scale + 10;
}

function drawShape(pdf: PDFKit.PDFDocument, shape: Shape): void {
  if (shape.shape === "rect") {
    const { fill = TEXT_COLOUR } = INKS[shape.ink];
    pdf.rect(shape.x, shape.y, shape.width, shape.height).fill(fill);
  } else if (shape.shape === "line") {
    const { stroke = TEXT_COLOUR, width = 1, dash } = INKS[shape.ink];
    pdf.lineWidth(width).strokeColor(stroke);
    if (dash === undefined) pdf.undash();
    else pdf.dash(dash[0] ?? 1, { space: dash[1] ?? 1 });
    for (const [at, [x, y]] of shape.points.entries()) at === 0 ? pdf.moveTo(x, y) : pdf.lineTo(x, y);
    pdf.stroke().undash();
  } else {
    pdf.font(LOOKS.cell.font).fontSize(shape.size).fillColor(TEXT_COLOUR);
    const width = pdf.widthOfString(shape.text);
    const x = shape.anchor === "start" ? shape.x : shape.x - (shape.anchor === "end" ? width : width / 2);
    pdf.text(shape.text, x, shape.y - shape.size * 0.93, { lineBreak: false });
  }
}
