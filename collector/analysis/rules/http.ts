import type { Failure } from "../../../protocol/failure.ts";
import type { HttpStep } from "../../../protocol/records/web.ts";
import { isTrusted, tlsUnder } from "../read/facts.ts";
import { hostOf } from "../read/urls.ts";
import { alike } from "./ok.ts";
import { because, type Case, controlsSay, type Finding, lineOf, type Rule } from "./rule.ts";

const CUT: readonly Failure[] = ["connection_reset", "connection_aborted", "eof_error", "generic_timeout_error"];

export const HTTP_RULE: Rule = {
  id: "http-interrupted",
  gives: ["http_block", "inconclusive"],
  doc: "The request is met with a reset, silence or an end after the name was sent, and controls get an answer, or the same server answers an innocent Host. Silence over a good handshake proves nothing: nobody on the way can read the request, and overloaded servers hang so.",
  source: "OONI web_connectivity: HTTP failure that the control did not have; paired test on one address",
  judge: httpInterrupted,
};

export const STATUS_451_RULE: Rule = {
  id: "legal-refusal-in-clear",
  gives: ["block_page", "geo_block", "inconclusive"],
  doc: "Status 451 where nobody vouches for the site: somebody on the way refuses for legal reasons; where the page says that the site itself does, it is the site.",
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
  const others = answersToOthers(found, cut);
  const telling = cut.some((step) => step.tls === null || step.failure !== "generic_timeout_error");
  // Silence for whatever Host is the server's own, or that of a line that loses large packets.
  const quiet = others.length === 0 ? silentToOthers(found) : [];
  const innocent = quiet.length > 0 || lineOf(found).state === "bad";
  return {
    code: "http_block",
    stage: "http",
    strength: others.length > 0 ? "self-evident" : reached && telling && !innocent ? "contrasted" : "weak",
    reasons: [
      because("the request gets no answer, a reset or an end", cut),
      ...(others.length > 0 ? [because("the same address answers a request with an innocent Host", others)] : []),
      ...(quiet.length > 0 ? [because("it is silent to an innocent Host as well", quiet)] : []),
      ...(reached ? [controlsSay("controls get an answer")] : []),
    ],
  };
}

/** Requests in clear with an innocent Host that the very address answered. */
function answersToOthers({ facts }: Case, cut: readonly HttpStep[]): HttpStep[] {
  const addresses = facts.paths
    .filter((path) => path.http.some((step) => step.tls === null && cut.includes(step)))
    .map(({ ip }) => ip);
  return facts.clearFollowups
    .filter(({ step, ip }) => step.purpose === "host-control" && step.status !== null && addresses.includes(ip ?? ""))
    .map(({ step }) => step);
}

function silentToOthers({ facts }: Case): HttpStep[] {
  return facts.clearFollowups
    .map(({ step }) => step)
    .filter(({ purpose, failure }) => purpose === "host-control" && failure === "generic_timeout_error");
}

function legalRefusal(found: Case): Finding | null {
  const page = found.pages.find(({ status, trusted }) => status === 451 && !trusted);
  if (page === undefined || alike(page, found)) return null;
  const reached = found.contrast("http") === "reached";
  const by = blockedBy(page.step);
  if (by !== null && isOwn(by, found.facts.host))
    return {
      code: "geo_block",
      stage: "http",
      strength: "weak",
      reasons: [
        because("status 451, by which the site says that it refuses itself; in clear, so nobody vouches for it", [
          page.step,
        ]),
      ],
    };
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

/** Who refuses, by the header that RFC 7725 (section 4) asks for. */
function blockedBy({ headers }: HttpStep): string | null {
  return /<([^>]+)>[^,]*rel="?blocked-by/i.exec(headers.link ?? "")?.[1] ?? null;
}

/** The site's own host, or one above or below it. */
function isOwn(url: string, host: string): boolean {
  const other = hostOf(url);
  return other !== null && (other === host || host.endsWith(`.${other}`) || other.endsWith(`.${host}`));
}
