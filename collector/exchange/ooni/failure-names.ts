import { Failure } from "../../../protocol/failure.ts";
import { LIMITS } from "../../../protocol/limits.ts";

/** A failure as a step carries it: the name, and the text it came as where that says more. */
export type ReadFailure = { failure: Failure | null; raw?: string };

const UNKNOWN = "unknown_failure";
/** Ours that OONI's vocabulary lacks; written as unknown failures with our name behind. */
const OURS: ReadonlySet<Failure> = new Set(["dns_malformed_answer", "http_parse_error"]);

/**
 * Names of earlier OONI probes, of its test helper, and of the operating system that df-007 does not list, with the
 * name they have today. Source: github.com/ooni/spec, data-formats/df-007-errors.md. Where an old name covers several
 * of today's, the more careful one is taken.
 */
const OTHER_NAMES: Readonly<Record<string, Failure>> = {
  // Earlier probes.
  address_family_not_supported_error: "address_not_available",
  connect_error: UNKNOWN,
  connection_done: "eof_error",
  connection_lost_error: "connection_reset",
  connection_refused_error: "connection_refused",
  deferred_timeout_error: "generic_timeout_error",
  dns_lookup_error: "dns_non_recoverable_failure",
  dns_name_failure: "dns_non_recoverable_failure",
  response_never_received: "http_request_failed",
  task_timed_out: "generic_timeout_error",
  tcp_timed_out_error: "generic_timeout_error",
  // The test helper: NXDOMAIN, and refused, misbehaving or temporary in one.
  dns_name_error: "dns_nxdomain_error",
  dns_server_failure: "dns_server_misbehaving",
  unknown_error: UNKNOWN,
  // The operating system.
  address_family_not_supported: "address_not_available",
  android_dns_cache_no_data: "dns_no_answer",
  timed_out: "generic_timeout_error",
};

/** Our name of a failure in a report of any age; `raw` keeps a name that is not ours. Nothing is null, as is `false`. */
export function readFailure(value: unknown): ReadFailure {
  if (value === null || value === undefined || value === false || value === "") return { failure: null };
  const text = String(value).slice(0, LIMITS.text).toWellFormed();
  const today = Failure.safeParse(text);
  if (today.success) return { failure: today.data };
  const behind = Failure.safeParse(text.replace(`${UNKNOWN}: `, ""));
  if (behind.success && OURS.has(behind.data)) return { failure: behind.data };
  return { failure: OTHER_NAMES[text] ?? UNKNOWN, raw: text };
}

/** Names of df-007 and of OONI's code that are not ours; read as unknown, and written again as they came. */
const KEPT_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(OTHER_NAMES),
  ..."already_connected address_in_use bad_address bad_file_descriptor connection_already_in_progress".split(" "),
  ..."destination_address_required invalid_argument message_size no_buffer_space no_protocol_option".split(" "),
  ..."not_a_socket not_connected operation_would_block protocol_not_supported wrong_protocol_type".split(" "),
  ..."quic_incompatible_version socks_error socks_address_not_supported socks_command_not_supported".split(" "),
  ..."socks_connection_not_allowed socks_connection_refused socks_host_unreachable".split(" "),
  ..."socks_network_unreachable socks_server_failure socks_ttl_expired".split(" "),
]);

/**
 * A failure as df-007 writes it; a name of OONI's that it was read from (`raw`) comes back as it was. Other text that a
 * library gave stays here: it may name addresses.
 */
export function writeFailure(failure: Failure | null, raw?: string): string | null {
  if (failure === null) return null;
  if (raw !== undefined && KEPT_NAMES.has(raw) && readFailure(raw).failure === failure) return raw;
  if (OURS.has(failure)) return `${UNKNOWN}: ${failure}`;
  return failure === UNKNOWN ? `${UNKNOWN}: not classified` : failure;
}

/** Failures of a certificate that was seen: OONI writes them as failures of the handshake, we beside it. */
export const CERTIFICATE_FAILURES: ReadonlySet<Failure> = new Set([
  "ssl_invalid_certificate",
  "ssl_invalid_hostname",
  "ssl_unknown_authority",
]);
