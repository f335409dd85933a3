import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Anchor, Target } from "../../../protocol/target.ts";
import { SITES, WHITE_LISTED } from "./places.ts";

const SOURCE = "the lab's own list";

/** The lab's target list: sites with what they are, as lines of targets.ndjson. */
const TARGETS = [
  { id: "orda.kz", category: "independent-media", hostedIn: null, risk: 2 },
  { id: "azattyq.org", category: "independent-media", hostedIn: null, risk: 2 },
  { id: "wikipedia.org", category: "international-organisation", hostedIn: null, risk: 1 },
  { id: "vlast.kz", category: "independent-media", hostedIn: "KZ", risk: 2 },
  { id: "tengrinews.kz", category: "mainstream-media", hostedIn: "KZ", risk: 1 },
] as const satisfies readonly Pick<Target, "id" | "category" | "hostedIn" | "risk">[];

const ANCHORS = [
  { id: "egov.kz", group: "domestic" },
  { id: "kaspi.kz", group: "domestic" },
  { id: WHITE_LISTED, group: "whitelist" },
  { id: "cloudflare.com", group: "foreign" },
  { id: "google.com", group: "foreign" },
] as const satisfies readonly Pick<Anchor, "id" | "group">[];

/** Writes the lab's targets.ndjson and anchors.ndjson into a folder for `collector serve --targets`. */
export async function writeTargetList(folder: string): Promise<void> {
  const targets = TARGETS.map(
    (target): Target => ({
      ...target,
      url: `https://${target.id}/`,
      names: { kk: target.id, ru: target.id, en: target.id },
      why: "A site of the lab.",
      source: SOURCE,
      kind: "web",
    }),
  );
  const anchors = ANCHORS.map(
    (anchor): Anchor => ({
      ...anchor,
      host: anchor.id,
      port: 443,
      addresses: addressesOf(anchor.id),
      operator: anchor.id,
      source: SOURCE,
    }),
  );
  await writeFile(join(folder, "targets.ndjson"), lines(targets));
  await writeFile(join(folder, "anchors.ndjson"), lines(anchors));
}

function addressesOf(name: string): string[] {
  return [...SITES.abroad, ...SITES.domestic].filter((site) => site.name === name).map(({ address }) => address);
}

function lines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
