import { pieces, plain, type Table } from "./blocks.ts";
import { CONTENT_WIDTH, PAGE } from "./pdf-paper.ts";
import { look, type Style } from "./pdf-text.ts";

const GUTTER = 7;
/** Between a number, which stands at the right of its column, and a text at the left of the next. */
const WIDE_GUTTER = 16;
/** Hashes and addresses may be broken; words may not. */
const WORD_MAX = 24;

export type Columns = readonly {
  readonly name: string;
  readonly x: number;
  readonly width: number;
  readonly align: "left" | "right";
}[];

/** Columns that were laid out: a table is asked for them by what stands above it, and when it is drawn. */
const laidOut = new WeakMap<Table, Columns>();

/** Columns by their shares of the page, each at least as wide as its longest word where there is room for all of these. */
export function columnsOf(pdf: PDFKit.PDFDocument, table: Table): Columns {
  const columns = laidOut.get(table) ?? layOut(pdf, table);
  laidOut.set(table, columns);
  return columns;
}

function layOut(pdf: PDFKit.PDFDocument, table: Table): Columns {
  const gutters = table.columns.map(({ number }, at): number => {
    const next = table.columns[at + 1];
    if (next === undefined) return 0;
    return number === true && next.number !== true ? WIDE_GUTTER : GUTTER;
  });
  const widths = widthsOf(
    table.columns.map(({ share }) => share),
    longestWords(pdf, table),
    CONTENT_WIDTH - gutters.reduce((sum, gutter) => sum + gutter, 0),
  );
  let x: number = PAGE.margins.left;
  return table.columns.map(({ name, number }, at) => {
    const width = widths[at] ?? 0;
    const column = { name, x, width, align: number === true ? ("right" as const) : ("left" as const) };
    x += width + (gutters[at] ?? 0);
    return column;
  });
}

/** Shares of the room; what a column needs beyond its share is taken from the others. */
function widthsOf(shares: readonly number[], needs: readonly number[], room: number): readonly number[] {
  const byShare = (of: readonly number[], within: number) => {
    const sum = of.reduce((all, share) => all + share, 0);
    return of.map((share) => (within * share) / sum);
  };
  if (needs.reduce((sum, need) => sum + need, 0) > room) return byShare(shares, room);
  const fixed = new Set<number>();
  for (;;) {
    const taken = [...fixed].reduce((sum, at) => sum + (needs[at] ?? 0), 0);
    const spread = byShare(
      shares.map((share, at) => (fixed.has(at) ? 0 : share)),
      room - taken,
    );
    const widths = spread.map((width, at) => (fixed.has(at) ? (needs[at] ?? 0) : width));
    const short = widths.findIndex((width, at) => !fixed.has(at) && width < (needs[at] ?? 0));
    if (short === -1) return widths;
    fixed.add(short);
  }
}

/** Width of the longest word of each column, its head included. */
function longestWords(pdf: PDFKit.PDFDocument, { columns, rows }: Table): readonly number[] {
  const widest = (style: Style, texts: readonly string[]) => {
    look(pdf, style);
    const words = new Set(texts.flatMap((text) => text.split(/[\s-]+/)).filter(({ length }) => length <= WORD_MAX));
    return Math.max(0, ...[...words].map((word) => pdf.widthOfString(word)));
  };
  return columns.map(({ name }, at) => {
    const cells = rows.flatMap((row) => pieces(row[at] ?? "").map(plain));
    // The space behind a word must fit as well: else it begins the next line.
    return Math.max(widest("column", [name]), widest("cell", cells)) + pdf.widthOfString(" ") + 1;
  });
}
