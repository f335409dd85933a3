import type { Stamp } from "../told.ts";

/** One parameter of a question: a part of the path, or of the query. */
export type ReferenceParameter = { name: string; place: "path" | "query"; about: string };

/** One way of asking, with a real answer where there is one. */
export type ReferenceOperation = {
  id: string;
  path: string;
  about: string;
  parameters: ReferenceParameter[];
  /** Addresses of each form of the answer, with its media type. */
  forms: { type: string; path: string }[];
  /** A line for a shell, and what it was answered just now, cut to what fits a page; null where it never ends. */
  example: { curl: string; answer: string } | null;
};

export type ReferenceGroup = { id: string; title: string; operations: ReferenceOperation[] };

/** A part of text; `items` are a list, `code` lines to copy. */
export type ReferenceSection = {
  id: string;
  title: string;
  paragraphs?: readonly string[];
  items?: readonly string[];
  code?: readonly string[];
};

/** A problem of the API, at `#problem-<code>`: where the type of an error leads. */
export type ReferenceProblem = { code: string; status: number; title: string; says: string };

/** The reference of the API in one language, all its words included: a page only lays it out. */
export type ReferenceView = Stamp & {
  title: string;
  dek: string;
  sections: ReferenceSection[];
  groups: ReferenceGroup[];
  problems: ReferenceProblem[];
  words: ReferenceLabels;
};

/** What stands beside each operation. */
export type ReferenceLabels = {
  contents: string;
  parameters: string;
  parameter: string;
  meaning: string;
  forms: string;
  example: string;
  answer: string;
  problems: string;
  inPath: string;
};
