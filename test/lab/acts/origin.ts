import { addNftTable } from "../net/firewall.ts";
import type { SiteAnswer } from "../servers/config.ts";
import type { Act } from "./act.ts";
import type { Aim } from "./name.ts";

/** The site's server is down: it refuses, or its host is gone. For everybody. */
export function originDown({ address }: Aim, how: "refuses" | "gone", where: "world" | "domestic" = "world"): Act {
  const does = how === "refuses" ? "reject with tcp reset" : "drop";
  return {
    title: `origin ${how}`,
    begin: (ground) =>
      addNftTable(
        ground[where],
        "act_origin",
        `chain c { type filter hook input priority 0; ip daddr ${address} meta l4proto tcp ${does}; }`,
      ),
  };
}

/** What a site may itself answer instead of its page. */
export const SITE_ANSWERS = {
  forbidden: { status: 403, title: "Forbidden", body: "Not available in your country.", headers: {} },
  challenge: {
    status: 403,
    title: "Just a moment...",
    body: "Checking your browser.",
    headers: { "cf-mitigated": "challenge" },
  },
  captcha: { status: 503, title: "Attention Required! CAPTCHA", body: "Prove that you are human.", headers: {} },
  tooMany: { status: 429, title: "Too many requests", body: "Slow down.", headers: {} },
  legal: { status: 451, title: "Unavailable", body: "Unavailable for legal reasons in your country.", headers: {} },
  broken: { status: 503, title: "Maintenance", body: "We will be back.", headers: {} },
  loop: { status: 302, title: "", body: "", headers: { location: "/?again" } },
} as const satisfies Readonly<Record<string, Omit<SiteAnswer, "to">>>;

/** The site itself answers so, with its own certificate: to subscribers inside the country, or to everybody. */
export function siteAnswers({ name }: Aim, kind: keyof typeof SITE_ANSWERS, to: SiteAnswer["to"]): Act {
  return {
    title: `the site itself: ${kind} to ${to}`,
    begin: async ({ sitesAbroad }) => {
      await sitesAbroad.answerWith({ [name]: { to, ...SITE_ANSWERS[kind] } });
      return { remove: () => sitesAbroad.answerWith({}) };
    },
  };
}
