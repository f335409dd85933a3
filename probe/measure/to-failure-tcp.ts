import { errorCode } from "../../protocol/coded-error.ts";
import type { Failure } from "../../protocol/failure.ts";
import { type Failed, rawText } from "./failed.ts";
import { ERRNO_FAILURES } from "./to-failure-errno.ts";

/** Every code a TCP connection is known to fail with. */
export const TCP_FAILURES: Readonly<Record<string, Failure>> = {
  ...ERRNO_FAILURES,
  // An address of a family that the kernel does not speak.
  EAFNOSUPPORT: "address_not_available",
  // An address that nobody can connect to, link-local without an interface for example.
  EINVAL: "address_not_available",
};

/** Names the failure of a TCP connection; codes not in {@link TCP_FAILURES} are `unknown_failure` with the raw text. */
export function toTcpFailure(error: unknown): Failed {
  const code = errorCode(error);
  return { failure: (code && TCP_FAILURES[code]) || "unknown_failure", raw: rawText(error) };
}
