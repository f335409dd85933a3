import type { MarkedText } from "../../collector/api/wording.ts";
import { type Fragment, html } from "../html.ts";

/** A text of another language than the page says which one it is: screen readers change their voice by it. */
export function markedHtml(marked: MarkedText): Fragment {
  return typeof marked === "string" ? marked : html`<span lang="${marked.lang}">${marked.text}</span>`;
}
