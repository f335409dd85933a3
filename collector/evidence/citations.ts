import { utf8 } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { headline } from "../wording/sentences.ts";
import type { Facts } from "./facts.ts";

/** How to cite a bundle: Citation File Format 1.2, BibTeX, and DataCite 4 metadata for who may mint a DOI. */
export function citationFiles(facts: Facts): [path: string, bytes: Uint8Array][] {
  return [
    ["CITATION.cff", utf8(cff(facts))],
    ["citation.bib", utf8(bib(facts))],
    ["datacite.json", utf8(`${canonicalJson(datacite(facts))}\n`)],
  ];
}

function titleOf({ bundle, incident, names }: Facts): string {
  return `Kuager incident ${bundle.id}: ${headline("en", incident, names)}`;
}

function cff(facts: Facts): string {
  const { bundle } = facts;
  const lines = [
    "cff-version: 1.2.0",
    "message: If you use this evidence, please cite it as below.",
    "type: dataset",
    `title: ${JSON.stringify(titleOf(facts))}`,
    "authors:",
    '  - name: "Kuager"',
    `version: ${JSON.stringify(bundle.id)}`,
    `date-released: "${bundle.asOf.slice(0, 10)}"`,
    `license: ${JSON.stringify(bundle.license.replaceAll(" ", "-"))}`,
  ];
  return `${lines.join("\n")}\n`;
}

function bib(facts: Facts): string {
  const { bundle } = facts;
  const lines = [
    `@misc{kuager-${bundle.id},`,
    "  author = {{Kuager}},",
    `  title = {${titleOf(facts).replaceAll(/[{}\\]/g, "")}},`,
    `  year = {${bundle.asOf.slice(0, 4)}},`,
    `  note = {As known at ${bundle.asOf}; rules ${bundle.rulesVersion}}`,
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** Mandatory and recommended properties of the DataCite schema; an identifier is given by who mints it. */
function datacite(facts: Facts) {
  const { bundle, incident, publication } = facts;
  const dates = `${incident.start.earliest}/${incident.end?.latest ?? ""}`;
  return {
    schemaVersion: "http://datacite.org/schema/kernel-4",
    creators: [{ name: "Kuager", nameType: "Organizational" }],
    titles: [{ title: titleOf(facts) }],
    publisher: "Kuager",
    publicationYear: bundle.asOf.slice(0, 4),
    types: { resourceTypeGeneral: "Dataset", resourceType: "Incident evidence bundle" },
    version: bundle.id,
    language: "en",
    dates: [
      { date: bundle.asOf, dateType: "Created" },
      { date: dates, dateType: "Collected" },
    ],
    alternateIdentifiers: [{ alternateIdentifier: bundle.id, alternateIdentifierType: "Kuager" }],
    relatedIdentifiers:
      publication === null
        ? []
        : publication.versions
            .map(({ number, version }) => `${number}-v${version}`)
            .filter((id) => id !== bundle.id)
            .map((id) => ({ relatedIdentifier: id, relatedIdentifierType: "Kuager", relationType: "IsVersionOf" })),
    rightsList: [{ rights: bundle.license }],
  };
}
