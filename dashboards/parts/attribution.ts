import type { Publication } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";

const STEPS = ["none", "claimed", "documented"] as const;
type Attribution = (typeof STEPS)[number];

/** Who is responsible, as far as somebody said so in public or a document does. It never follows from measurements. */
export function attributionOf({ legal, statements }: Pick<Publication, "legal" | "statements">): Attribution {
  const documented = legal.some(
    ({ basis, authority }) => authority !== null && (basis === "court decision" || basis === "administrative order"),
  );
  if (documented) return "documented";
  const claimed = statements.some(({ claim, cause }) => cause === "ordered cut" || claim === "confirms");
  return claimed ? "claimed" : "none";
}

/** The second scale: a word, and marks for the eye that are unlike those of the first. */
export function attributionHtml({ t }: Context, attribution: Attribution): Html {
  const step = STEPS.indexOf(attribution);
  const marks = "■".repeat(step) + "□".repeat(STEPS.length - 1 - step);
  return html`<span class="confidence"><span class="dots" aria-hidden="true">${marks}</span> ${t(`attribution.${attribution}`)}</span>`;
}
