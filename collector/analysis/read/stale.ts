import type { TlsStep } from "../../../protocol/records/web.ts";
import type { ControlFacts } from "./control.ts";

/**
 * Whether a certificate does not hold only because of its dates, and comes from the issuer of those that controls see:
 * the site's own on a server that was not renewed, or a wrong clock here. An interceptor has another issuer.
 */
export function isStale(step: TlsStep, controls: readonly ControlFacts[]): boolean {
  const { leaf } = step;
  if (leaf === null || (step.untrusted ?? step.failure) !== "ssl_invalid_certificate") return false;
  return controls.some(({ issuers }) => issuers.has(leaf.issuer));
}
