import { together } from "../../acts/act.ts";
import { answersRaced, questionsVanish, resolverDead, resolverLies } from "../../acts/dns.ts";
import { pageServer } from "../../acts/page.ts";
import { type WebCase, webCase } from "../case.ts";
import { aim, BOGON, NOWHERE, PAGE_ADDRESS, PUBLIC_RESOLVER, RESOLVER, site } from "../places.ts";

const NAME = "orda.kz";
const nxdomain = resolverLies(NAME, { kind: "nxdomain" });
const refused = resolverLies(NAME, { kind: "refused" });
const servfail = resolverLies(NAME, { kind: "servfail" });
const silence = resolverLies(NAME, { kind: "silence" });
const bogon = resolverLies(NAME, { kind: "address", address: BOGON });
const foreignPage = resolverLies(NAME, { kind: "address", address: aim("wikipedia.org").address });
const nothingThere = resolverLies(NAME, { kind: "address", address: NOWHERE });
const toPage = resolverLies(NAME, { kind: "address", address: PAGE_ADDRESS });
const race = { name: NAME, via: RESOLVER, port: 5353, lie: NOWHERE };

const certain = { code: "dns_tamper", stage: "dns", strength: "self-evident" } as const;
const contrasted = { code: "dns_tamper", stage: "dns", strength: "contrasted" } as const;
const unknown = { code: "inconclusive" } as const;
const controls = { controls: true } as const;
const provider = { resolvers: "provider" } as const;
const http = { scheme: "http" } as const;

/** Lies of the provider's resolver, silence, and answers injected on the way. */
export const DNS_CASES: readonly WebCase[] = [
  webCase("nxdomain", nxdomain, certain),
  webCase("nxdomain, no follow-ups", nxdomain, certain, { followups: false }),
  webCase("nxdomain, line unknown", nxdomain, certain, { link: false }),
  webCase("nxdomain, controls", nxdomain, certain, controls),
  webCase("nxdomain, provider only", nxdomain, unknown, provider),
  webCase("nxdomain, provider only, controls", nxdomain, certain, { ...provider, ...controls }),
  webCase("nxdomain, http, controls", nxdomain, contrasted, { ...http, ...controls }),
  webCase("refused", refused, certain),
  webCase("refused, provider only, controls", refused, certain, { ...provider, ...controls }),
  webCase("servfail", servfail, certain),
  webCase("servfail, controls", servfail, certain, controls),
  webCase("silent resolver", silence, contrasted),
  webCase("silent resolver, controls, line unknown", silence, contrasted, { ...controls, link: false }),
  webCase("silent resolver, provider only", silence, unknown, provider),
  webCase("questions vanish", questionsVanish(NAME), contrasted, controls),
  webCase("bogon", bogon, certain),
  webCase("bogon, provider only", bogon, unknown, provider),
  webCase("bogon, provider only, controls", bogon, contrasted, { ...provider, ...controls }),
  webCase("bogon, http", bogon, certain, http),
  webCase("another site's address", foreignPage, certain),
  webCase("another site's address, controls", foreignPage, certain, controls),
  webCase("another site's address, provider only", foreignPage, unknown, provider),
  webCase("another site's address, http, controls", foreignPage, contrasted, { ...http, ...controls }),
  webCase("an address with nothing there", nothingThere, contrasted),
  webCase("an address with nothing there, controls", nothingThere, contrasted, controls),
  webCase("an address with nothing there, provider only", nothingThere, unknown, provider),
  webCase("an address with nothing there, provider only, controls", nothingThere, contrasted, {
    ...provider,
    ...controls,
  }),
  webCase(
    "an address with a block page on record, http",
    together(pageServer(PAGE_ADDRESS, "seen"), toPage),
    { code: "block_page", stage: "http", strength: "self-evident" },
    http,
  ),
  webCase(
    "an address with a block page on record, https, controls",
    together(pageServer(PAGE_ADDRESS, "seen"), toPage),
    { code: "block_page", stage: "http", strength: "self-evident" },
    controls,
  ),
  webCase("an address with an unknown page, https", together(pageServer(PAGE_ADDRESS, "unknown"), toPage), certain),
  webCase("injected before the provider's answer", answersRaced({ ...race, resolver: RESOLVER }), certain),
  webCase(
    "injected before the provider's answer, provider only",
    answersRaced({ ...race, resolver: RESOLVER }),
    certain,
    provider,
  ),
  webCase("injected before a public resolver's answer", answersRaced({ ...race, resolver: PUBLIC_RESOLVER }), certain),
  webCase("injected, http", answersRaced({ ...race, resolver: RESOLVER }), certain, http),
  webCase("resolver dead for all", resolverDead, { code: "offline", stage: "dns", strength: "self-evident" }, provider),
  webCase("resolver dead for all, others answer", resolverDead, { code: "ok", strength: "self-evident" }),
  webCase(
    "one lie among the site's own addresses",
    resolverLies("azattyq.org", { kind: "address", address: site("azattyq.org").addresses[0] }),
    { code: "ok", strength: "self-evident" },
    { site: "azattyq.org" },
  ),
];
