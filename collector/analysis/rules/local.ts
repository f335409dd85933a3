import type { Failure } from "../../../protocol/failure.ts";
import type { HttpStep, WebBody } from "../../../protocol/records/web.ts";
import { DNS_DENIALS } from "../read/dns-denials.ts";
import { overlap } from "../read/dns-view.ts";
import { addressesIn, isTrusted } from "../read/facts.ts";
import { rung } from "../read/link-view.ts";
import { hostOf } from "../read/urls.ts";
import { alike } from "./ok.ts";
import { because, type Case, type Finding, type Rule } from "./rule.ts";

const SOURCE = "facts on look-alikes: docs/method.md, local suspects first";

/** The probe's own host or line explains what happened: no claim about any network is made from it. */
export const LOCAL_RULES: readonly Rule[] = [
  {
    id: "nothing-measured",
    gives: ["inconclusive"],
    doc: "A measurement without a single step says nothing.",
    source: SOURCE,
    judge: ({ facts: { body } }) =>
      body.dns.length + body.tcp.length + body.tls.length + body.http.length > 0
        ? null
        : { code: "inconclusive", stage: "none", strength: "weak", reasons: [because("nothing was measured")] },
  },
  {
    id: "vpn",
    gives: ["local_interference"],
    doc: "Through a VPN another network was measured than the one the probe stands for, whatever came out.",
    source: SOURCE,
    judge: ({ suspects }) => (suspects.has("vpn") ? local("local_interference", "a VPN carries this host") : null),
  },
];

/** The same for what would be a failure; a page with a valid certificate is never explained away. */
export const LINE_RULES: readonly Rule[] = [
  {
    id: "captive-portal",
    gives: ["captive_portal"],
    doc: "A portal answers for every site until somebody logs in.",
    source: SOURCE,
    judge: (found) =>
      !gotTrustedPage(found) && (found.suspects.has("captive_portal") || found.link?.portal === true)
        ? local("captive_portal", "a captive portal stands before the line")
        : null,
  },
  {
    id: "answers-for-all",
    gives: ["captive_portal"],
    doc: "The resolver names one address for the site and for an innocent name, which nobody else names for either: a portal before the line.",
    source: SOURCE,
    judge: answersForAll,
  },
  {
    id: "resolver-dead",
    gives: ["offline"],
    doc: "The configured resolver is silent for every name: a dead resolver, not a verdict on this one.",
    source: SOURCE,
    judge: resolverDead,
  },
  {
    id: "line-down",
    gives: ["offline"],
    doc: "The line reached a lower rung than the site needs, or the whole measurement met no sign of life.",
    source: "docs/method.md, link ladder; a cut of the line is the business of shutdown detection",
    judge: lineDown,
  },
  {
    id: "host-interferes",
    gives: ["local_interference"],
    doc: "A proxy, hosts file, inspecting antivirus or wrong clock on the host explains the failure.",
    source: SOURCE,
    judge: hostInterferes,
  },
];

function gotTrustedPage({ pages }: Case): boolean {
  return pages.some((page) => page.trusted);
}

function local(code: "offline" | "captive_portal" | "local_interference", says: string): Finding {
  return { code, stage: "none", strength: "self-evident", reasons: [because(says)] };
}

function answersForAll(found: Case): Finding | null {
  const { dns, facts } = found;
  const known = new Set([...dns.doh(), ...dns.controls()]);
  if (gotTrustedPage(found) || dns.told.size === 0 || known.size === 0) return null;
  if (overlap(dns.told, known) || overlap(dns.told, dns.proved)) return null;
  // Where the site's own answers lead is no innocent name: a liar's page may lead to a page of the liar.
  const led = new Set(facts.body.http.filter(({ purpose }) => purpose === undefined).flatMap(hostsOf));
  const others = facts.later.dns.filter(
    ({ resolver, failure, name }) => resolver === "system" && failure === null && !led.has(name.toLowerCase()),
  );
  const same = others.filter(({ answers }) => overlap(new Set(addressesIn(answers)), dns.told));
  if (same.length === 0) return null;
  return {
    code: "captive_portal",
    stage: "dns",
    strength: "weak",
    reasons: [because("the resolver names the same address for an innocent name", [...dns.system, ...same])],
  };
}

function hostsOf({ url, location }: HttpStep): string[] {
  const goal = location !== null && URL.canParse(location, url) ? new URL(location, url).href : null;
  return [hostOf(url), goal === null ? null : hostOf(goal)].filter((host) => host !== null);
}

function resolverDead(found: Case): Finding | null {
  const { system } = found.dns;
  if (gotTrustedPage(found) || system.length === 0) return null;
  if (system.some(({ failure }) => failure === null || isAnswer(failure))) return null;
  if (!found.suspects.has("resolver_dead") && found.link?.resolverOk !== false) return null;
  return {
    code: "offline",
    stage: "dns",
    strength: "self-evident",
    reasons: [because("the configured resolver answers for no name at all", system)],
  };
}

function lineDown(found: Case): Finding | null {
  // A page that came, with its certificate or like the controls', shows that the line reached the site.
  if (gotTrustedPage(found) || found.pages.some((page) => alike(page, found))) return null;
  const { link, hostedInside } = found;
  const needed = hostedInside ? "domestic" : "international";
  if (link !== null) {
    if (rung(link.state) >= rung(needed)) return null;
    return local("offline", `the line reached only '${link.state}' while this was measured`);
  }
  const { body } = found.facts;
  if (found.alive) return null;
  const steps = [...body.dns, ...body.tcp, ...body.tls, ...body.http];
  return {
    code: "offline",
    stage: "none",
    strength: "weak",
    reasons: [because("nothing at all answered, and the state of the line is not known", steps)],
  };
}

function hostInterferes(found: Case): Finding | null {
  const { suspects, facts, pages } = found;
  if (gotTrustedPage(found)) return null;
  if (suspects.has("hosts_file") && pages.length === 0)
    return local("local_interference", "the hosts file of this host names the site");
  if (suspects.has("proxy") && pages.length === 0)
    return local("local_interference", "this host is set to use a proxy; direct connections may be closed to it");
  const untrusted = facts.paths.flatMap((path) => path.tls).filter((step) => step.chain.length > 0 && !isTrusted(step));
  if (untrusted.length === 0) return null;
  if (suspects.has("antivirus") || suspects.has("ncalayer"))
    return local("local_interference", "software on this host that inspects TLS explains the certificate");
  const dated = untrusted.every((step) => (step.untrusted ?? step.failure) === "ssl_invalid_certificate");
  if (suspects.has("wrong_clock") && dated)
    return local("local_interference", "the clock of this host is wrong, so no certificate's dates hold");
  return null;
}

/** Whether anything outside answered this host during a measurement. */
export function isAlive(body: Pick<WebBody, "dns" | "tcp" | "tls" | "http">): boolean {
  if (body.dns.some((step) => step.rcode !== null || step.failure === null) || body.tcp.some(replied)) return true;
  return body.tls.some((step) => step.answered || step.failure === null) || body.http.some(gotStatus);
}

function isAnswer(failure: Failure): boolean {
  return DNS_DENIALS.includes(failure) || failure === "dns_bogon_error";
}

function replied(step: { failure: Failure | null }): boolean {
  return step.failure === null || step.failure === "connection_refused" || step.failure === "connection_reset";
}

function gotStatus(step: { status: number | null }): boolean {
  return step.status !== null;
}
