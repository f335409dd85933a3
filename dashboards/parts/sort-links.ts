import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";

/** The two orders of a table of places as links; the one in use is marked. */
export function sortLinks({ t }: Context, sort: "name" | "worst", hrefOf: (sort: "name" | "worst") => string): Html {
  const link = (one: "name" | "worst") =>
    html`<a href="${hrefOf(one)}"${sort === one && html` aria-current="true"`}>${t(`sort.${one}`)}</a> `;
  return html`<p class="choice">${t("sort.title")}: ${link("name")}${link("worst")}</p>`;
}
