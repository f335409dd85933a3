import { BAG } from "./bag-names.ts";
import type { Facts } from "./facts.ts";
import { LOG_FILES } from "./log-files-names.ts";

const LANGUAGES = ["kk", "ru", "en"] as const;

/** Where answers of other projects stand, as they were received. */
export const OUTSIDE_FOLDER = "data/context/thirdparty/";

const DATA = [
  ...LANGUAGES.flatMap((language) => [`report.${language}.html`, `report.${language}.pdf`]),
  ...["incident.json", "timeline.csv", "cells.csv", "measurements.ndjson.gz", "controls.ndjson.gz"],
  ...["verdicts.ndjson", "excluded.ndjson", "left-out.md", "methodology.md", "limitations.md"],
  ...["software.json", "custody.ndjson", "errata.md", "context/events.csv", "context/reports.json"],
  ...["context/legal.json", "context/statements.json", "context/thirdparty/index.json"],
];
const BESIDE = [
  ...Object.values(BAG),
  ...["CITATION.cff", "citation.bib", "datacite.json", LOG_FILES.checkpoint, LOG_FILES.proof],
  ...LANGUAGES.map((language) => `VERIFY.${language}.txt`),
];
const OPTIONAL = [LOG_FILES.cosignatures, LOG_FILES.stamped, LOG_FILES.rfc3161, LOG_FILES.ots];

/** Files that a bundle must have, and those that it has not but may have. */
export function layoutOf({ bundle, outside }: Facts): { required: readonly string[]; allowed: ReadonlySet<string> } {
  const required = [
    ...DATA.map((name) => `data/${name}`),
    ...(bundle.edition === "originals" ? ["data/context.ndjson.gz"] : []),
    ...outside.map(({ file }) => `${OUTSIDE_FOLDER}${file}`),
    ...BESIDE,
  ];
  return { required, allowed: new Set([...required, ...OPTIONAL]) };
}
