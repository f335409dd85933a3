import { nothing } from "../../acts/act.ts";
import { originDown, siteAnswers } from "../../acts/origin.ts";
import { type WebCase, webCase } from "../case.ts";
import { aim } from "../places.ts";

const orda = aim("orda.kz");
const vlast = aim("vlast.kz");
const fine = { code: "ok", stage: "none", strength: "self-evident" } as const;
const geo = { code: "geo_block", stage: "http", strength: "contrasted" } as const;
const down = { code: "site_down", strength: "contrasted" } as const;
const controls = { controls: true } as const;
const both = { scheme: "http", controls: true } as const;
const stale = { site: "old-certificate.org" } as const;

/** Nobody interferes; the site itself is well, refuses, or is down. */
export const SITE_CASES: readonly WebCase[] = [
  webCase("nothing", nothing, fine),
  webCase("nothing, controls", nothing, fine, controls),
  webCase("nothing, provider only, line unknown, no follow-ups", nothing, fine, {
    resolvers: "provider",
    link: false,
    followups: false,
  }),
  webCase("nothing, http, controls", nothing, { code: "ok", strength: "contrasted" }, both),
  webCase("nothing, http", nothing, { code: "inconclusive" }, { scheme: "http" }),
  webCase("nothing, site in KZ", nothing, fine, { site: "vlast.kz" }),
  webCase("403 to the country, controls", siteAnswers(orda, "forbidden", "inside"), geo, controls),
  webCase("403 to the country", siteAnswers(orda, "forbidden", "inside"), { ...geo, strength: "weak" }),
  webCase("403 to everybody, controls", siteAnswers(orda, "forbidden", "everybody"), { code: "ok" }, controls),
  webCase("451 by the site to the country, controls", siteAnswers(orda, "legal", "inside"), geo, controls),
  webCase("429 to everybody, controls", siteAnswers(orda, "tooMany", "everybody"), { code: "ok" }, controls),
  webCase("challenge to the country, controls", siteAnswers(orda, "challenge", "inside"), geo, controls),
  webCase("CAPTCHA to everybody, controls", siteAnswers(orda, "captcha", "everybody"), { code: "ok" }, controls),
  webCase("503 to everybody, controls", siteAnswers(orda, "broken", "everybody"), down, controls),
  webCase("503 to everybody", siteAnswers(orda, "broken", "everybody"), { code: "inconclusive" }),
  webCase("redirect loop", siteAnswers(orda, "loop", "everybody"), { code: "ok" }),
  webCase("origin refuses, controls", originDown(orda, "refuses"), down, controls),
  webCase("origin gone, controls", originDown(orda, "gone"), down, controls),
  webCase("origin gone, http, controls", originDown(orda, "gone"), down, both),
  webCase("origin gone", originDown(orda, "gone"), { code: "inconclusive" }),
  webCase(
    "origin in KZ refuses, controls",
    originDown(vlast, "refuses", "domestic"),
    { code: "origin_side", strength: "contrasted" },
    { site: "vlast.kz", ...controls },
  ),
  webCase(
    "origin in KZ gone, controls",
    originDown(vlast, "gone", "domestic"),
    { code: "origin_side", strength: "contrasted" },
    { site: "vlast.kz", ...controls },
  ),
  webCase("origin in KZ gone", originDown(vlast, "gone", "domestic"), { code: "inconclusive" }, { site: "vlast.kz" }),
  webCase("expired certificate, controls", nothing, { code: "ok", strength: "contrasted" }, { ...stale, ...controls }),
  webCase("expired certificate", nothing, { code: "inconclusive" }, stale),
];
