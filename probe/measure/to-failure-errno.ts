import type { Failure } from "../../protocol/failure.ts";

/**
 * System error codes that mean the same in every layer. Names: OONI df-007 and its probe's table of system errors.
 */
export const ERRNO_FAILURES: Readonly<Record<string, Failure>> = {
  EACCES: "permission_denied",
  EADDRNOTAVAIL: "address_not_available",
  ECONNABORTED: "connection_aborted",
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  EHOSTDOWN: "host_unreachable",
  EHOSTUNREACH: "host_unreachable",
  EINTR: "interrupted",
  ENETDOWN: "network_down",
  ENETRESET: "network_reset",
  ENETUNREACH: "network_unreachable",
  EPERM: "permission_denied",
  EPIPE: "connection_already_closed",
  ETIMEDOUT: "generic_timeout_error",
};

/**
 * Whether a reset is one that Node made up: it reports a peer that closed in order (FIN) in the middle of something as
 * ECONNRESET too, but only a reset from the kernel names the system call.
 */
export function isMadeUpReset(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ECONNRESET") return false;
  return !("syscall" in error) || typeof error.syscall !== "string";
}
