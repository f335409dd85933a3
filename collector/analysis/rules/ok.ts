import type { Reason } from "../../../protocol/verdict.ts";
import type { ClearPage } from "../read/control.ts";
import { isTrusted, tlsUnder } from "../read/facts.ts";
import { isRedirect, type Page } from "../read/page.ts";
import { because, type Case, controlsSay, type Finding, type Rule } from "./rule.ts";

/** Name of the rule that decides nearly all measurements, and what it says of them. */
export const TRUSTED_PAGE = "trusted-page";
export const CAME_IN_PLAIN = "the page came over a valid certificate";

const CHALLENGE = /just a moment|attention required|captcha|checking your browser|ddos-guard|access denied/i;

/** The site itself answered. Only the first host decides; what failed beside it is told in the reasons. */
export const OK_RULES: readonly Rule[] = [
  {
    id: "site-refuses",
    gives: ["geo_block", "ok"],
    doc: "With a valid certificate the site itself refuses (403, 429, 451) or asks for proof of a human being; when controls are refused alike it refuses everybody.",
    source: "docs/method.md; OONI counts such pages as accessible (ooni/probe#2661)",
    judge: siteRefuses,
  },
  {
    id: "site-error",
    gives: ["site_down", "origin_side", "inconclusive"],
    doc: "With a valid certificate the site answers with an error of its own (5xx).",
    source: "docs/method.md",
    judge: siteError,
  },
  {
    id: TRUSTED_PAGE,
    gives: ["ok"],
    doc: "The first host gave a page, or a redirect elsewhere, over a handshake with a valid certificate.",
    source: "OONI web_connectivity: a final answer over TLS is accessible",
    judge: trustedPage,
  },
  {
    id: "own-redirects",
    gives: ["ok"],
    doc: "Over a valid certificate the site only ever redirects to itself: a cookie wall or a loop of its own.",
    source: "docs/method.md: the site itself answered, whatever it says",
    judge: ownRedirects,
  },
  {
    id: "clear-page-alike",
    gives: ["ok"],
    doc: "A page in clear like a control's: same status, and the same title, similar length, or a redirect to the same host.",
    source: "OONI web_connectivity HTTP diff: status_code_match and body_length_match > 0.7 or title_match",
    judge: clearPageAlike,
  },
  {
    id: "same-certificate",
    gives: ["ok"],
    doc: "The certificate does not hold, but it is the very one the controls get, and the page came: the site's own fault.",
    source: "docs/method.md: expired and self-signed certificates are common on small sites",
    judge: sameCertificate,
  },
];

/** Whether a page is like one that a control got in clear, or leads to the same host. */
export function alike(page: Page, { controls, knowledge }: Pick<Case, "controls" | "knowledge">): boolean {
  return controls.some(
    (control) =>
      (page.leadsTo !== null && page.leadsTo === control.leadsTo) ||
      (page.leadsTo === null &&
        control.clearPages.some((other) => similar(page, other, knowledge.settings.alikeBodyRatio))),
  );
}

function similar({ step, status }: Page, other: ClearPage, ratio: number): boolean {
  if (status !== other.status) return false;
  if (step.title !== null && step.title.trim() !== "" && step.title === other.title) return true;
  if (step.truncated || other.truncated) return step.truncated && other.truncated;
  const [small, large] = [Math.min(step.bodyBytes, other.bodyBytes), Math.max(step.bodyBytes, other.bodyBytes)];
  return large === 0 || small / large > ratio;
}

function siteRefuses(found: Case): Finding | null {
  const page = found.pages.find((candidate) => candidate.trusted);
  if (page === undefined || !isRefusal(page)) return null;
  const controls = found.controls.filter((control) => control.usable && control.status !== null);
  const welcome = controls.filter((control) => control.status !== null && control.status < 400);
  const shown = because(`the site itself answers ${page.status}, with a valid certificate`, [page.step]);
  if (controls.length === 0) return { code: "geo_block", stage: "http", strength: "weak", reasons: [shown] };
  if (welcome.length * 2 > controls.length || (found.hostedInside && welcome.length > 0))
    return {
      code: "geo_block",
      stage: "http",
      strength: "contrasted",
      reasons: [shown, controlsSay("controls are let in")],
    };
  const reasons = [shown, controlsSay("controls are refused as well"), ...beside(found)];
  return { code: "ok", stage: "none", strength: "contrasted", reasons };
}

