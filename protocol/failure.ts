import { z } from "zod";

/**
 * The closed vocabulary of failures. Names are those of OONI's data format df-007 where meanings agree; the last
 * group is ours. Source: github.com/ooni/spec, data-formats/df-007-errors.md.
 */
export const FAILURES = [
  // DNS
  "dns_bogon_error",
  "dns_no_answer",
  "dns_non_recoverable_failure",
  "dns_nxdomain_error",
  "dns_refused_error",
  "dns_reply_with_wrong_query_id",
  "dns_server_misbehaving",
  "dns_servfail_error",
  "dns_temporary_failure",
  // Transport
  "address_not_available",
  "connection_aborted",
  "connection_already_closed",
  "connection_refused",
  "connection_reset",
  "eof_error",
  "generic_timeout_error",
  "host_unreachable",
  "interrupted",
  "network_down",
  "network_reset",
  "network_unreachable",
  "permission_denied",
  // TLS
  "ssl_failed_handshake",
  "ssl_invalid_certificate",
  "ssl_invalid_hostname",
  "ssl_unknown_authority",
  // HTTP
  "http_invalid_redirect_location_host",
  "http_request_failed",
  "http_unexpected_redirect_url",
  "http_unexpected_status_code",
  "json_parse_error",
  // Ours: a DNS answer that cannot be decoded; an answer that arrived but breaks HTTP's grammar; anything new.
  "dns_malformed_answer",
  "http_parse_error",
  "unknown_failure",
] as const;

/** One failure name, the only form in which analysis sees an error. */
export const Failure = z.enum(FAILURES);
export type Failure = z.infer<typeof Failure>;
