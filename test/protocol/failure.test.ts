import { expect, test } from "vitest";
import { FAILURES, Failure } from "../../protocol/failure.ts";
import { BLOCKING_CODES, isBlocking, VERDICT_CODES } from "../../protocol/verdict.ts";
import { CLOSE, REFUSALS } from "../../protocol/wire.ts";

test("the failure vocabulary stays as it is: stored journals use it for years", () => {
  expect(FAILURES).toMatchInlineSnapshot(`
    [
      "dns_bogon_error",
      "dns_no_answer",
      "dns_non_recoverable_failure",
      "dns_nxdomain_error",
      "dns_refused_error",
      "dns_reply_with_wrong_query_id",
      "dns_server_misbehaving",
      "dns_servfail_error",
      "dns_temporary_failure",
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
      "ssl_failed_handshake",
      "ssl_invalid_certificate",
      "ssl_invalid_hostname",
      "ssl_unknown_authority",
      "http_invalid_redirect_location_host",
      "http_request_failed",
      "http_unexpected_redirect_url",
      "http_unexpected_status_code",
      "json_parse_error",
      "dns_malformed_answer",
      "http_parse_error",
      "unknown_failure",
    ]
  `);
});

test("every failure is named once, and other names are refused", () => {
  expect(new Set(FAILURES).size).toBe(FAILURES.length);
  expect(Failure.safeParse("ECONNRESET").success).toBe(false);
  expect(Failure.safeParse("connection_reset").success).toBe(true);
});

test("the verdict codes stay as they are", () => {
  expect(VERDICT_CODES).toMatchInlineSnapshot(`
    [
      "ok",
      "dns_tamper",
      "tcp_block",
      "tls_reset",
      "tls_drop",
      "tls_mitm",
      "http_block",
      "block_page",
      "throttled",
      "geo_block",
      "site_down",
      "origin_side",
      "offline",
      "captive_portal",
      "local_interference",
      "inconclusive",
    ]
  `);
});

test("blocking verdicts are those that say a network interfered", () => {
  expect(VERDICT_CODES.filter(isBlocking)).toEqual([...BLOCKING_CODES]);
  for (const code of ["ok", "throttled", "geo_block", "site_down", "origin_side", "offline", "inconclusive"] as const)
    expect(isBlocking(code), code).toBe(false);
});

test("close codes lie in the range RFC 6455 leaves to applications, one for each refusal", () => {
  for (const code of Object.values(CLOSE)) {
    expect(code).toBeGreaterThanOrEqual(4000);
    expect(code).toBeLessThanOrEqual(4999);
  }
  expect(new Set(Object.values(CLOSE)).size).toBe(Object.keys(CLOSE).length);
  for (const code of Object.values(REFUSALS)) expect(Object.values(CLOSE)).toContain(code);
});
