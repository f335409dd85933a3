import type { LegalView, QuarterlyRow } from "../collector/api/legal-types.ts";
import type { Language } from "../collector/api/types.ts";
import { legalWords } from "../collector/api/wording.ts";
import { type Context, contextOf } from "./context.ts";
import { legalHref, statementsHref, versionHref } from "./evidence-links.ts";
import { type Html, html } from "./html.ts";
import { targetHref } from "./links.ts";
import { colophon } from "./parts/colophon.ts";
import { dataTable } from "./parts/data-table.ts";
import { documentText } from "./parts/document.ts";
import { legalBasisTable, legalLanguage } from "./parts/legal-basis.ts";
import { fourCells, reconciliationTable } from "./parts/legal-cells.ts";
import { spanHtml, styleOf } from "./parts/when.ts";
import { networksText, regionsText, zoneOf } from "./words/names.ts";

/** Legal bases: ARTICLE 19's quarterly table, the registry held against measurements, and all that is on record. */
export function legalPage(view: LegalView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const count = (basis: QuarterlyRow["basis"]) => view.rows.filter((row) => row.basis === basis).length;
  const main = html`<div class="lead"><h1>${t("lawPage.title")}</h1>
<p class="dek">${t("lawPage.lead", {
    quarter: view.quarter,
    count: view.rows.length,
    court: count("court decision"),
    order: count("administrative order"),
    none: count("no known legal basis"),
    unknown: count("not yet known"),
  })}</p>
<p class="note">${t("lawPage.dek")} ${t("legal.note")}</p>
<p class="links"><a href="${statementsHref(language)}">${t("statements.title")}</a></p></div>
<section aria-labelledby="quarterly"><h2 id="quarterly">${t("quarterly.title")}</h2>
<p class="links">${t("quarterly.other")}: ${view.quarters.filter((name) => name !== view.quarter).map((name) => html`<a href="${legalHref(language, name)}">${name}</a> `)}</p>
${quarterly(context, view)}</section>
<section aria-labelledby="cells"><h2 id="cells">${t("cells.title")}</h2>
<p class="note">${t("cells.note")} ${t("registry.note")}</p>
${fourCells(context, view.reconciliation, view.asked)}
${reconciliationTable(context, view.reconciliation)}</section>
<section aria-labelledby="legal"><h2 id="legal">${t("legal.title")}</h2>
${legalBasisTable(context, view.legal)}</section>`;
  const data = (["quarterly", "legal", "registry", "reconciliation"] as const).map((name) => ({
    label: `${name}.csv`,
    href: `/api/v1/${name}.csv${name === "quarterly" ? `?quarter=${view.quarter}` : ""}`,
  }));
  const footer = colophon(context, view, legalHref(language, view.quarter), data);
  const hrefs = {
    kk: legalHref("kk", view.quarter),
    ru: legalHref("ru", view.quarter),
    en: legalHref("en", view.quarter),
  };
  return documentText({ t, language, title: t("lawPage.title"), current: "legal", hrefs, main, footer });
}

function quarterly(context: Context, { rows, quarter }: LegalView): Html {
  const { t, language, said } = context;
  if (rows.length === 0) return html`<p class="empty">${t("quarterly.none")}</p>`;
  const columns = (
    [
      "quarterly.incident",
      "incidents.what",
      "legal.basis",
      "legal.document",
      "quarterly.when",
      "incident.where",
    ] as const
  ).map((key) => t(key));
  return dataTable({
    id: "quarterly-table",
    caption: t("quarterly.caption", { quarter }),
    columns,
    rows: rows.map((row, index) => {
      const [{ authority, document }, lang] = [legalWords(row, language), legalLanguage(row, language)];
      return {
        id: `row-${index + 1}`,
        cells: [
          html`<a href="${versionHref(language, row.number, row.version)}">${row.number}</a> <span class="small">v${row.version}, ${said.confidence[row.confidence]}</span>`,
          html`${said.kind[row.kind]}: ${row.target === null ? t("quarterly.whole") : html`<a href="${targetHref(language, row.target)}">${row.target}</a>`}`,
          html`<b>${said.legal.basis[row.basis]}</b>${authority !== null && html`<p class="small" lang="${lang}">${authority}</p>`}`,
          row.document === null
            ? t("legal.unknown")
            : html`<span lang="${lang}">${[document, row.document.number, row.document.date].filter((part) => part !== null).join(", ")}</span>`,
          html`${spanHtml(row.start, styleOf(context, zoneOf(context, row.regions), true))}<p class="small">${row.end === null ? t("incident.ongoing") : spanHtml(row.end, styleOf(context, zoneOf(context, row.regions), true))}</p>`,
          html`${regionsText(context, row.regions)}<p class="small">${networksText(context, row.asns)}</p>`,
        ],
      };
    }),
  });
}
