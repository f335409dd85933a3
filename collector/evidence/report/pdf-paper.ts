import type { ReportDocument } from "./blocks.ts";
import { TEXT_COLOUR } from "./inks.ts";

/** Where a report is drawn: the document, and the structure element that its parts go into. */
export type Paper = { readonly pdf: PDFKit.PDFDocument; readonly root: PDFKit.PDFStructureElement };

const MILLIMETRE = 72 / 25.4;

export const PAGE = {
  margins: { top: 24 * MILLIMETRE, bottom: 22 * MILLIMETRE, left: 20 * MILLIMETRE, right: 20 * MILLIMETRE },
  width: 595.28,
  height: 841.89,
} as const;

export const CONTENT_WIDTH = PAGE.width - PAGE.margins.left - PAGE.margins.right;
const BOTTOM = PAGE.height - PAGE.margins.bottom;
const ACCENT = "#0b4a5a";
const MUTED = "#4a4f57";

/** The first page with its masthead. */
export function beginPages({ pdf }: Paper, { kicker }: ReportDocument): void {
  pdf.addPage();
  const { left, right, top } = PAGE.margins;
  artifact(pdf, () => {
    pdf.rect(left, top - 30, CONTENT_WIDTH, 2.2).fill(TEXT_COLOUR);
    pdf
      .font("bold")
      .fontSize(10)
      .fillColor(ACCENT)
      .text("Kuager", left, top - 22, { lineBreak: false });
    pdf.font("body").fontSize(9).fillColor(MUTED);
    pdf.text(kicker, PAGE.width - right - pdf.widthOfString(kicker), top - 21.5, { lineBreak: false });
  });
  pdf.x = left;
  pdf.y = top;
}

/** Makes sure that so much height is left on the page, else begins the next one. */
export function makeRoom({ pdf }: Paper, height: number): void {
  if (pdf.y + height <= BOTTOM) return;
  nextPage({ pdf });
}

export function nextPage({ pdf }: Pick<Paper, "pdf">): void {
  pdf.addPage();
  pdf.x = PAGE.margins.left;
  pdf.y = PAGE.margins.top;
}

/** Writes number and place below every page. */
export function endPages({ pdf }: Paper, { id }: ReportDocument): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    // The foot stands in the margin, where text would begin a new page.
    pdf.page.margins = { ...pdf.page.margins, bottom: 0 };
    artifact(pdf, () => {
      const place = `${page - start + 1} / ${count}`;
      pdf.font("body").fontSize(8).fillColor(MUTED);
      pdf.text(`Kuager · ${id}`, PAGE.margins.left, BOTTOM + 18, { lineBreak: false });
      pdf.text(place, PAGE.width - PAGE.margins.right - pdf.widthOfString(place), BOTTOM + 18, { lineBreak: false });
    });
  }
}

/** Draws what is no part of the text: lines, grounds, feet of pages. */
export function artifact(pdf: PDFKit.PDFDocument, draw: () => void): void {
  pdf.markContent("Artifact", { type: "Layout" });
  draw();
  pdf.endMarkedContent();
}