function isRefusal({ step, status }: Page): boolean {
  if (status === 403 || status === 429 || status === 451) return true;
  return status === 503 && ("cf-mitigated" in step.headers || CHALLENGE.test(step.title ?? ""));
}

function siteError(found: Case): Finding | null {
  const page = found.pages.find((candidate) => candidate.trusted);
  if (page === undefined || page.status < 500) return null;
  const reasons = [because(`the site itself answers ${page.status}, with a valid certificate`, [page.step])];
  const usable = found.controls.filter((control) => control.usable);
  const ill = usable.filter((control) => control.status === null || control.status >= 500);
  if (usable.length === 0 || ill.length * 2 <= usable.length)
    return { code: "inconclusive", stage: "http", strength: "weak", reasons };
  const code = found.hostedInside ? "origin_side" : "site_down";
  return { code, stage: "http", strength: "contrasted", reasons: [...reasons, controlsSay("controls get errors too")] };
}

function trustedPage(found: Case): Finding | null {
  const page = found.pages.find((candidate) => candidate.trusted);
  if (page === undefined) return null;
  const says = page.leadsTo === null ? CAME_IN_PLAIN : `the site leads on to ${page.leadsTo} over a valid certificate`;
  const reasons = [because(says, [page.step]), ...beside(found)];
  return { code: "ok", stage: "none", strength: "self-evident", reasons };
}

function ownRedirects({ facts }: Case): Finding | null {
  const steps = facts.paths
    .flatMap((path) => path.http)
    .filter((step) => {
      const under = tlsUnder(facts, step);
      return step.failure === null && isRedirect(step) && under !== null && isTrusted(under);
    });
  if (steps.length === 0 || steps.length !== facts.paths.flatMap((path) => path.http).length) return null;
  const reasons = [because("the site leads back to itself, over a valid certificate", steps)];
  return { code: "ok", stage: "none", strength: "self-evident", reasons };
}

function clearPageAlike(found: Case): Finding | null {
  const page = found.pages.find((candidate) => candidate.clear && alike(candidate, found));
  if (page === undefined) return null;
  const reasons = [because("the page in clear is like the controls'", [page.step]), ...beside(found)];
  return { code: "ok", stage: "none", strength: "contrasted", reasons };
}

function sameCertificate(found: Case): Finding | null {
  const seen = new Set(found.controls.flatMap((control) => [...control.leaves]));
  const page = found.pages.find((candidate) => !candidate.clear && !candidate.trusted);
  const steps = found.facts.paths
    .flatMap((path) => path.tls)
    .filter((step) => step.chain[0] !== undefined && seen.has(step.chain[0]));
  if (page === undefined || steps.length === 0) return null;
  const reasons = [
    because("the certificate does not hold", steps),
    controlsSay("controls get the same certificate"),
    ...beside(found),
  ];
  return { code: "ok", stage: "none", strength: "contrasted", reasons };
}

/** What failed although the site was reached: other addresses, and later hops of redirects. */
function beside({ facts }: Case): Reason[] {
  const shut = facts.paths.filter(
    (path) => path.tcp.every(({ failure }) => failure !== null) || path.tls.some((step) => !isTrusted(step)),
  );
  const addresses = shut.map((path) =>
    because(`another address of the site did not work: ${path.ip}`, [...path.tcp, ...path.tls]),
  );
  const hops = [...facts.later.tls, ...facts.later.http, ...facts.later.dns].filter(({ failure }) => failure !== null);
  const names = new Set(hops.map(hopName));
  const later = [...names].map((name) =>
    because(
      `a later hop failed: ${name}`,
      hops.filter((step) => hopName(step) === name),
    ),
  );
  return [...addresses, ...later].slice(0, 16);
}

function hopName(step: { sni?: string | null; url?: string; name?: string }): string {
  return step.name ?? step.sni ?? (step.url !== undefined && URL.canParse(step.url) ? new URL(step.url).hostname : "?");
}
