import { type Text as Piece, plain } from "./blocks.ts";
import { INKS, TEXT_COLOUR } from "./inks.ts";
import { artifact, CONTENT_WIDTH, makeRoom, PAGE, type Paper } from "./pdf-paper.ts";

const ACCENT = "#0b4a5a";
const MUTED = "#4a4f57";

export type Style =
  | "title"
  | "heading"
  | "small-heading"
  | "lead"
  | "plain"
  | "note"
  | "mono"
  | "cell"
  | "column"
  | "caption";

type Look = {
  readonly font: "body" | "bold" | "mono";
  readonly size: number;
  readonly colour: string;
  readonly before: number;
  readonly after: number;
};

export const LOOKS: Readonly<Record<Style, Look>> = {
  title: { font: "bold", size: 20, colour: TEXT_COLOUR, before: 2, after: 8 },
  heading: { font: "bold", size: 12.5, colour: TEXT_COLOUR, before: 15, after: 4 },
  "small-heading": { font: "bold", size: 10.5, colour: TEXT_COLOUR, before: 10, after: 4 },
  lead: { font: "body", size: 11.5, colour: TEXT_COLOUR, before: 0, after: 8 },
  plain: { font: "body", size: 9.5, colour: TEXT_COLOUR, before: 0, after: 5 },
  note: { font: "body", size: 9.5, colour: MUTED, before: 0, after: 5 },
  mono: { font: "mono", size: 8, colour: TEXT_COLOUR, before: 0, after: 5 },
  cell: { font: "body", size: 8.6, colour: TEXT_COLOUR, before: 0, after: 0 },
  column: { font: "bold", size: 7.8, colour: TEXT_COLOUR, before: 0, after: 0 },
  caption: { font: "bold", size: 9.5, colour: TEXT_COLOUR, before: 0, after: 0 },
};

const LINE_GAP = 1.6;

/** Sets font, size and colour. */
export function look(pdf: PDFKit.PDFDocument, style: Style): Look {
  const chosen = LOOKS[style];
  pdf.font(chosen.font).fontSize(chosen.size).fillColor(chosen.colour);
  return chosen;
}

/** Heights that were measured, by style, width and text: a cell is asked for its height by its row and when it is drawn. */
const heights = new WeakMap<PDFKit.PDFDocument, Map<string, number>>();

/** Height of a text in a width. */
export function heightOf(pdf: PDFKit.PDFDocument, text: string, style: Style, width: number): number {
  look(pdf, style);
  const known = heights.get(pdf) ?? new Map<string, number>();
  heights.set(pdf, known);
  const key = `${style} ${width} ${text}`;
  const height = known.get(key) ?? pdf.heightOfString(text, { width, lineGap: LINE_GAP });
  known.set(key, height);
  return height;
}

type Part = {
  readonly type: string;
  readonly text: Piece;
  readonly style: Style;
  readonly before?: number;
  /** Further height that must fit below on the same page: a heading never stands alone. */
  readonly keep?: number;
};

/** A paragraph or heading across the page, tagged. */
export function drawText(paper: Paper, { type, text, style, before, keep = 0 }: Part): void {
  const { pdf, root } = paper;
  const { left } = PAGE.margins;
  const chosen = LOOKS[style];
  const indent = style === "lead" ? 12 : 0;
  const height = heightOf(pdf, plain(text), style, CONTENT_WIDTH - indent);
  makeRoom(paper, (before ?? chosen.before) + height + keep);
  pdf.y += pdf.y <= PAGE.margins.top + 0.5 ? 0 : (before ?? chosen.before);
  if (style === "lead") artifact(pdf, () => void pdf.rect(left, pdf.y, 3, height - 2).fill(ACCENT));
  if (style === "heading" && pdf.y > PAGE.margins.top + 1) rule(pdf, pdf.y - 6);
  const top = pdf.y;
  const element = pdf.struct(type, langOf(text));
  root.add(element);
  element.add(() => {
    look(pdf, style);
    pdf.text(plain(text), left + indent, top, { width: CONTENT_WIDTH - indent, lineGap: LINE_GAP });
  });
  element.end();
  pdf.y = top + height + chosen.after;
}

/** A text within a cell or list, into an element that is there. Returns its height. */
export function drawPiece(
  { pdf }: Paper,
  into: PDFKit.PDFStructureElement,
  {
    text,
    style,
    x,
    y,
    width,
    align = "left",
  }: { text: Piece; style: Style; x: number; y: number; width: number; align?: "left" | "right" },
): number {
  const height = heightOf(pdf, plain(text), style, width);
  const write = () => {
    look(pdf, style);
    pdf.text(plain(text), x, y, { width, align, lineGap: LINE_GAP });
  };
  if (typeof text === "string") into.add(write);
  else {
    const span = pdf.struct("Span", langOf(text));
    into.add(span);
    span.add(write);
    span.end();
  }
  return height;
}

/** A thin line across the page. */
export function rule(pdf: PDFKit.PDFDocument, y: number, ink: "frame" | "grid" = "grid"): void {
  const { stroke = TEXT_COLOUR, width = 0.5 } = INKS[ink];
  artifact(pdf, () => {
    pdf.lineWidth(width).strokeColor(stroke);
    pdf
      .moveTo(PAGE.margins.left, y)
      .lineTo(PAGE.width - PAGE.margins.right, y)
      .stroke();
  });
}

function langOf(text: Piece): { lang?: string } {
  return typeof text === "string" ? {} : { lang: text.lang };
}
