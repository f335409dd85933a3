import type { Prose } from "./prose.ts";

/** Feeds and alerts, in English. */
export const feedsEn: Prose = {
  title: "Feeds and alerts",
  dek: "To be told when something begins and when it ends, with how sure it is in the title.",
  sections: [
    {
      id: "atom",
      title: "Atom feeds: the safest way",
      paragraphs: [
        "A feed reader asks this server now and then; nobody learns who reads. Each feed takes the same choice as the list of incidents: region, asn, target.",
      ],
      code: [
        "https://SERVER/feeds/incidents.atom",
        "https://SERVER/feeds/incidents.atom?region=KZ-75",
        "https://SERVER/feeds/incidents.atom?asn=9198",
        "https://SERVER/feeds/incidents.atom?target=orda.kz",
      ],
      links: [["incidents.atom", "/feeds/incidents.atom"]],
    },
    {
      id: "rules",
      title: "What is told",
      items: [
        "One entry when an incident begins and one when it ends; a correction is an entry of its own.",
        "What is only “observed” is not sent unless asked for: it may still turn out otherwise.",
        "The title begins with the degree of confidence. It never says who is responsible.",
      ],
    },
    {
      id: "others",
      title: "Other ways",
      items: [
        "Webhooks, e-mail, Telegram, Matrix and ntfy are set up by those who run this server.",
        "Each of them ties an account or an address to your interest. Take the feed if that could hurt you, and read it over Tor.",
      ],
    },
  ],
};
