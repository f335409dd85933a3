import type { Prose } from "./prose.ts";

/** The glossary in English. */
export const glossaryEn: Prose = {
  title: "Glossary",
  dek: "Words as this project uses them, on pages and in the data.",
  sections: [
    {
      id: "words",
      title: "Words",
      terms: [
        ["access", "How a probe is connected: home line or mobile internet."],
        [
          "certificate",
          "What proves to a browser that a site is the site. A foreign one means that somebody stands in between.",
        ],
        [
          "collector",
          "The program that receives the journals of probes, stores and judges them, and makes these pages.",
        ],
        ["confidence", "Observed, probable or confirmed: about what was measured, never about who did it."],
        ["control", "A probe on a network without the filter, abroad or inside; what it sees is the yardstick."],
        ["coverage", "How many probes watch a place, and how many of them are connected."],
        ["event", "A rally, an election, an emergency of the world outside, with how exactly its time is known."],
        [
          "extent",
          "How much a cut took: everything, all but sites inside the country, all but a short list, mobile internet only.",
        ],
        ["gap", "A time in which the collector itself did not run. What happened then is not known here."],
        ["incident", "What follows from many verdicts, or from the silence of many probes together."],
        ["journal", "A probe’s own record, chained and signed, so that nothing can be taken out or changed unseen."],
        ["measurement", "One site tried once by one probe."],
        ["network", "A provider, with its number (AS)."],
        ["probe", "The program at a volunteer’s home."],
        ["region", "One of the 20 regions of Kazakhstan (ISO 3166-2:KZ)."],
        ["report", "What press or NGOs said happened: a layer of its own, never mixed with what was measured."],
        ["round", "All sites measured once by one probe."],
        [
          "rules version",
          "Verdicts are made by rules; their version stands with every verdict, so that it can be made again.",
        ],
        ["silence", "No sign of life from a probe: neither fine nor down."],
        [
          "state of knowledge",
          "The moment up to which what is shown was known. An address that holds it shows an incident as it was known then.",
        ],
        ["verdict", "The judgement of one measurement by one rule."],
        ["witness", "A probe inside, as opposed to a control."],
      ],
    },
  ],
};
