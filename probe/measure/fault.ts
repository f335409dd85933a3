import { errorCode } from "../../protocol/coded-error.ts";

/** Errors of the language itself: no network makes them. */
const NAMES: readonly string[] = ["EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError"];

/** Codes with which Node refuses what a program asks of it. */
const CODES =
  /^(?:MODULE_NOT_FOUND|ERR_(?:MODULE_NOT_FOUND|PACKAGE_.*|REQUIRE_.*|INVALID_(?:ARG|RETURN|URL|CHAR|HTTP|THIS).*|MISSING_ARGS|OUT_OF_RANGE|UNESCAPED_.*|UNKNOWN_.*|METHOD_NOT_IMPLEMENTED|HTTP_INVALID_.*))$/;

/**
 * Whether an error is a fault of ours (a wrong call, a missing module), which is thrown and logged, and never recorded
 * as something that the network did.
 */
export function isFault(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const code = errorCode(error);
  return code === null ? NAMES.includes(error.name) : CODES.test(code);
}
