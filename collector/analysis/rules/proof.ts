import type { HttpStep, TlsStep } from "../../../protocol/records/web.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { BlockPage, InterceptionRoot } from "../knowledge.ts";
import type { ControlFacts } from "../read/control.ts";
import { overlap } from "../read/dns-view.ts";
import { isTrusted, tlsUnder } from "../read/facts.ts";
import { isRedirect } from "../read/page.ts";
import { because, type Case, controlsSay, type Finding, type Rule } from "./rule.ts";

/** Proof that no accident can make: the interceptor's certificate, the authority's page. */
export const PROOF_RULES: readonly Rule[] = [
  {
    id: "known-interception-root",
    gives: ["tls_mitm"],
    doc: "A certificate for the name was issued by an authority known from interception in the country, and no control sees that certificate.",
    source: "Chromium's blocked certificates; OONI and Censored Planet on the events of 2019 to 2024 (docs/method.md)",
    judge: knownRoot,
  },
  {
    id: "known-block-page",
    gives: ["block_page", "inconclusive"],
    doc: "A page known to stand for blocked ones came where nobody vouched for the site.",
    source: "targets/data/block-pages.ndjson, each with its source",
    judge: knownPage,
  },
];

/** Rules whose votes need no control checks of the line: noise cannot make their proof. */
export const PROOF_RULE_IDS: ReadonlySet<string> = new Set(PROOF_RULES.map(({ id }) => id));

const PAGE_IS = "the page is ";

/** The page on record that a verdict of `known-block-page` names; null for any other verdict. */
export function pageIdOf({ rule, reasons }: Verdict): string | null {
  if (rule !== "known-block-page") return null;
  const said = reasons.find(({ says }) => says.startsWith(PAGE_IS))?.says ?? "";
  return /'([^']+)'/.exec(said)?.[1] ?? null;
}

function knownRoot({ facts, controls, knowledge }: Case): Finding | null {
  const abroadToo = (leaf: string | undefined) =>
    leaf !== undefined && controls.some((control) => control.leaves.has(leaf));
  for (const step of facts.paths.flatMap((path) => path.tls)) {
    if (isTrusted(step) || abroadToo(step.chain[0])) continue;
    const root = knowledge.interception.find((candidate) => signedBy(step, candidate));
    if (root === undefined) continue;
    return {
      code: "tls_mitm",
      stage: "tls",
      strength: "self-evident",
      reasons: [because(`the certificate was issued by '${root.name}', known from interception`, [step])],
    };
  }
  return null;
}

function signedBy(step: TlsStep, root: InterceptionRoot): boolean {
  if (root.sha256 !== null && step.chain.includes(root.sha256.toLowerCase())) return true;
  if (root.sha1 !== null && step.chainSha1?.includes(root.sha1.toLowerCase()) === true) return true;
  return root.issuerPattern !== null && step.leaf !== null && matches(root.issuerPattern, step.leaf.issuer);
}

function knownPage(found: Case): Finding | null {
  const { facts } = found;
  for (const step of facts.body.http) {
    // A page for an innocent Host says nothing of the site.
    if (step.purpose === "host-control") continue;
    const own = facts.paths.some((path) => path.http.includes(step));
    // A page over a valid certificate of the first host is the site's own, whatever it says; and where the site itself
    // leads (a shortener to its goal, a newspaper to an article on blocking) is no answer in its place.
    if (own ? isVouched(found, step) : sendsAwayItself(found)) continue;
    const page = found.knowledge.blockPages.find((candidate) => looksLike(step, candidate));
    if (page !== undefined) return pageFinding(found, step, page);
  }
  return null;
}

function isVouched({ facts }: Case, step: HttpStep): boolean {
  const under = tlsUnder(facts, step);
  return under !== null && isTrusted(under);
}

/** Whether the site leads away over its own valid certificate, and nobody does in its place. */
function sendsAwayItself(found: Case): boolean {
  const leading = found.facts.paths.flatMap((path) => path.http).filter(isRedirect);
  return leading.length > 0 && leading.every((step) => isVouched(found, step));
}

function pageFinding(found: Case, step: HttpStep, page: BlockPage): Finding | null {
  const reached = found.contrast("http") === "reached";
  if (found.controls.some((control) => control.usable && seesToo(control, step))) return null;
  const status = step.status === 451 ? ", status 451" : "";
  return {
    code: "block_page",
    stage: "http",
    strength: page.basis === "generic" ? (reached ? "contrasted" : "weak") : "self-evident",
    reasons: [
      because(`${PAGE_IS}'${page.id}'${page.authority ? `, which names ${page.authority}` : ""}${status}`, [step]),
      delivery(found, step),
      ...(reached ? [controlsSay("controls get the site's own page")] : []),
    ],
  };
}

/** Whether a control gets the page as well: a notice of the site itself, or of the company that hosts it. */
function seesToo({ clearPages, marked }: ControlFacts, { title }: HttpStep): boolean {
  return marked || clearPages.some((page) => page.title !== null && page.title === title);
}

/** How the page came: through a forged answer of DNS, a redirect, or in place of the site's own. */
function delivery({ facts, dns }: Case, step: HttpStep) {
  const told = facts.body.tcp.find(({ id }) => id === step.tcp)?.ip.toLowerCase();
  const known = new Set([...dns.controls(), ...dns.doh()]);
  if (!facts.paths.some((path) => path.http.includes(step)))
    return because("delivered by a redirect away from the site", [step]);
  if (told !== undefined && dns.told.has(told) && known.size > 0 && !overlap(dns.told, known))
    return because("delivered by DNS: the resolver named addresses that nobody else does", dns.system);
  return because("delivered in place of the site's answer", [step]);
}

function looksLike(step: HttpStep, page: BlockPage): boolean {
  const { status, title, bodyContains, headerContains } = page.match;
  if ((title ?? bodyContains ?? headerContains) === null) return false;
  const headers = Object.entries(step.headers).map(([name, value]) => `${name}: ${value}`);
  return (
    (status === null || step.status === status) &&
    (title === null || contains(step.title, title)) &&
    (bodyContains === null || contains(step.blockPage, bodyContains)) &&
    (headerContains === null || headers.some((header) => contains(header, headerContains)))
  );
}

function contains(text: string | null | undefined, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) ?? false;
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "iu").test(text);
  } catch {
    // The loaders refuse such a pattern; a verdict must come all the same.
    return false;
  }
}
