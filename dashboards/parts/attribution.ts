import type { Attribution } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";

const STEPS: readonly Attribution[] = ["none", "claimed", "documented"];

/** The second scale: a word, and marks for the eye that are unlike those of the first. */
export function attributionHtml({ said }: Context, attribution: Attribution): Html {
  const step = STEPS.indexOf(attribution);
  const marks = "■".repeat(step) + "□".repeat(STEPS.length - 1 - step);
  return html`<span class="confidence"><span class="dots" aria-hidden="true">${marks}</span> ${said.attribution[attribution].name}</span>`;
}
