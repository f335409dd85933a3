import type { LegalBasis } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref, targetHref } from "../links.ts";
import { dataTable } from "./data-table.ts";
import { hashHtml } from "./hash.ts";

/** What is known of the legal basis of sites and incidents, with the documents and sources. */
export function legalBasisTable(context: Context, records: readonly LegalBasis[]): Html {
  const { t, said } = context;
  if (records.length === 0) return html`<p class="empty">${t("legal.noneRecorded")}</p>`;
  const columns = (
    ["legal.about", "legal.basis", "legal.document", "legal.authority", "legal.remedy", "legal.source"] as const
  ).map((key) => t(key));
  const rows = records.toReversed().map((record) => ({
    id: `legal-${record.id}`,
    cells: [
      subject(context, record),
      html`<b>${said.legal.basis[record.basis]}</b>${record.statute !== null && html`<p class="small" lang="en">${record.statute}</p>`}`,
      document(context, record),
      record.authority === null ? t("legal.unknown") : html`<span lang="en">${record.authority}</span>`,
      record.remedy === null ? t("legal.unknown") : html`<span lang="en">${record.remedy}</span>`,
      html`<span class="source" lang="en">${record.source}</span><p class="small">${t("legal.recorded")}: ${record.recordedAt.slice(0, 10)}, ${t("pub.version", { version: record.version })}</p>`,
    ],
  }));
  return dataTable({ id: "legal-table", caption: t("legal.caption"), columns, rows });
}

function subject({ language }: Context, { subject: of }: LegalBasis): Html {
  if ("target" in of) return html`<a href="${targetHref(language, of.target)}">${of.target}</a>`;
  return html`<a href="${incidentHref(language, of.incident)}">${of.incident}</a>`;
}

function document({ t }: Context, { document: paper }: LegalBasis): Html {
  if (paper === null) return html`${t("legal.unknown")}`;
  const parts = [paper.number === null ? null : `№ ${paper.number}`, paper.date].filter((part) => part !== null);
  return html`<span lang="en">${paper.title}</span>${parts.length > 0 && html`<p class="small">${parts.join(", ")}</p>`}${paper.sha256 !== null && hashHtml(paper.sha256)}`;
}
