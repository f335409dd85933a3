import type { DnsStep, TlsStep } from "../../../protocol/records/web.ts";
import type { Reason, Strength } from "../../../protocol/verdict.ts";
import { isPrivateAddress } from "../read/address.ts";
import { DNS_DENIALS } from "../read/dns-denials.ts";
import { type DnsView, overlap } from "../read/dns-view.ts";
import { addressesIn, isTrusted } from "../read/facts.ts";
import { isStale } from "../read/stale.ts";
import { alike } from "./ok.ts";
import { because, type Case, controlsSay, type Finding, type Rule } from "./rule.ts";

const SOURCE = "docs/method.md, DNS; order of evidence after OONI's LoNI rules, certificates before addresses";

/** The answer of the configured resolver is false. Comes before `ok`: a page reached by a detour is no consolation. */
export const DNS_RULES: readonly Rule[] = [
  {
    id: "dns-injected",
    gives: ["dns_tamper"],
    doc: "Two answers to one question that contradict each other: one was put in on the way.",
    source: SOURCE,
    judge: injected,
  },
  {
    id: "dns-bogon",
    gives: ["dns_tamper", "inconclusive"],
    doc: "The resolver names an address that no public site can have, and controls do not.",
    source: SOURCE,
    judge: bogon,
  },
  {
    id: "dns-denied",
    gives: ["dns_tamper", "inconclusive"],
    doc: "Only the configured resolver denies the name or keeps silent; others answer.",
    source: SOURCE,
    judge: denied,
  },
  {
    id: "dns-contradicted",
    gives: ["dns_tamper", "inconclusive"],
    doc: "The resolver names addresses that nobody else does and that cannot show a certificate for the name.",
    source: SOURCE,
    judge: contradicted,
  },
];

function injected({ facts, dns }: Case): Finding | null {
  if (!facts.dns.some(({ late }) => late.length > 0)) return null;
  const real = new Set([...dns.proved, ...dns.controls()]);
  const forged = facts.dns.filter((step) => step.late.some((late) => contradicts(step, late, real)));
  return forged.length === 0
    ? null
    : tamper("self-evident", [because("two different answers came to one question", forged)]);
}

function contradicts(step: DnsStep, late: DnsStep["late"][number], real: ReadonlySet<string>): boolean {
  const first = new Set(addressesIn(step.answers));
  const second = new Set(addressesIn(late.answers));
  if (first.size === 0 && second.size === 0) return step.rcode !== null && step.rcode !== late.rcode;
  if (overlap(first, second)) return false;
  return !(overlap(first, real) && overlap(second, real));
}

function bogon(found: Case): Finding | null {
  const { dns } = found;
  const lying = dns.system.filter(
    (step) => step.failure === "dns_bogon_error" || addressesIn(step.answers).some(isPrivateAddress),
  );
  if (lying.length === 0 || overlap(dns.told, dns.proved)) return null;
  const others = [...dns.doh(), ...dns.udp(), ...dns.controls()];
  // Some sites do name private addresses; some laboratories are made of them.
  if (dns.privateElsewhere() || others.some(isPrivateAddress)) return null;
  return tamper(strengthOf(found, dns.doh().size + dns.udp().size > 0), [
    because("the resolver names an address that no public site can have", lying),
    ...elsewhere(dns),
  ]);
}

function denied(found: Case): Finding | null {
  const { dns, facts } = found;
  if (dns.system.length === 0 || dns.told.size > 0) return null;
  const denials = dns.system.filter((step) => isDenial(step) && !hasNoSuchAddress(step, found));
  // One lost datagram is no silence: the resolver answers the other question for the name.
  const heard = dns.system.some(({ rcode, failure }) => rcode !== null || isDenied(failure));
  const silent = heard ? [] : dns.system.filter(isSilent);
  if (denials.length + silent.length === 0) return null;
  // A resolver that answers for no name at all has no opinion on this one.
  if (denials.length === 0 && (found.suspects.has("resolver_dead") || found.link?.resolverOk === false)) return null;
  if (dns.doh().size + dns.udp().size + dns.controls().size === 0) return null;
  const dohDenies = facts.dns.some(
    ({ resolver, failure }) => resolver.startsWith("doh:") && failure === "dns_nxdomain_error",
  );
  if (dohDenies && dns.doh().size === 0) return null;
  if (denials.length > 0)
    return tamper(strengthOf(found, dns.proved.size > 0), [
      because("the resolver says that there is no such name or refuses it", denials),
      ...elsewhere(dns),
    ]);
  const resolverLives =
    found.link?.resolverOk === true ||
    facts.later.dns.some(({ resolver, rcode }) => resolver === "system" && rcode !== null);
  return tamper(resolverLives ? "contrasted" : "weak", [
    because("the resolver keeps silent for this name", silent),
    because(resolverLives ? "it answers for other names" : "whether it answers for other names is not known"),
    ...elsewhere(dns),
  ]);
}

