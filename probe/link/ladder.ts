import type { LinkBody, LinkCheck, LinkState, NamedCheck } from "../../protocol/records/link.ts";

/**
 * The highest rung that the checks reach (design 4.3). Pure. The white list does not count: on a day when only its
 * names are open the line stands at `isp`.
 */
export function ladder(checks: LinkBody["checks"]): LinkState {
  if (enough(checks.foreign)) return "international";
  if (enough(checks.domestic)) return "domestic";
  if (answered(checks.resolver)) return "isp";
  if (answered(checks.gateway)) return "lan";
  return "none";
}

/**
 * Whether a group of anchors counts as reached: two of them answer, or one where only one was asked. A single answer
 * may come from a cache or a filter's own machine.
 */
export function enough(checks: readonly NamedCheck[]): boolean {
  const reached = checks.filter((check) => check.ok).length;
  return reached >= Math.min(2, Math.max(1, checks.length));
}

function answered(check: LinkCheck | null): boolean {
  return check?.ok ?? false;
}
