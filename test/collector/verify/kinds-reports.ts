import { type Bundle, editJson, type Kind, type Loose, part, put, text, without } from "./edits.ts";

const bytesOf = (files: Bundle, path: string) => files.get(path) ?? Buffer.alloc(0);
const replaced = (files: Bundle, path: string, what: string | RegExp, by: string) =>
  put(files, path, text(files, path).replace(what, by));

/** Changes to reports, tables and texts, each in its own place. */
export const REPORTS_KINDS: readonly Kind[] = [
  [
    "a PDF exchanged for that of another language",
    "derived",
    (files) => put(files, "data/report.ru.pdf", bytesOf(files, "data/report.kk.pdf")),
  ],
  [
    "a PDF with a byte edited",
    "derived",
    (files) => {
      const bytes = Buffer.from(bytesOf(files, "data/report.en.pdf"));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
      return put(files, "data/report.en.pdf", bytes);
    },
  ],
  ["a PDF made by another program", "derived", (files) => put(files, "data/report.kk.pdf", "%PDF-1.4\n%%EOF\n")],
  [
    "the report in Kazakh alone edited",
    "derived",
    (files) => replaced(files, "data/report.kk.html", "</h1>", "!</h1>"),
  ],
  ["a report left out", "layout", (files) => without(files, "data/report.ru.html")],
  [
    "what is not claimed taken out of a report",
    "derived",
    (files) => replaced(files, "data/report.en.html", /<section id="notClaimed"[\s\S]*?<\/section>/, ""),
  ],
  [
    "a line of timeline.csv taken out",
    "derived",
    (files) => replaced(files, "data/timeline.csv", /incident began.*\r\n/, ""),
  ],
  [
    "an event put into the calendar",
    "derived",
    (files) => put(files, "data/context/events.csv", `${text(files, "data/context/events.csv")}x,rally,,,,,,,\r\n`),
  ],
  [
    "a legal basis invented",
    "derived",
    (files) =>
      editJson(files, "data/context/legal.json", (legal) => {
        legal.legal = [{ basis: "court decision" }];
      }),
  ],
  [
    "a statement put in",
    "derived",
    (files) => put(files, "data/context/statements.json", '[{"speaker":"Somebody","claim":"confirms"}]\n'),
  ],
  ["an answer of another project put in", "layout", (files) => put(files, "data/context/thirdparty/ioda.json", "{}")],
  [
    "software.json edited",
    "derived",
    (files) =>
      editJson(files, "data/software.json", (software) => {
        software.rulesVersion = "99";
      }),
  ],
  ["the errata edited", "derived", (files) => put(files, "data/errata.md", "# Nothing changed\n")],
  ["what was left out edited", "derived", (files) => put(files, "data/left-out.md", "# Nothing\n")],
  ["the citation edited", "derived", (files) => replaced(files, "CITATION.cff", "Kuager", "Somebody")],
  ["the BibTeX edited", "derived", (files) => replaced(files, "citation.bib", "Kuager", "Somebody")],
  [
    "the metadata for a DOI edited",
    "derived",
    (files) =>
      editJson(files, "datacite.json", (meta) => {
        meta.publisher = "Somebody";
      }),
  ],
  ["an extra file among the data, listed and signed", "layout", (files) => put(files, "data/report.pdf", "%PDF")],
  [
    "an extra file beside the data, listed and signed",
    "layout",
    (files) => put(files, "README.html", "<script>1</script>"),
  ],
  [
    "a folder that looks like another bundle",
    "layout",
    (files) => put(files, "data/data/incident.json", text(files, "data/incident.json")),
  ],
  [
    "a clock of the place moved in incident.json",
    "derived",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        const clocks = part(facts, "clocks");
        for (const utc of Object.keys(clocks)) clocks[utc] = String(clocks[utc]).replace(/T\d\d/, "T00");
      }),
  ],
  [
    "an attribution raised in incident.json",
    "derived",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        facts.attribution = "documented";
      }),
  ],
  [
    "coverage edited in incident.json",
    "derived",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        for (const point of part(facts, "timeline").points as Loose[]) point.min = 0;
      }),
  ],
  [
    "an explanation taken out of incident.json",
    "replay",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "incident").causes = [];
      }),
  ],
  [
    "the replay's rules renamed in incident.json",
    "derived",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "bundle").rulesVersion = "0";
      }),
  ],
];
