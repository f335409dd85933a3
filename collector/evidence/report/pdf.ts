import PDFDocument from "pdfkit";
import type { Language } from "../../api/types.ts";
import type { Facts } from "../facts.ts";
import { reportDocument } from "./document.ts";
import { drawBlocks } from "./pdf-blocks.ts";
import { reportFonts } from "./pdf-fonts.ts";
import { beginPages, endPages, PAGE, type Paper } from "./pdf-paper.ts";
import { drawText } from "./pdf-text.ts";

/**
 * The report as a PDF: A4, tagged (headings, tables, lists, figures), fonts inside, title and language set. The same facts
 * give the same bytes: its dates are those of the bundle, and nothing is packed, as two builds of zlib pack differently.
 */
export async function reportPdf(facts: Facts, language: Language): Promise<Uint8Array> {
  const report = reportDocument(facts, language);
  const made = new Date(report.made);
  const pdf = new PDFDocument({
    ...{ size: "A4", margins: PAGE.margins, bufferPages: true, autoFirstPage: false, compress: false },
    ...{ pdfVersion: "1.7", tagged: true, lang: language, displayTitle: true },
    info: {
      Title: `${report.title} – ${report.id}`,
      Author: "Kuager",
      Subject: report.kicker,
      CreationDate: made,
      ModDate: made,
    },
  });
  const bytes = collected(pdf);
  for (const [name, font] of reportFonts()) pdf.registerFont(name, font);
  const paper: Paper = { pdf, root: pdf.struct("Document") };
  pdf.addStructure(paper.root);
  beginPages(paper, report);
  drawText(paper, { type: "H1", text: report.title, style: "title" });
  drawBlocks(paper, report.blocks);
  drawText(paper, { type: "P", text: report.edition, style: "note", before: 14 });
  endPages(paper, report);
  paper.root.end();
  pdf.end();
  return bytes;
}

function collected(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    pdf.on("data", (part: Uint8Array) => parts.push(part));
    pdf.on("end", () => resolve(Buffer.concat(parts)));
    pdf.on("error", reject);
  });
}
