import { hostReset, hostSilenced } from "../../acts/name.ts";
import { captivePortal, hostAnswered } from "../../acts/page.ts";
import { type ExpectedVerdict, type WebCase, webCase } from "../case.ts";
import { aim } from "../places.ts";

const orda = aim("orda.kz");
const cut = { code: "http_block", stage: "http", strength: "self-evident" } as const;
const cutByContrast = { ...cut, strength: "contrasted" } as const;
const page: ExpectedVerdict = { code: "block_page", stage: "http", strength: "self-evident" };
const pageByContrast = { ...page, strength: "contrasted" } as const;
const unknown = { code: "inconclusive" } as const;
const portal = { code: "captive_portal" } as const;
const http = { scheme: "http" } as const;
const both = { scheme: "http", controls: true } as const;

/** Requests in clear that are ended or answered in the site's place. */
export const HTTP_CASES: readonly WebCase[] = [
  webCase("Host reset", hostReset(orda), cut, http),
  webCase("Host reset, controls, no follow-ups", hostReset(orda), cutByContrast, { ...both, followups: false }),
  webCase("Host reset, no follow-ups", hostReset(orda), unknown, { ...http, followups: false }),
  webCase("Host silence", hostSilenced(orda), cut, http),
  webCase("Host silence, controls, no follow-ups", hostSilenced(orda), cutByContrast, { ...both, followups: false }),
  webCase("Host silence, https", hostSilenced(orda), { code: "ok", strength: "self-evident" }),
  webCase("Host reset by a proxy", hostAnswered(orda, "reset"), cut, http),
  webCase("Host FIN by a proxy", hostAnswered(orda, "fin"), cut, http),
  webCase("block page 200 on record", hostAnswered(orda, "seen"), page, http),
  webCase("block page 200 on record, controls", hostAnswered(orda, "seen"), page, both),
  webCase("block page 403 on record", hostAnswered(orda, "seen403"), page, http),
  webCase("block page in an authority's words, controls", hostAnswered(orda, "generic"), pageByContrast, both),
  webCase("block page in an authority's words", hostAnswered(orda, "generic"), unknown, http),
  webCase("status 451 on the way, controls", hostAnswered(orda, "legal"), pageByContrast, both),
  webCase("status 451 on the way", hostAnswered(orda, "legal"), unknown, http),
  webCase("an unknown page on the way, controls", hostAnswered(orda, "unknown"), unknown, both),
  webCase("captive portal, redirect, http", captivePortal("redirect"), portal, http),
  webCase("captive portal, redirect, http, controls, line unknown", captivePortal("redirect"), portal, {
    ...both,
    link: false,
  }),
  webCase("captive portal, redirect, https, controls", captivePortal("redirect"), portal, { controls: true }),
  webCase("captive portal, 511, http", captivePortal("511"), portal, http),
  webCase("captive portal, 511, https, controls, line unknown", captivePortal("511"), portal, {
    controls: true,
    link: false,
  }),
];
