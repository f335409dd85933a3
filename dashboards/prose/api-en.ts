import type { Prose } from "./prose.ts";

/** The programming interface in short, in English. */
export const apiEn: Prose = {
  title: "API",
  dek: "Read-only, without a key. The full reference is made from the same schemas that check each answer.",
  sections: [
    {
      id: "start",
      title: "In three lines",
      code: [
        "curl 'https://SERVER/api/v1/incidents.csv?region=KZ-75&asn=29355&from=2026-01-01&to=2027-01-01'",
        "curl 'https://SERVER/api/v1/verdicts.csv?target=orda.kz&from=2022-01-04&to=2022-01-05'",
        "curl 'https://SERVER/api/v1/measurements.ndjson?target=orda.kz&from=2022-01-04&to=2022-01-05'",
      ],
      links: [["openapi.json", "/openapi.json"]],
    },
    {
      id: "rules",
      title: "What holds everywhere",
      items: [
        "JSON by default, .csv and .ndjson behind the name. Errors are problem details (RFC 9457) with a sentence that names the wrong parameter.",
        "Long lists go on: “next” holds the cursor of the next page, and a Link header says the same.",
        "as_of answers as it would have been answered then; each answer carries its state of knowledge, the version of the rules and the licence.",
        "A window is from ≤ time < to, in UTC; a day alone means its first moment.",
        "Please ask gently: an answer may be kept for ten seconds, and closed days do not change but through late journals.",
      ],
    },
    {
      id: "parameters",
      title: "Parameters",
      terms: [
        ["from, to", "2022-01-05T10:30:00Z, or a day such as 2022-01-05"],
        ["region", "ISO 3166-2:KZ, such as KZ-75; KZ for those whose region is not told"],
        ["asn", "the number of a network, such as 9198"],
        ["target", "a site as it is named in the list, such as orda.kz"],
        ["limit, cursor", "rows of a page, up to 1000, and where to go on"],
        ["as_of", "the state of knowledge"],
      ],
    },
    {
      id: "tools",
      title: "With the tools you know",
      items: [
        "CSV opens in any spreadsheet; NDJSON is one record a line for scripts.",
        "kuager replay judges an archive of records again and gives the same incidents.",
      ],
      links: [
        ["Data", "~/data"],
        ["Explore", "~/explore"],
      ],
    },
  ],
};
