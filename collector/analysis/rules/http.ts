import type { Failure } from "../../../protocol/failure.ts";
import { isTrusted, tlsUnder } from "../read/facts.ts";
import { alike } from "./ok.ts";
import { because, type Case, controlsSay, type Finding, type Rule } from "./rule.ts";

const CUT: readonly Failure[] = ["connection_reset", "connection_aborted", "eof_error", "generic_timeout_error"];

export const HTTP_RULE: Rule = {
  id: "http-interrupted",
  gives: ["http_block"],
  doc: "The request is met with a reset, silence or an end after the name was sent, and controls get an answer.",
  source: "OONI web_connectivity: HTTP failure that the control did not have",
  judge: httpInterrupted,
};

export const STATUS_451_RULE: Rule = {
  id: "legal-refusal-in-clear",
  gives: ["block_page"],
  doc: "Status 451 where nobody vouches for the site: somebody on the way refuses for legal reasons.",
  source: "RFC 7725",
  judge: legalRefusal,
};

function httpInterrupted(found: Case): Finding | null {
  if (found.pages.length > 0) return null;
  const cut = found.facts.paths
    .flatMap((path) => path.http)
    .filter((step) => step.failure !== null && CUT.includes(step.failure) && step.status === null)
    .filter((step) => {
      const tls = tlsUnder(found.facts, step);
      return step.tls === null || (tls !== null && isTrusted(tls));
    });
  if (cut.length === 0) return null;
  const reached = found.contrast("http") === "reached";
  return {
    code: "http_block",
    stage: "http",
    strength: reached ? "contrasted" : "weak",
    reasons: [
      because("the request gets no answer, a reset or an end", cut),
      ...(reached ? [controlsSay("controls get an answer")] : []),
    ],
  };
}

function legalRefusal(found: Case): Finding | null {
  const page = found.pages.find(({ status, trusted }) => status === 451 && !trusted);
  if (page === undefined || alike(page, found)) return null;
  const reached = found.contrast("http") === "reached";
  const by = /<([^>]+)>[^,]*rel="?blocked-by/i.exec(page.step.headers.link ?? "")?.[1];
  return {
    code: "block_page",
    stage: "http",
    strength: reached ? "contrasted" : "weak",
    reasons: [
      because(`status 451${by ? `, blocked by ${by}` : ""}, in place of the site's answer`, [page.step]),
      ...(reached ? [controlsSay("controls get the site's own page")] : []),
    ],
  };
}
