import type { VerdictCode } from "../../collector/api/types.ts";

/** A part of a page of text, under its own heading. */
export type Section = {
  /** Where an address may point; the same in every language. */
  id: string;
  title: string;
  paragraphs?: readonly string[];
  items?: readonly string[];
  terms?: readonly (readonly [term: string, means: string])[];
  /** Lines to copy: commands and addresses; `{rules}` stands for the version of the rules in force. */
  code?: readonly string[];
  /** Links within this server; `~` stands for the language of the page. */
  links?: readonly (readonly [label: string, href: string])[];
};

/** A page of text. */
export type Prose = { title: string; dek: string; sections: readonly Section[] };

/** What a verdict says, when it can be wrong, and what it cannot show. */
export type VerdictText = { says: string; wrong: string; cannot: string };

/** The page about the method: text, and each verdict. */
export type MethodProse = Prose & {
  verdicts: {
    title: string;
    note: string;
    columns: readonly [verdict: string, says: string, wrong: string, cannot: string];
    of: Readonly<Record<VerdictCode, VerdictText>>;
  };
  /** Sections after the table. */
  after: readonly Section[];
};
