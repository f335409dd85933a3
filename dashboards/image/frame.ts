import { patternDefs } from "../chart/bands.ts";
import { type Fragment, type Html, html, markupOf } from "../html.ts";
import { IMAGE_STYLE } from "./palette.ts";
import { qrSvg } from "./qr.ts";
import { wrapped } from "./wrap.ts";

/** Width of every picture, and what is left of it between the margins; pixels. */
export const IMAGE = { widthPx: 1200, marginPx: 40, innerPx: 1120 } as const;
const QR_PX = 120;
/** How much wider bold letters with serifs are. */
const BOLD = 1.14;

/** All that a picture must say about itself, since it will travel without its page. */
export type ImageParts = {
  title: string;
  /** What was chosen, and the period, in words. */
  lines: readonly string[];
  body: { drawing: Html; heightPx: number };
  /** What signs mean. */
  notes: readonly string[];
  /** Who measured, state of knowledge, rules, licence. */
  source: string;
  /** Number of what is shown; null where the address is all. */
  id: string | null;
  /** Whole address of the view, as text and as a code for cameras. */
  address: string;
};

/** A picture as a whole SVG document: title, choice and period, drawing, notes, source, number, address and QR code. */
export function imageSvg({ title, lines, body, notes, source, id, address }: ImageParts): string {
  const { widthPx, marginPx, innerPx } = IMAGE;
  const head = [
    ...wrapped(title, innerPx / BOLD, 30, 3).map((text) => ({ text, fontPx: 30, look: "title" })),
    ...lines.flatMap((line) => wrapped(line, innerPx, 17, 2)).map((text) => ({ text, fontPx: 17, look: "soft" })),
  ];
  const foot = [
    ...notes.flatMap((note) => wrapped(note, innerPx, 15, 3)).map((text) => ({ text, fontPx: 15, look: "soft" })),
  ];
  const top = stacked(head, marginPx);
  const bodyTop = top.endPx + 18;
  const noteTop = bodyTop + body.heightPx + 12;
  const middle = stacked(foot, noteTop);
  const lineTop = middle.endPx + 16;
  const sign = stacked(
    [id === null ? source : `${source} · ${id}`, address].flatMap((text) =>
      wrapped(text, innerPx - QR_PX - 30, 15, 3).map((line) => ({ text: line, fontPx: 15, look: "ink" })),
    ),
    lineTop + 12,
  );
  const heightPx = Math.ceil(Math.max(sign.endPx, lineTop + QR_PX + 20) + marginPx / 2);
  return markupOf(html`<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}"><title>${title}</title><style>${IMAGE_STYLE}</style>${patternDefs()}
<rect class="paper" width="${widthPx}" height="${heightPx}"/>
${top.drawing}
<svg x="${marginPx}" y="${bodyTop}" width="${innerPx}" height="${body.heightPx}">${body.drawing}</svg>
${middle.drawing}
<path class="rule" d="M${marginPx} ${lineTop}H${widthPx - marginPx}"/>
${sign.drawing}${qrSvg(address, widthPx - marginPx - QR_PX, lineTop + 14, QR_PX)}
</svg>`);
}

type Line = { text: string; fontPx: number; look: string };

/** Lines of text under each other from the left margin. */
function stacked(lines: readonly Line[], topPx: number): { drawing: Html; endPx: number } {
  let y = topPx;
  const drawn: Fragment[] = lines.map(({ text, fontPx, look }) => {
    y += fontPx * 1.35;
    return html`<text class="${look}" x="${IMAGE.marginPx}" y="${Math.round(y - fontPx * 0.28)}" font-size="${fontPx}">${text}</text>
`;
  });
  return { drawing: html`${drawn}`, endPx: y };
}
