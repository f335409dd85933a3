import type { PublishedVersion } from "../../collector/api/types.ts";

/** What a citation says of one published version. */
export type Cited = {
  readonly version: PublishedVersion;
  readonly headline: string;
  /** Whole address where the server is known, else its path. */
  readonly address: string;
  readonly license: string;
};

/** A BibTeX entry. */
export function bibtex({ version: { number, version, publishedAt }, headline, address, license }: Cited): string {
  const id = `${number}-v${version}`;
  const fields = [
    ["author", "Kuager"],
    ["title", `${bibText(headline)} (${id})`],
    ["year", publishedAt.slice(0, 4)],
    ["month", String(Number(publishedAt.slice(5, 7)))],
    ["howpublished", bibText(address)],
    ["version", String(version)],
    ["note", bibText(license)],
  ];
  return `@misc{${id.toLowerCase()},\n${fields.map(([name, value]) => `  ${name} = "${value}"`).join(",\n")}\n}\n`;
}

/** A citation file (CFF 1.2.0). */
export function cff({ version: { number, version, publishedAt }, headline, address, license }: Cited): string {
  return [
    "cff-version: 1.2.0",
    "message: Please cite the version that you used.",
    "type: dataset",
    `title: ${yamlText(`${headline} (${number}-v${version})`)}`,
    "authors:",
    "  - name: Kuager",
    `version: "${version}"`,
    `date-released: ${publishedAt.slice(0, 10)}`,
    `identifiers:\n  - type: other\n    value: ${number}-v${version}`,
    ...(/^https?:/.test(address) ? [`url: ${yamlText(address)}`] : []),
    `license: ${license === "CC BY 4.0" ? "CC-BY-4.0" : yamlText(license)}`,
    "",
  ].join("\n");
}

function bibText(text: string): string {
  return text.replace(/[{}"\\]/g, "").replace(/[%&#_$]/g, (sign) => `\\${sign}`);
}

/** Text as a YAML string; JSON's are YAML's. */
function yamlText(text: string): string {
  return JSON.stringify(text);
}
