import type { StatementsView } from "../collector/api/legal-types.ts";
import type { Language } from "../collector/api/types.ts";
import { contextOf } from "./context.ts";
import { legalHref, statementsHref } from "./evidence-links.ts";
import { html } from "./html.ts";
import { colophon } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { statementTable } from "./parts/statement-table.ts";

/** The ledger of statements: who said what, beside what was measured. */
export function statementsPage(view: StatementsView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const main = html`<div class="lead"><h1>${t("statements.title")}</h1>
<p class="dek">${t("statements.lead", { count: view.statements.length })}</p>
<p class="note">${t("statements.note")}</p>
<p class="links"><a href="${legalHref(language)}">${t("lawPage.title")}</a></p></div>
${statementTable(context, view.statements)}`;
  const data = (["json", "csv", "ndjson"] as const).map((format) => ({
    label: `statements.${format}`,
    href: `/api/v1/statements${format === "json" ? "" : `.${format}`}`,
  }));
  const footer = colophon(context, view, statementsHref(language), data);
  const hrefs = { kk: statementsHref("kk"), ru: statementsHref("ru"), en: statementsHref("en") };
  return documentText({ t, language, title: t("statements.title"), current: null, hrefs, main, footer });
}
