import type { CheckName, Finding } from "./finding.ts";

type Said = Readonly<Record<Finding["state"], string>>;
/** What is said of each check in one language. */
export type VerifyWords = {
  readonly states: Said;
  readonly verdict: Readonly<Record<"holds" | "fails", string>>;
  readonly checks: Readonly<Record<CheckName, Said>>;
};
