import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";

/** Rows of a table that stand on one page: more would make the page heavy, and slow for screen readers. */
export const PAGE_ROWS = 25;

/** The part of a list that stands on a page, counted from 1; a page beyond the end shows the last. */
export function pageOf<T>(rows: readonly T[], page: number): { shown: readonly T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const at = Math.min(Math.max(1, page), pages);
  return { shown: rows.slice((at - 1) * PAGE_ROWS, at * PAGE_ROWS), page: at, pages };
}

/** Links to the pages before and after; nothing where there is one page. */
export function pager({ t }: Context, page: number, pages: number, hrefOf: (page: number) => string): Html | null {
  if (pages < 2) return null;
  const link = (to: number, rel: string, label: string) =>
    to < 1 || to > pages
      ? html`<span class="off">${label}</span> `
      : html`<a href="${hrefOf(to)}" rel="${rel}">${label}</a> `;
  return html`<nav class="pager" aria-label="${t("pager.title")}">${link(page - 1, "prev", t("pager.before"))}<span>${t("pager.at", { page, pages })}</span> ${link(page + 1, "next", t("pager.after"))}</nav>`;
}
