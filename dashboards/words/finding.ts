import type { TargetCell, VerdictCode } from "../../collector/api/types.ts";

/** Gravest first: what is shown where probes of one network differ between regions. */
export const FINDINGS: readonly VerdictCode[] = [
  "tls_mitm",
  "block_page",
  "dns_tamper",
  "tls_drop",
  "tls_reset",
  "tcp_block",
  "http_block",
  "throttled",
  "geo_block",
  "site_down",
  "origin_side",
  "inconclusive",
  "local_interference",
  "captive_portal",
  "offline",
  "ok",
];
const LAST_INTERFERENCE = FINDINGS.indexOf("throttled");

/** Place of a finding in the order of gravity, 0 the gravest. */
export function gravity(code: VerdictCode): number {
  return FINDINGS.indexOf(code);
}

/** Whether a finding is consistent with somebody interfering on the way to the site. */
export function isInterference(code: VerdictCode): boolean {
  return gravity(code) <= LAST_INTERFERENCE;
}

/** The gravest of some cells, or undefined where there is none. */
export function worstOf(cells: readonly TargetCell[]): TargetCell | undefined {
  return [...cells].sort((a, b) => gravity(a.code) - gravity(b.code))[0];
}

/** How a finding looks: a class that patterns it, and a sign. */
export function lookOf(code: VerdictCode): { look: string; glyph: string } {
  if (isInterference(code)) return { look: "is-blocked", glyph: "⊘" };
  return code === "ok" ? { look: "is-quiet", glyph: "✓" } : { look: "is-few", glyph: "?" };
}
