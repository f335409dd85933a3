import type { MethodProse } from "./prose.ts";

/** The method in English. */
export const methodEn: MethodProse = {
  title: "Method",
  dek: "How a measurement becomes a verdict, and verdicts an incident; what each can tell, and how each can be wrong.",
  sections: [
    {
      id: "measurement",
      title: "One measurement",
      paragraphs: [
        "A probe is a small program at a volunteer’s home. For each site on the list it asks for the site’s address, connects, begins an encrypted connection with the site’s name, and asks for the page. Each step is written down with its time and, where it failed, with a name for the failure.",
        "Only when something is odd does it ask further: the same address with a harmless name, the name at another address, no name at all, the greeting in two parts. That shows what the failure depends on.",
      ],
    },
    {
      id: "strength",
      title: "One verdict",
      paragraphs: [
        "A verdict compares the measurement with what control probes on networks without the filter saw of the same site at about the same time, and with known foreign certificates and known notices. Each verdict names its rule and the version of the rules, and has a strength:",
      ],
      terms: [
        ["self-evident", "The proof lies inside the measurement, such as the same address answering a harmless name."],
        ["contrasted", "Control probes reached the site in the same minutes."],
        ["weak", "Neither. Such a verdict has no vote."],
      ],
    },
  ],
  verdicts: {
    title: "What each verdict means",
    note: "The word on our pages, the code in the data, and how far it can be trusted.",
    columns: ["Verdict", "It says", "It can be wrong when", "It cannot show"],
    of: {
      ok: {
        says: "The page came with a valid certificate, or in clear and like the one that controls get.",
        wrong: "The page is a copy served in clear.",
        cannot: "That every page of the site is open.",
      },
      dns_tamper: {
        says: "A resolver gave a false answer: a private address, two different answers, one that no certificate supports, or a denial by the provider alone.",
        wrong: "The site is just changing its addresses, or answers by place.",
        cannot: "Whether the resolver did it or the path to it.",
      },
      tcp_block: {
        says: "The address refuses or swallows connections that controls make.",
        wrong: "The server bans that network, or routing on the way is broken.",
        cannot: "That it is aimed at this name.",
      },
      tls_reset: {
        says: "The connection is cut off after the site’s name was sent.",
        wrong: "A broken device at home cuts it.",
        cannot: "Which device did it.",
      },
      tls_drop: {
        says: "Nothing comes back after the site’s name was sent.",
        wrong: "The server is slow or drops that network; the check with a harmless name rules this out.",
        cannot: "Which device did it.",
      },
      tls_mitm: {
        says: "Another certificate is shown than to controls.",
        wrong: "An antivirus or a company’s proxy shows it and was not recognised.",
        cannot: "Whether anything was read.",
      },
      http_block: {
        says: "A request in clear is cut off or swallowed.",
        wrong: "The server is overloaded.",
        cannot: "What happens to encrypted requests.",
      },
      block_page: {
        says: "Another page stands in place of the site’s: a known one, or one that names an authority.",
        wrong: "The site itself put up a notice.",
        cannot: "By what order.",
      },
      throttled: {
        says: "The site is much slower than its control in the same minutes.",
        wrong: "One path alone is congested.",
        cannot: "Small slow-downs.",
      },
      geo_block: {
        says: "The site itself refuses the country, with its own certificate.",
        wrong: "It is an anti-robot page for one address.",
        cannot: "What the site does to other visitors from there.",
      },
      site_down: {
        says: "The site fails for controls too.",
        wrong: "The controls share one fault.",
        cannot: "What would happen if the site worked.",
      },
      origin_side: {
        says: "A site hosted in Kazakhstan fails from abroad as well; what stands behind it is not established, since a filter in front of the server locks foreigners out too.",
        wrong: "It is a plain fault of the site, or a plain block: this verdict tells neither.",
        cannot: "Whether it is a block.",
      },
      offline: {
        says: "The probe’s own line did not work.",
        wrong: "Only part of the line failed.",
        cannot: "Anything about the site.",
      },
      captive_portal: {
        says: "The network wanted a log-in first.",
        wrong: "A notice looks like such a page.",
        cannot: "Anything about the site.",
      },
      local_interference: {
        says: "A program on the host explains it: an antivirus, a VPN, a changed hosts file.",
        wrong: "The program was there and still was not what failed.",
        cannot: "Anything about the site.",
      },
      inconclusive: {
        says: "Too little to judge by, or the controls are missing or disagree.",
        wrong: "It claims nothing that could be wrong.",
        cannot: "Anything: it is neither fine nor blocked.",
      },
    },
  },
  after: [
    {
      id: "blocks",
      title: "From verdicts to a block",
      paragraphs: [
        "A block is looked for by site, network and region. Each round gives votes, and a sequential test weighs them against the usual rate of errors there. A round in which other sites fail too does not count.",
        "An incident opens with at least two rounds and two probes, or with one probe whose measurement carries its own proof; then it is marked as seen by few. Its start lies between the last good vote and the first bad one, and is always given as a span.",
        "Probes behind one provider are not independent witnesses of who blocks.",
      ],
    },
    {
      id: "shutdowns",
      title: "From silence to a cut",
      paragraphs: [
        "Probes that are connected are expected to stay. When so many of a place fall silent within minutes that their own habits make it improbable, an incident is observed. Journals that arrive later date it to the seconds between the last good and the first bad look at the line, and tell what stayed open.",
        "A power cut is told from a cut line: after it, a computer has been started anew; after the other, it was running all the time.",
        "Rival explanations stand beside each incident: a power cut, a fault of one provider, our own collector, a single probe, a fault of the site. Each reads as consistent with the records, contradicted by them, or not testable.",
      ],
    },
    {
      id: "confidence",
      title: "How sure, in three steps",
      terms: [
        ["observed", "The test fired, on few witnesses or on silence alone."],
        ["probable", "Several witnesses tell the same."],
        ["confirmed", "At least three independent witnesses, or technical proof from two."],
      ],
      paragraphs: [
        "This scale is about what was measured. Who is responsible is another one, and on our pages it is empty unless it is documented.",
      ],
    },
  ],
};
