import { assertNever } from "../../../protocol/coded-error.ts";
import type { VerdictCode } from "../../../protocol/verdict.ts";

/** OONI's summary of a measurement, with the bits of `x_blocking_flags` (1 dns, 2 tcp, 4 tls, 8 http, 16 page, 32 ok). */
export type VerdictKeys = {
  blocking: "dns" | "tcp_ip" | "http-failure" | "http-diff" | false | null;
  accessible: boolean | null;
  x_blocking_flags: number;
};

const FINE: VerdictKeys = { blocking: false, accessible: true, x_blocking_flags: 32 };
const DOWN: VerdictKeys = { blocking: false, accessible: false, x_blocking_flags: 0 };
const UNKNOWN: VerdictKeys = { blocking: null, accessible: null, x_blocking_flags: 0 };

/**
 * Our verdict in OONI's words. OONI has none for TLS, which it writes as "http-failure", for throttling and for a site
 * that refuses a country (both accessible), and none for a fault of the probe's own host or line (null).
 */
export function verdictKeys(code: VerdictCode | null): VerdictKeys {
  switch (code) {
    case "ok":
    case "geo_block":
    case "throttled":
      return FINE;
    case "dns_tamper":
      return { blocking: "dns", accessible: false, x_blocking_flags: 1 };
    case "tcp_block":
      return { blocking: "tcp_ip", accessible: false, x_blocking_flags: 2 };
    case "tls_reset":
    case "tls_drop":
    case "tls_mitm":
      return { blocking: "http-failure", accessible: false, x_blocking_flags: 4 };
    case "http_block":
      return { blocking: "http-failure", accessible: false, x_blocking_flags: 8 };
    case "block_page":
      return { blocking: "http-diff", accessible: false, x_blocking_flags: 16 };
    case "site_down":
    case "origin_side":
      return DOWN;
    case "offline":
    case "captive_portal":
    case "local_interference":
    case "inconclusive":
    case null:
      return UNKNOWN;
    default:
      return assertNever(code);
  }
}
