import type { HttpStep } from "../../../protocol/records/web.ts";
import { type Facts, isTrusted, tlsUnder } from "./facts.ts";
import { hostOf } from "./urls.ts";

/** The answer that the first host gave: a page, or a redirect that leads away from it. */
export type Page = {
  step: HttpStep;
  status: number;
  /** Over a handshake whose certificate holds: nobody on the way can have written it. */
  trusted: boolean;
  clear: boolean;
  /** Host that the redirect leads to. */
  leadsTo: string | null;
};

/** Every final answer of the first host, trusted ones first, else in order. Redirects within the host are no answer. */
export function pagesOf(facts: Facts): Page[] {
  const pages = facts.paths
    .flatMap((path) => path.http)
    .map((step) => toPage(facts, step))
    .filter((page) => page !== null)
    .filter((page) => page.leadsTo !== facts.host);
  return [...pages.filter((page) => page.trusted), ...pages.filter((page) => !page.trusted)];
}

/** Status 3xx with a place to go. */
export function isRedirect(step: HttpStep): boolean {
  return step.location !== null && step.status !== null && step.status >= 300 && step.status < 400;
}

function toPage(facts: Facts, step: HttpStep): Page | null {
  if (step.failure !== null || step.status === null) return null;
  const tls = tlsUnder(facts, step);
  return {
    step,
    status: step.status,
    trusted: tls !== null && isTrusted(tls),
    clear: step.tls === null,
    leadsTo: isRedirect(step) ? hostOfLocation(step) : null,
  };
}

function hostOfLocation(step: HttpStep): string | null {
  const location = step.location ?? "";
  return hostOf(URL.canParse(location, step.url) ? new URL(location, step.url).href : location);
}
