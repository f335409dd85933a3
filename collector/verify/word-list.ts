import type { ZipWords } from "../evidence/zip-problems.ts";
import type { CheckName, Finding } from "./finding.ts";

type Said = Readonly<Record<Finding["state"], string>>;
/** What is said of each check in one language. */
export type VerifyWords = {
  readonly states: Said;
  /** What is said where a bundle holds nothing to judge: others may never have been asked. */
  readonly absent: Readonly<Record<"witnesses" | "stamp" | "calendar", string>>;
  readonly verdict: Readonly<Record<"holds" | "fails", string>>;
  /** Of a file that is no whole zip. */
  readonly zip: ZipWords;
  readonly checks: Readonly<Record<CheckName, Said>>;
};
