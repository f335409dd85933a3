import type { Incident } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";

const STEPS: readonly Incident["confidence"][] = ["observed", "probable", "confirmed"];

/** How sure we are of what was measured: a word, its step of three, and filled dots for the eye. */
export function confidenceHtml({ t, said }: Context, confidence: Incident["confidence"]): Html {
  const step = STEPS.indexOf(confidence) + 1;
  const dots = "●".repeat(step) + "○".repeat(STEPS.length - step);
  return html`<span class="confidence"><span class="dots" aria-hidden="true">${dots}</span> ${said.confidence[confidence]}<span class="unseen"> (${t("confidence.step", { step })})</span></span>`;
}
