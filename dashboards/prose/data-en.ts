import type { Prose } from "./prose.ts";

/** The data and how to take them, in English. */
export const dataEn: Prose = {
  title: "Data",
  dek: "Everything these pages show, as files: no account, no key, CC BY 4.0.",
  sections: [
    {
      id: "tables",
      title: "Tables",
      paragraphs: [
        "Each table is one address under /api/v1/. Put .csv, .ndjson or .parquet behind its name for another form (.geojson where it has regions). Times are UTC; text is guarded against formulas of spreadsheets.",
      ],
      terms: [
        [
          "incidents",
          "What was found: kind, method, start and end as spans, networks, regions, confidence, witnesses. A row with a number tells what its version tells; withdrawn ones are marked.",
        ],
        [
          "measurements",
          "What a probe saw, step by step, as signed by it; the probe has a name that changes each day.",
        ],
        ["verdicts", "The judgement of each measurement: code, strength, rule, reasons."],
        ["targets", "Sites and services that are measured, each with its reason and source."],
        ["coverage", "Probes known and connected, by network, region and access. Small cells are banded."],
        ["presence", "Connected probes over time, smallest and largest in each step."],
        ["events", "Rallies, elections and other events, with sources and how exactly the time is known."],
        ["reports", "What press and NGOs reported: apart from what was measured."],
        ["states", "Each network in each region at one moment."],
        ["probes", "Probes counted by role, network, region and access; never one by one."],
        [
          "statements, legal, registry, reconciliation, quarterly",
          "Who said what, what is known of the legal basis, and what a public registry answers, beside what is measured.",
        ],
        ["outside", "Series of other projects, each with its own licence."],
      ],
      links: [
        ["incidents.csv", "/api/v1/incidents.csv"],
        ["targets.csv", "/api/v1/targets.csv"],
        ["coverage.csv", "/api/v1/coverage.csv"],
        ["events.csv", "/api/v1/events.csv"],
        ["reports.csv", "/api/v1/reports.csv"],
        ["states.csv", "/api/v1/states.csv"],
        ["statements.csv", "/api/v1/statements.csv"],
        ["legal.csv", "/api/v1/legal.csv"],
      ],
    },
    {
      id: "days",
      title: "Daily files",
      paragraphs: [
        "For every closed day (UTC) there are measurements, verdicts, incidents and coverage as packed NDJSON and as Parquet, with hashes in a manifest. A day that is made anew gets a further version; earlier ones stay.",
      ],
      code: ["curl 'https://SERVER/data/manifest.json'"],
      links: [["manifest.json", "/data/manifest.json"]],
    },
    {
      id: "choice",
      title: "The part you need",
      paragraphs: ["Every page has its own data at its foot, picked as the page is. The same choice works by hand:"],
      code: [
        "curl 'https://SERVER/api/v1/incidents.csv?region=KZ-75&asn=29355&from=2026-01-01&to=2027-01-01'",
        "curl 'https://SERVER/api/v1/verdicts.csv?target=orda.kz&from=2022-01-04&to=2022-01-05'",
        "curl 'https://SERVER/api/v1/measurements.ndjson?target=orda.kz&from=2022-01-04&to=2022-01-05'",
      ],
    },
    {
      id: "reading",
      title: "How to read them",
      items: [
        "No data is not “fine”. An empty answer for a place without probes says nothing about it.",
        "A start is a span from the last good to the first bad measurement. Keep both ends.",
        "Smallest and largest, never an average: a cut of twenty minutes must not vanish in a day.",
        "Counts of cells with one or two probes are left out, and their measurements stand under KZ.",
      ],
      links: [
        ["Limits", "~/limits"],
        ["Glossary", "~/glossary"],
        ["API", "~/api"],
      ],
    },
    {
      id: "again",
      title: "The same again, years later",
      paragraphs: [
        "With as_of an address answers as it would have answered then. The rules have versions, and kuager replay makes the same incidents from the same records.",
      ],
      links: [
        ["How to cite", "~/cite"],
        ["Check it yourself", "~/verify"],
      ],
    },
  ],
};
