import { type Html, html } from "../html.ts";

/** A hash that breaks into lines and can be taken whole. */
export function hashHtml(hash: string): Html {
  return html`<code class="hash">${hash}</code>`;
}
