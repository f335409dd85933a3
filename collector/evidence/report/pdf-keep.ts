import { type Block, plain } from "./blocks.ts";
import { heightOfFacts } from "./pdf-facts.ts";
import { CONTENT_WIDTH, PAGE, type Paper } from "./pdf-paper.ts";
import { heightOfHead } from "./pdf-table.ts";
import { heightOf, LOOKS } from "./pdf-text.ts";

/** More is not kept together: a heading would leave half a page empty above it. */
const MOST = PAGE.height / 2;
/** A line or two of what is not measured before it is drawn. */
const SOME = 26;
/** Texts between a heading and what they introduce. */
const TEXTS = 2;

/** What must fit below a heading on its page: the texts under it, and the facts or the beginning of the table that they introduce. */
export function heightBelow({ pdf }: Paper, blocks: readonly Block[]): number {
  let height = 0;
  for (const [at, block] of blocks.entries()) {
    if (block.kind === "text" && at < TEXTS) {
      height += heightOf(pdf, plain(block.text), block.tone, CONTENT_WIDTH) + LOOKS[block.tone].after;
      continue;
    }
    if (block.kind === "table") height += heightOfHead(pdf, block);
    else if (block.kind === "facts") height += heightOfFacts(pdf, block);
    else if (block.kind === "list") height += SOME;
    break;
  }
  return Math.min(Math.max(height, SOME), MOST);
}
