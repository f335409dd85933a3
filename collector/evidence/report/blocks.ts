import type { Language } from "../../api/types.ts";
import type { MarkedText } from "../../wording/marked.ts";
import type { Shape } from "./chart-shapes.ts";

/** A piece of text, marked where it is of another language than the report. */
export type Text = MarkedText;

/** A cell: one or several pieces below each other; `number` is set to the right. */
export type TableCell = Text | readonly Text[];

export type Table = {
  readonly kind: "table";
  /** Read aloud; shown as well where no heading says the same. */
  readonly caption: string;
  readonly shown?: true;
  readonly columns: readonly { readonly name: string; readonly share: number; readonly number?: boolean }[];
  readonly rows: readonly (readonly TableCell[])[];
};

/** What a report is made of, whatever it is written to. */
export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly id: string; readonly text: string }
  | { readonly kind: "text"; readonly text: Text; readonly tone: "lead" | "plain" | "note" | "mono" }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "facts"; readonly caption: string; readonly rows: readonly (readonly [string, TableCell])[] }
  | Table
  | {
      readonly kind: "figure";
      readonly title: string;
      readonly describes: string;
      readonly width: number;
      readonly height: number;
      readonly shapes: readonly Shape[];
    }
  | { readonly kind: "page" };

/** A report, ready to be written as HTML or PDF. */
export type ReportDocument = {
  readonly language: Language;
  readonly id: string;
  readonly title: string;
  /** What kind of document it is, and when it was made. */
  readonly kicker: string;
  readonly edition: string;
  readonly made: string;
  readonly blocks: readonly Block[];
};

export function heading(level: 2 | 3, id: string, text: string): Block {
  return { kind: "heading", level, id, text };
}

export function paragraph(text: Text): Block {
  return { kind: "text", text, tone: "plain" };
}

export function note(text: Text): Block {
  return { kind: "text", text, tone: "note" };
}

/** The pieces of a cell. */
export function pieces(cell: TableCell): readonly Text[] {
  return isList(cell) ? cell : [cell];
}

/** A piece without its language. */
export function plain(text: Text): string {
  return typeof text === "string" ? text : text.text;
}

function isList(cell: TableCell): cell is readonly Text[] {
  return Array.isArray(cell);
}
