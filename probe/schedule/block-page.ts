import type { BlockPage } from "../../targets/schema.ts";
import type { Page } from "../measure/request.ts";

/** Whether a page is one of the known block pages: all marks of one of them hold, without regard to case. Pure. */
export function isKnownBlockPage(page: Page, known: readonly BlockPage[]): boolean {
  const headers = Object.entries(page.headers).map(([name, value]) => `${name}: ${value}`);
  return known.some(
    ({ match }) =>
      (match.status === null || match.status === page.status) &&
      holds(match.title, page.title ?? "") &&
      holds(match.bodyContains, page.text) &&
      holds(match.headerContains, headers.join("\n")),
  );
}

function holds(mark: string | null, text: string): boolean {
  return mark === null || text.toLowerCase().includes(mark.toLowerCase());
}
