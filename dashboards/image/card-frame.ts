import { patternDefs } from "../chart/bands.ts";
import { type Html, html, markupOf } from "../html.ts";
import type { Lead } from "../words/lead.ts";
import { CARD } from "./card-size.ts";
import { IMAGE_STYLE } from "./palette.ts";
import { wrapped } from "./wrap.ts";

/** Margins of a card, and what is left between them; pixels. */
const [LEFT, RIGHT] = [76, 56];
/** Width of a card's text where nothing stands beside it; pixels. */
export const CARD_INNER_PX = CARD.widthPx - LEFT - RIGHT;
const BOLD = 1.14;
const SIGN_TOP = 566;
const BESIDE_GAP_PX = 48;
/** Sizes of the title, largest first: the first that needs few enough lines is taken. */
const TITLES = [
  { fontPx: 52, most: 3 },
  { fontPx: 44, most: 3 },
  { fontPx: 37, most: 4 },
  { fontPx: 30, most: 6 },
] as const;

export type CardParts = {
  lead: Lead;
  edge: "quiet" | "loss" | "block" | "few";
  /** Stands along the foot, as wide as the text. */
  below?: { drawing: Html; heightPx: number } | null;
  /** Stands at the right, beside the text. */
  beside?: { drawing: Html; widthPx: number; heightPx: number } | null;
  /** Who measured, as of when. */
  source: string;
  address: string;
};

/** A card as an SVG document: whose it is, one sentence, what it rests on, a small drawing, source and address. */
export function cardSvg({ lead, edge, below = null, beside = null, source, address }: CardParts): string {
  const { widthPx, heightPx } = CARD;
  const innerPx = CARD_INNER_PX - (beside === null ? 0 : beside.widthPx + BESIDE_GAP_PX);
  const title = titleLines(lead.title, innerPx);
  const titleEnd = 132 + title.lines.length * title.fontPx * 1.22;
  const belowTop = SIGN_TOP - 44 - (below?.heightPx ?? 0);
  const room = Math.max(0, Math.floor((belowTop - 14 - titleEnd) / 33));
  const lines = fitting(lead.lines, innerPx, room);
  return markupOf(html`<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}"><title>${lead.title}</title><style>${IMAGE_STYLE}</style>${patternDefs()}
<rect class="paper" width="${widthPx}" height="${heightPx}"/><rect class="edge-${edge}" width="24" height="${heightPx}"/>
<text class="brand px-34" x="${LEFT}" y="84">Kuager</text><text class="soft kicker px-24" x="${widthPx - RIGHT}" y="82" text-anchor="end">${wrapped(lead.kicker, 720, 24, 1)[0] ?? ""}</text>
<path class="rule" d="M${LEFT} 106H${widthPx - RIGHT}"/>
${title.lines.map((text, index) => html`<text class="title px-${title.fontPx}" x="${LEFT}" y="${Math.round(132 + (index + 0.78) * title.fontPx * 1.22)}">${text}</text>`)}
${lines.map((text, index) => html`<text class="soft px-23" x="${LEFT}" y="${Math.round(titleEnd + 32 + index * 33)}">${text}</text>`)}
${below !== null && html`<svg x="${LEFT}" y="${belowTop}" width="${CARD_INNER_PX}" height="${below.heightPx}">${below.drawing}</svg>`}
${beside !== null && html`<svg x="${widthPx - RIGHT - beside.widthPx}" y="140" width="${beside.widthPx}" height="${beside.heightPx}">${beside.drawing}</svg>`}
<path class="rule" d="M${LEFT} ${SIGN_TOP - 26}H${widthPx - RIGHT}"/>
<text class="px-19" x="${LEFT}" y="${SIGN_TOP + 4}">${wrapped(address.replace(/^https?:\/\//, ""), CARD_INNER_PX, 19, 1)[0] ?? ""}</text>
<text class="soft px-19" x="${LEFT}" y="${SIGN_TOP + 34}">${wrapped(source, CARD_INNER_PX, 19, 1)[0] ?? ""}</text>
</svg>`);
}

/** What of some texts fits into so many lines: each whole or not at all, but for the first. */
function fitting(texts: readonly string[], innerPx: number, room: number): string[] {
  let lines: string[] = [];
  for (const text of texts) {
    const more = wrapped(text, innerPx, 23, 4);
    if (lines.length + more.length <= room) lines = [...lines, ...more];
    else if (lines.length === 0 && room > 0) lines = wrapped(text, innerPx, 23, room);
  }
  return lines;
}

function titleLines(text: string, innerPx: number): { lines: string[]; fontPx: number } {
  const tries = TITLES.map(({ fontPx, most }) => ({ lines: wrapped(text, innerPx / BOLD, fontPx, 9), fontPx, most }));
  const fits = tries.find(({ lines, most }) => lines.length <= most);
  if (fits !== undefined) return fits;
  const { fontPx, most } = TITLES[3];
  return { lines: wrapped(text, innerPx / BOLD, fontPx, most), fontPx };
}
