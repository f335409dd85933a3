import { assertNever } from "../../../protocol/coded-error.ts";
import type { Category, Target } from "../../../protocol/target.ts";
import type { VerdictCode } from "../../../protocol/verdict.ts";

/** How OONI counts a measurement. */
export type OoniClass = "ok" | "anomaly" | "confirmed" | "failure";

/**
 * Our verdict as OONI counts it: confirmed is a block page, anomaly any other interference, failure what says nothing of
 * the site. OONI counts a site that is down, or refuses the country, as ok; it has no word for slowness.
 */
export function ooniClass(code: VerdictCode): OoniClass {
  switch (code) {
    case "ok":
    case "geo_block":
    case "throttled":
    case "site_down":
    case "origin_side":
      return "ok";
    case "block_page":
      return "confirmed";
    case "dns_tamper":
    case "tcp_block":
    case "tls_reset":
    case "tls_drop":
    case "tls_mitm":
    case "http_block":
      return "anomaly";
    case "offline":
    case "captive_portal":
    case "local_interference":
    case "inconclusive":
      return "failure";
    default:
      return assertNever(code);
  }
}

/** Codes of Citizen Lab's lists that come nearest to our categories. */
const CATEGORY_CODES: Readonly<Record<Category, string>> = {
  "independent-media": "NEWS",
  "foreign-media": "NEWS",
  "state-media": "NEWS",
  "mainstream-media": "NEWS",
  "regional-media": "NEWS",
  "fact-checking": "NEWS",
  "human-rights": "HUMR",
  social: "GRP",
  messenger: "COMT",
  "search-mail": "SRCH",
  shortener: "MISC",
  "international-organisation": "IGO",
  "e-service": "GOVT",
  archive: "HOST",
  circumvention: "ANON",
  other: "MISC",
};

/** A target in OONI's words; messengers are tests of their own there. */
export function ooniTarget({ id, url, category, kind }: Target) {
  return {
    input: kind === "im" ? "" : url,
    domain: URL.canParse(url) ? new URL(url).host : id,
    category_code: CATEGORY_CODES[category],
    test_name: kind === "im" ? id : "web_connectivity",
  };
}

/** `AS9198`; `AS0` where the network is not known. */
export function ooniAsn(asn: number | null | undefined): string {
  return `AS${asn ?? 0}`;
}

/** `2022-01-05T10:30:00Z`. */
export function ooniTime(at: string): string {
  return `${at.slice(0, 19)}Z`;
}
