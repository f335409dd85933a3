import { editJson, type Kind, type Loose, part, put, text } from "./edits.ts";

/** Changes to what a bundle says of its records. */
export const CLAIMS_KINDS: readonly Kind[] = [
  [
    "a number edited in a report",
    "derived",
    (files) => put(files, "data/report.en.html", text(files, "data/report.en.html").replace(/<h1>/, "<h1>5 ")),
  ],
  [
    "a sentence edited in a report",
    "derived",
    (files) =>
      put(files, "data/report.ru.html", text(files, "data/report.ru.html").replace("</main>", "<p>!</p></main>")),
  ],
  [
    "a cell of cells.csv edited",
    "derived",
    (files) => put(files, "data/cells.csv", `${text(files, "data/cells.csv")}x\r\n`),
  ],
  ["the limits removed", "derived", (files) => put(files, "data/limitations.md", "")],
  ["the VERIFY text edited", "derived", (files) => put(files, "VERIFY.en.txt", "Just believe it.\n")],
  ["the custody log edited", "derived", (files) => put(files, "data/custody.ndjson", "")],
  [
    "witnesses made more in incident.json",
    "replay",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "incident").witnesses = 40;
      }),
  ],
  [
    "a start moved in incident.json",
    "replay",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "incident").start = part(facts, "incident").end;
      }),
  ],
  [
    "confidence raised in incident and replay alike",
    "replay",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        const again = part(facts, "replay").incidents as Loose[];
        for (const incident of [part(facts, "incident"), ...again])
          incident.confidence = incident.confidence === "confirmed" ? "observed" : "confirmed";
      }),
  ],
  [
    "the replay said to differ",
    "replay",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "replay").same = false;
      }),
  ],
  [
    "the replay taken away",
    "replay",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        facts.replay = null;
      }),
  ],
  [
    "another kind of incident",
    "replay",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "incident").kind = "block";
      }),
  ],
  [
    "a count of records edited",
    "counts",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(part(facts, "counts"), "entries").witnesses = 1;
      }),
  ],
  [
    "a count of verdicts edited",
    "counts",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "counts").verdicts = { ok: 999 };
      }),
  ],
  [
    "the count of excluded records edited",
    "counts",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "counts").excluded = 99;
      }),
  ],
  [
    "the log's size edited in incident.json",
    "head",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        part(facts, "log").size = 1;
      }),
  ],
  [
    "incident.json of another format",
    "facts",
    (files) =>
      editJson(files, "data/incident.json", (facts) => {
        facts.format = "kuager-bundle/0";
      }),
  ],
  ["incident.json that is no JSON", "facts", (files) => put(files, "data/incident.json", "{")],
  [
    "a verdict removed",
    "counts",
    (files) => put(files, "data/verdicts.ndjson", text(files, "data/verdicts.ndjson").replace(/^.*\n/, "")),
  ],
  [
    "a verdict's reasons edited",
    "verdicts",
    (files) =>
      put(
        files,
        "data/verdicts.ndjson",
        text(files, "data/verdicts.ndjson").replace(/"strength":"[a-z-]+"/, '"strength":"other"'),
      ),
  ],
  [
    "a verdict on a record that is not enclosed",
    "counts",
    (files) =>
      put(
        files,
        "data/verdicts.ndjson",
        text(files, "data/verdicts.ndjson").replace(/"record":"[0-9a-f]{8}/, '"record":"00000000'),
      ),
  ],
  [
    "an excluded record invented",
    "counts",
    (files) => put(files, "data/excluded.ndjson", `${text(files, "data/excluded.ndjson")}{"record":"x","why":"y"}\n`),
  ],
];
