import type { Language } from "../../api/types.ts";
import { headline } from "../../wording/sentences.ts";
import type { Facts } from "../facts.ts";
import { backBlocks } from "./back.ts";
import { besideBlocks } from "./beside.ts";
import type { ReportDocument } from "./blocks.ts";
import { frontBlocks, overOf } from "./front.ts";
import { recordBlocks } from "./records.ts";
import { tellingOf } from "./telling.ts";

/**
 * The report on an incident in one language, from incident.json alone: so every number in it stands there, and the same
 * facts give the same report, whether it is written as HTML or PDF.
 */
export function reportDocument(facts: Facts, language: Language): ReportDocument {
  const telling = tellingOf(facts, language);
  const { bundle, incident, names } = facts;
  const { words } = telling;
  const title = headline(language, incident, names);
  const over = overOf(facts);
  return {
    language,
    id: bundle.id,
    title: over === null ? title : `${words.overTitle[over.change]}: ${title}`,
    kicker: `${words.title} ${bundle.id}`,
    edition: words.edition[bundle.edition],
    made: bundle.made,
    blocks: [...frontBlocks(telling), ...recordBlocks(telling), ...besideBlocks(telling), ...backBlocks(telling)],
  };
}
