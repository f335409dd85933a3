import type { Operation } from "../spec/operation.ts";
import type { ReferenceLabels, ReferenceSection } from "./view.ts";

/** Everything the reference says in one language, but for operations and problems, which say it themselves. */
export type ReferenceWords = {
  readonly title: string;
  readonly dek: string;
  readonly labels: ReferenceLabels;
  readonly groups: Readonly<Record<Operation["tag"], string>>;
  readonly sections: readonly ReferenceSection[];
  /** Meanings of parameters by their English description; what is missing stands in English, and a test names it. */
  readonly parameters: Readonly<Record<string, string>>;
};
