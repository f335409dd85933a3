import { z } from "zod";
import { Incident } from "../../protocol/incident.ts";
import type { PublishedVersion } from "../../protocol/publication.ts";
import { PARAMETERS } from "../api/query.ts";
import { concerns } from "../api/timeline-view.ts";

const { region, asn, target, lang } = PARAMETERS;
const CONFIDENCES = ["observed", "probable", "confirmed"] as const;

/** What picks the incidents of a feed; all of it stands in the address. */
export const FeedQuery = z.strictObject({
  region,
  asn,
  target,
  kind: Incident.shape.kind.optional().describe("kind of incident"),
  confidence: z
    .enum(CONFIDENCES)
    .optional()
    .describe("the least sure that is told; probable where it is left out, so that observed must be asked for"),
  lang: lang.describe("language of titles and texts (en where it is left out)"),
});
export type FeedChoice = z.infer<typeof FeedQuery>;

/** What feeds and alerts pick incidents by; left out: all. */
export type Picked = Omit<FeedChoice, "lang">;

/** Whether an incident is one that was asked for. Without a word on how sure, `observed` ones are left out. */
export function isPicked(incident: PublishedVersion["incident"], choice: Picked): boolean {
  const { region: place = null, asn: network = null, target: site, kind, confidence = "probable" } = choice;
  return (
    concerns(incident, { region: place, asn: network }) &&
    (site === undefined || incident.targets.includes(site)) &&
    (kind === undefined || incident.kind === kind) &&
    isAtLeast(incident.confidence, confidence)
  );
}

/** Whether something is at least so sure. */
export function isAtLeast(confidence: (typeof CONFIDENCES)[number], least: (typeof CONFIDENCES)[number]): boolean {
  return CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(least);
}

/** The choice as the query of an address, always in the same order; empty where all are picked. */
export function choiceText(choice: FeedChoice): string {
  const parts = (["region", "asn", "target", "kind", "confidence", "lang"] as const).flatMap((key) =>
    choice[key] === undefined ? [] : [`${key}=${encodeURIComponent(String(choice[key]))}`],
  );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
