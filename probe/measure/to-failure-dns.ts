import { errorCode } from "../../protocol/coded-error.ts";
import type { Failure } from "../../protocol/failure.ts";
import { type Failed, rawText } from "./failed.ts";
import { ERRNO_FAILURES, isMadeUpReset } from "./to-failure-errno.ts";
import { TLS_FAILURES, TRUST_FAILURES } from "./to-failure-tls.ts";

/** Answer codes of RFC 1035 and later. NOERROR without an address is judged by {@link answerFailure}. */
export const RCODE_FAILURES: Readonly<Record<string, Failure | null>> = {
  NOERROR: null,
  NXDOMAIN: "dns_nxdomain_error",
  SERVFAIL: "dns_servfail_error",
  REFUSED: "dns_refused_error",
  FORMERR: "dns_server_misbehaving",
  NOTIMP: "dns_server_misbehaving",
  YXDOMAIN: "dns_server_misbehaving",
  YXRRSET: "dns_server_misbehaving",
  NXRRSET: "dns_server_misbehaving",
  NOTAUTH: "dns_server_misbehaving",
  NOTZONE: "dns_server_misbehaving",
};

/** Codes of getaddrinfo, sockets and the DoH connection. */
export const DNS_FAILURES: Readonly<Record<string, Failure>> = {
  ...TLS_FAILURES,
  ...TRUST_FAILURES,
  ...ERRNO_FAILURES,
  ENOTFOUND: "dns_nxdomain_error",
  ENODATA: "dns_no_answer",
  EAI_NODATA: "dns_no_answer",
  EAI_AGAIN: "dns_temporary_failure",
  EAI_FAIL: "dns_non_recoverable_failure",
  EAI_NONAME: "dns_nxdomain_error",
  EAI_MEMORY: "dns_temporary_failure",
  ESERVFAIL: "dns_servfail_error",
  EREFUSED: "dns_refused_error",
};

/** Names the failure of a DNS question that brought no answer. */
export function toDnsFailure(error: unknown): Failed {
  const code = errorCode(error);
  const raw = rawText(error);
  if (isMadeUpReset(error)) return { failure: "eof_error", raw };
  if (code?.startsWith("ERR_SSL_")) return { failure: "ssl_failed_handshake", raw };
  if (code?.startsWith("HPE_")) return { failure: "http_parse_error", raw };
  return { failure: (code && DNS_FAILURES[code]) || "unknown_failure", raw };
}

/** Names what is wrong with an answer that came: its rcode, no address in it, or an address that cannot be true. */
export function answerFailure(answer: { rcode: string; addresses: number; bogon: boolean }): Failure | null {
  const byCode = RCODE_FAILURES[answer.rcode];
  if (byCode === undefined) return "dns_server_misbehaving";
  if (byCode !== null) return byCode;
  if (answer.addresses === 0) return "dns_no_answer";
  return answer.bogon ? "dns_bogon_error" : null;
}
