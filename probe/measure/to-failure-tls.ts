import { errorCode } from "../../protocol/coded-error.ts";
import type { Failure } from "../../protocol/failure.ts";
import { type Failed, rawText } from "./failed.ts";
import { ERRNO_FAILURES, isMadeUpReset } from "./to-failure-errno.ts";

/** Codes other than OpenSSL's own (`ERR_SSL_*`, all `ssl_failed_handshake`) that end a handshake. */
export const TLS_FAILURES: Readonly<Record<string, Failure>> = {
  ...ERRNO_FAILURES,
  EPROTO: "ssl_failed_handshake",
  ERR_TLS_HANDSHAKE_TIMEOUT: "generic_timeout_error",
  ERR_STREAM_PREMATURE_CLOSE: "eof_error",
};

/** Why a certificate is not trusted, by the codes of Node and OpenSSL (X509_V_ERR_*). */
export const TRUST_FAILURES: Readonly<Record<string, Failure>> = {
  CERT_HAS_EXPIRED: "ssl_invalid_certificate",
  CERT_NOT_YET_VALID: "ssl_invalid_certificate",
  CERT_REVOKED: "ssl_invalid_certificate",
  CERT_SIGNATURE_FAILURE: "ssl_invalid_certificate",
  CERT_CHAIN_TOO_LONG: "ssl_invalid_certificate",
  ERROR_IN_CERT_NOT_AFTER_FIELD: "ssl_invalid_certificate",
  ERROR_IN_CERT_NOT_BEFORE_FIELD: "ssl_invalid_certificate",
  INVALID_CA: "ssl_invalid_certificate",
  INVALID_PURPOSE: "ssl_invalid_certificate",
  PATH_LENGTH_EXCEEDED: "ssl_invalid_certificate",
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: "ssl_invalid_certificate",
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: "ssl_invalid_certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "ssl_invalid_hostname",
  ERR_TLS_CERT_ALTNAME_FORMAT: "ssl_invalid_hostname",
  HOSTNAME_MISMATCH: "ssl_invalid_hostname",
  CERT_REJECTED: "ssl_unknown_authority",
  CERT_UNTRUSTED: "ssl_unknown_authority",
  DEPTH_ZERO_SELF_SIGNED_CERT: "ssl_unknown_authority",
  SELF_SIGNED_CERT_IN_CHAIN: "ssl_unknown_authority",
  UNABLE_TO_GET_ISSUER_CERT: "ssl_unknown_authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "ssl_unknown_authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "ssl_unknown_authority",
};

/**
 * Names the failure of a TLS handshake. `sawEnd` says that the peer closed in order (FIN): Node reports that as
 * ECONNRESET too, but it is `eof_error`, not `connection_reset`.
 */
export function toTlsFailure(error: unknown, sawEnd: boolean): Failed {
  const code = errorCode(error);
  const raw = rawText(error);
  if (isMadeUpReset(error) || (code === "ECONNRESET" && sawEnd)) return { failure: "eof_error", raw };
  if (code?.startsWith("ERR_SSL_")) return { failure: "ssl_failed_handshake", raw };
  return { failure: (code && TLS_FAILURES[code]) || "unknown_failure", raw };
}

/** Names why a chain is not trusted; codes not in {@link TRUST_FAILURES} are `ssl_invalid_certificate`. */
export function toTrustFailure(code: string): Failure {
  return TRUST_FAILURES[code] ?? "ssl_invalid_certificate";
}
