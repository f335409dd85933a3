import type { Outcome } from "../../results/outcome.ts";

/** What `results` says; `{…}` stands for a value. */
export type ResultWords = {
  none: string;
  noneOf: string;
  title: string;
  titleOf: string;
  outcomes: Readonly<Record<Outcome, string>>;
  local: string;
  opened: string;
  caution: string;
};
