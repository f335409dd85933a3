import type { Prose } from "./prose.ts";

/** How to check an incident without trusting us, in English. */
export const verifyEn: Prose = {
  title: "Check it yourself",
  dek: "Nobody has to believe this server: what probes wrote is signed, and what was stored stands in a log that cannot be changed unseen.",
  sections: [
    {
      id: "what",
      title: "What can be checked",
      terms: [
        ["the record", "Each probe signs its journal in order; a record taken out or changed breaks the chain."],
        [
          "the log",
          "Each accepted record is a leaf of an append-only log with signed heads; a bundle holds the proofs that its records stand in it.",
        ],
        [
          "the verdict",
          "It follows from the record, the controls and the version of the rules, and can be made again.",
        ],
        ["the incident", "It follows from the verdicts, and can be made again by kuager replay."],
      ],
    },
    {
      id: "offline",
      title: "Offline, with our program",
      paragraphs: [
        "A bundle is a zip file that holds the report, the signed records, the proofs, and a list of hashes. Checking it needs no network.",
      ],
      code: ["kuager verify BUNDLE.zip", "kuager verify ARCHIVE.ndjson.gz", "kuager replay ARCHIVE.ndjson.gz --json"],
      links: [["The verifier as one page, to keep", "/verify-offline.html"]],
    },
    {
      id: "key",
      title: "Where to take the key",
      items: [
        "The log’s key in a bundle proves nothing by itself. Get it another way: from somebody you trust, from print, from an earlier bundle.",
        "Two people who hold heads of the log of different days can see together whether it was ever rewritten.",
      ],
    },
    {
      id: "doubt",
      title: "If something does not hold",
      items: [
        "Say which file, which line of the check and which version of the program: a wrong result is published as an erratum, under its own number.",
        "Records that do not hold are set aside and told, never mended in silence.",
      ],
    },
  ],
};
