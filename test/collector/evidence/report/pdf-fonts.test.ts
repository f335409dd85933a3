import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import { describe, expect, test } from "vitest";
import { reportFonts } from "../../../../collector/evidence/report/pdf-fonts.ts";

const { resolve } = createRequire(import.meta.url);
const WHOLE = { body: "DejaVuSansCondensed.ttf", bold: "DejaVuSansCondensed-Bold.ttf", mono: "DejaVuSansMono.ttf" };
const TEXTS = [
  "Қазақстанда байланыстың әдейі үзілуі: ғылым, көше, ұлт, үй, һәм, іс, ө, ң",
  "Россия, подъезд, щёлкать, ТУ, То, ГА, «кавычки» — тире",
  "AV To Wa Ty. 12:30 – 14:05 UTC+05:00, 1 234,5 % (n = 7) § 41-1 № 3 … “quoted” ‘so’",
];

describe("the fonts of a report", () => {
  test.each(["body", "bold", "mono"] as const)("set %s as wide as the whole font does, kerning and all", (style) => {
    const pdf = new PDFDocument({ autoFirstPage: false });
    pdf.registerFont("slim", reportFonts().get(style));
    pdf.registerFont("whole", resolve(`dejavu-fonts-ttf/ttf/${WHOLE[style]}`));
    const width = (font: string, text: string) => pdf.font(font).fontSize(1000).widthOfString(text);
    for (const text of TEXTS) expect(width("slim", text), text).toBeCloseTo(width("whole", text), 6);
    // Without kerning they would differ.
    if (style !== "mono") expect(width("slim", "AV")).toBeLessThan(width("slim", "A") + width("slim", "V"));
  });

  test("draw a letter that comes as letter and mark as one", () => {
    const pdf = new PDFDocument({ autoFirstPage: false });
    pdf.registerFont("body", reportFonts().get("body"));
    const width = (text: string) => pdf.font("body").fontSize(1000).widthOfString(text);
    expect(width("и\u0306")).toBeCloseTo(width("й"), 6);
  });
});
