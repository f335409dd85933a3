import type { Failure } from "../../../protocol/failure.ts";

/** Failures by which a resolver answers that there is nothing; silence is apart. */
export const DNS_DENIALS: readonly Failure[] = [
  "dns_nxdomain_error",
  "dns_refused_error",
  "dns_no_answer",
  "dns_servfail_error",
  "dns_server_misbehaving",
  "dns_temporary_failure",
  "dns_non_recoverable_failure",
];
