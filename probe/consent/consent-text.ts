import type { Category } from "../../protocol/target.ts";

/** What a volunteer reads before anything is measured. Each part is a few short lines. */
export type ConsentText = {
  title: string;
  what: string;
  sent: { title: string; lines: readonly string[] };
  never: { title: string; lines: readonly string[] };
  seen: { title: string; lines: readonly string[] };
  risk: { title: string; lines: readonly string[] };
  notIf: { title: string; lines: readonly string[] };
  stop: { title: string; lines: readonly string[] };
  sites: { title: string; risk: Readonly<Record<1 | 2 | 3, string>>; off: string };
  categories: Readonly<Record<Category, string>>;
  /** Asked of who agreed, before anything begins: `isYes` is the right answer, `passage` where it stands. */
  questions: {
    intro: string;
    all: readonly { ask: string; isYes: boolean; passage: "sent" | "seen" | "notIf" }[];
    wrong: string;
    tooOften: string;
  };
  question: string;
  /** Answers that mean yes, and no, in lower case. */
  yes: readonly string[];
  no: readonly string[];
};
