import type { ReferenceWords } from "./words.ts";

export const WORDS_EN: ReferenceWords = {
  title: "API reference",
  dek: "All published data, read-only, without a key and without an account. Made from the schemas that read each question and describe each answer; the examples are real answers of this server.",
  labels: {
    ...{ contents: "Contents", parameters: "Parameters", parameter: "Parameter", meaning: "Meaning", forms: "Forms" },
    ...{ example: "Example", answer: "Answer, shortened", problems: "Problems", inPath: "part of the address" },
  },
  groups: {
    data: "Data",
    log: "Transparency log",
    bulk: "Daily files",
    live: "Live",
    compat: "In the shape of OONI and IODA",
  },
  sections: [
    {
      id: "begin",
      title: "To begin with",
      code: [
        "curl 'SERVER/api/v1/incidents.csv?asn=29355&region=KZ-75&from=2026-01-01&to=2027-01-01'",
        "curl 'SERVER/api/v1/verdicts.csv?target=orda.kz&from=2022-01-04&to=2022-01-05'",
        "curl 'SERVER/api/v1/measurements.ndjson?target=orda.kz&from=2022-01-04&to=2022-01-05'",
      ],
      paragraphs: ["The machine-readable description is /openapi.json (OpenAPI 3.1)."],
    },
    {
      id: "answers",
      title: "Every answer",
      items: [
        "license, generated_at, as_of, methodology_version, coverage (probes and samples behind it) and cite, a permanent address. In tables other than JSON they stand in headers (x-license, x-as-of, …; Link with rel=cite-as and rel=license).",
        "names holds the names of all regions, networks and targets in the answer, in Kazakh, Russian and English. Tables have them in columns, in the language that lang asks for.",
        "Times are UTC. Tables have the local time of each row's region and its offset from UTC at that moment as well.",
        "An ETag says whether anything has changed; ask with If-None-Match. Answers are packed for who accepts it.",
      ],
    },
    {
      id: "forms",
      title: "Forms",
      items: [
        "A suffix chooses the form: .json, .csv, .ndjson, .parquet, and .geojson where rows lie in regions. Without a suffix the Accept header does.",
        "CSV is UTF-8 with a header (RFC 4180). Text that a spreadsheet would run as a formula begins with an apostrophe.",
        "GeoJSON has the centres of regions, never of a probe.",
      ],
    },
    {
      id: "pages",
      title: "Pages and states of knowledge",
      items: [
        "limit is at most 1000 rows. next, and a Link header with rel=next, lead to the next page. A page may hold fewer rows than its limit and still have a next: a search that few rows meet ends its page early.",
        "All pages of one answer show the state of knowledge of the first: what arrives meanwhile is in none of them.",
        "as_of asks as it was known at a moment. Incidents as of a day that has ended stay so for ever, to the byte. Verdicts as of a moment are those that stood then. Measurements as of a moment are those received by then, and those that an imported archive says were received by then.",
        "Not repeated by as_of: presence and counts, which are as known now; the region of a row, which is told once its cell has three probes; names and lists that come with the program.",
      ],
    },
    {
      id: "limits",
      title: "Limits",
      items: [
        "So many questions a minute are answered to one part of the network (a /24, or a /48 of IPv6); then 429 with Retry-After. No address is kept.",
        "What covers too much is refused with 422. For everything of a day take the daily files: /data/manifest.json.",
        "Cells of one or two probes are banded or left out, and their rows stand under the country.",
      ],
    },
    {
      id: "problems-text",
      title: "When something is wrong",
      paragraphs: [
        "Errors are problem details (RFC 9457): the type leads here, the title is in the language of Accept-Language, the detail names what is wrong.",
      ],
    },
  ],
  parameters: {},
};