function isDenial({ failure }: DnsStep): boolean {
  return isDenied(failure);
}

/** A failure of getaddrinfo that passes is silence: it has heard nothing of use. */
function isDenied(failure: DnsStep["failure"]): boolean {
  return failure !== null && failure !== "dns_temporary_failure" && DNS_DENIALS.includes(failure);
}

function isSilent({ failure }: DnsStep): boolean {
  return failure === "generic_timeout_error" || failure === "dns_temporary_failure";
}

/** "No answer" to a question for IPv6 is the truth of a site that nobody finds an IPv6 address of. */
function hasNoSuchAddress({ type, failure }: DnsStep, { dns }: Case): boolean {
  if (type !== "AAAA" || failure !== "dns_no_answer") return false;
  return ![...dns.doh(), ...dns.udp(), ...dns.controls()].some((ip) => ip.includes(":"));
}

function contradicted(found: Case): Finding | null {
  const { dns, facts } = found;
  if (dns.told.size === 0 || overlap(dns.told, dns.proved)) return null;
  const known = new Set([...dns.doh(), ...dns.controls()]);
  if (known.size === 0 || overlap(dns.told, known)) return null;
  const told = facts.paths.filter((path) => dns.told.has(path.ip));
  const strangers = told.flatMap((path) => path.tls).filter((step) => step.chain.length > 0 && !isTrusted(step));
  // The site's own certificate that has run out shows the site's own server.
  if (told.flatMap((path) => path.tls).some((step) => isStale(step, found.controls))) return null;
  // The same certificate at addresses that others name as well is put in on the way, whatever the resolver says.
  const elsewhereToo = facts.paths.filter((path) => known.has(path.ip)).flatMap((path) => path.tls);
  if (elsewhereToo.some((step) => strangers.some((stranger) => sameIssuer(step, stranger)))) return null;
  const othersWork = dns.proved.size > 0;
  const reasons = [because("the resolver names addresses that nobody else does", dns.system), ...elsewhere(dns)];
  if (strangers.length > 0 && (othersWork || found.contrast("tls") === "reached"))
    return tamper(strengthOf(found, othersWork), [
      ...reasons,
      because("what stands there shows a certificate that does not hold for the name", strangers),
    ]);
  if (othersWork)
    return tamper("contrasted", [...reasons, because("the name's certificate is served only at other addresses")]);
  if (!facts.secure && found.contrast("http") === "reached") {
    const pages = found.pages.filter(({ step }) => told.some((path) => path.http.includes(step)));
    // Sites answer by place as well: only where this very line gets the controls' page at an address named by others.
    const elsewhereAlike = found.pages.some((page) => !pages.includes(page) && alike(page, found));
    if (pages.length > 0 && elsewhereAlike && !pages.some((page) => alike(page, found)))
      return tamper("contrasted", [
        ...reasons,
        because(
          "the page there is unlike the controls'",
          pages.map(({ step }) => step),
        ),
      ]);
  }
  const agreed = overlap(dns.doh(), dns.controls());
  const dead = found.pages.length === 0 && told.every((path) => !path.tls.some(isTrusted));
  return agreed && dead && found.contrast("well") === "reached"
    ? tamper("contrasted", [...reasons, because("controls and an encrypted resolver agree on others", [])])
    : null;
}

function sameIssuer(a: TlsStep, b: TlsStep): boolean {
  return !isTrusted(a) && a.leaf !== null && a.leaf.issuer === b.leaf?.issuer;
}

/** Proof inside the measurement counts in full unless the liar may be the volunteer's own router. */
function strengthOf({ dns }: Case, proof: boolean): Strength {
  if (proof && !dns.ownResolver()) return "self-evident";
  return proof || dns.controls().size > 0 ? "contrasted" : "weak";
}

function elsewhere(dns: DnsView): Reason[] {
  const inside = dns.doh().size + dns.udp().size > 0 ? [because("other resolvers answer this probe otherwise")] : [];
  return dns.controls().size > 0 ? [...inside, controlsSay("controls get other addresses")] : inside;
}

function tamper(strength: Strength, reasons: Reason[]): Finding {
  return { code: "dns_tamper", stage: "dns", strength, reasons };
}
