import { CATEGORIES, type Target } from "../../protocol/target.ts";
import type { Language } from "../config.ts";
import { type Agreed, agreedTargets } from "../schedule/plan.ts";
import type { ConsentText } from "./consent-text.ts";
import { consentText } from "./text.ts";

/** The whole consent screen as text: what it is, what is sent and seen, and every site by risk and category. Pure. */
export function consentScreen(language: Language, targets: readonly Target[], agreed: Agreed): string {
  const text = consentText(language);
  const parts = [text.sent, text.never, text.seen, text.risk, text.notIf, text.stop].map(passageText);
  return `${[text.title, text.what, ...parts, siteList(text, targets, agreed)].join("\n\n")}\n\n`;
}

/** One part of the text: its title and its lines. Pure. */
export function passageText({ title, lines }: ConsentText["sent"]): string {
  return `${title}:\n${lines.map((line) => `  - ${line}`).join("\n")}`;
}

function siteList(text: ConsentText, targets: readonly Target[], agreed: Agreed): string {
  const on = new Set(agreedTargets(targets, agreed).map(({ id }) => id));
  const lines = ([1, 2, 3] as const).flatMap((risk) => {
    const tier = targets.filter((target) => target.risk === risk);
    const categories = CATEGORIES.map((category) => ({
      name: text.categories[category],
      ids: tier.filter((target) => target.category === category).map(({ id }) => id),
    })).filter(({ ids }) => ids.length > 0);
    const title = `  ${risk}. ${text.sites.risk[risk]} (${tier.length})${tier.length > 0 && risk > agreed.risk ? `: ${text.sites.off}` : ""}`;
    return [
      title,
      ...categories.map(({ name, ids }) => {
        const off = risk <= agreed.risk && !ids.some((id) => on.has(id)) ? ` (${text.sites.off})` : "";
        return `     ${name}${off}: ${ids.join(", ")}`;
      }),
    ];
  });
  return `${text.sites.title}:\n${lines.join("\n")}`;
}
