import { errorCode } from "../../protocol/coded-error.ts";
import type { Failure } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Cut } from "./bounded.ts";
import { withoutAddresses } from "./privacy.ts";

/** How a step ended when it did not reach its aim: our word for it, and the library's (for readers only). */
export type Failed = { failure: Failure; raw?: string };

/** The failure of work that was cut short: our own timer, or the end of the whole measurement. */
export function failedByCut(cut: Cut): Failed {
  return { failure: cut === "timeout" ? "generic_timeout_error" : "interrupted" };
}

/** What the library said of an error: its code, else its text without addresses, bounded. */
export function rawText(error: unknown): string {
  const text = errorCode(error) ?? withoutAddresses(error instanceof Error ? error.message : String(error));
  return text.slice(0, LIMITS.text).toWellFormed();
}
