import type { Language, LegalBasis } from "../../collector/api/types.ts";
import { legalWords } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref, targetHref } from "../links.ts";
import { dataTable } from "./data-table.ts";
import { hashHtml } from "./hash.ts";

/** What is known of the legal basis of sites and incidents, with the documents and sources. */
export function legalBasisTable(context: Context, records: readonly LegalBasis[]): Html {
  const { t, said, language } = context;
  if (records.length === 0) return html`<p class="empty">${t("legal.noneRecorded")}</p>`;
  const columns = (
    ["legal.about", "legal.basis", "legal.document", "legal.authority", "legal.remedy", "legal.source"] as const
  ).map((key) => t(key));
  const rows = records.toReversed().map((record) => {
    const { statute, authority, remedy } = legalWords(record, language);
    const lang = legalLanguage(record, language);
    const known = (text: string | null) =>
      text === null ? t("legal.unknown") : html`<span lang="${lang}">${text}</span>`;
    return {
      id: `legal-${record.id}`,
      cells: [
        subject(context, record),
        html`<b>${said.legal.basis[record.basis]}</b>${statute !== null && html`<p class="small" lang="${lang}">${statute}</p>`}`,
        document(context, record),
        known(authority),
        known(remedy),
        html`<span class="source" lang="en">${record.source}</span><p class="small">${t("legal.recorded")}: ${record.recordedAt.slice(0, 10)}, ${t("pub.version", { version: record.version })}</p>`,
      ],
    };
  });
  return dataTable({ id: "legal-table", caption: t("legal.caption"), columns, rows, look: "papers" });
}

function subject({ language }: Context, { subject: of }: LegalBasis): Html {
  if ("target" in of) return html`<a href="${targetHref(language, of.target)}">${of.target}</a>`;
  return html`<a href="${incidentHref(language, of.incident)}">${of.incident}</a>`;
}

/** Language of what {@link legalWords} gives: data files are in English, and so are records that nobody translated. */
export function legalLanguage({ names }: Pick<LegalBasis, "names">, language: Language): Language {
  return names === undefined ? "en" : language;
}

function document({ t, language }: Context, record: LegalBasis): Html {
  const { document: paper } = record;
  if (paper === null) return html`${t("legal.unknown")}`;
  const parts = [paper.number === null ? null : `№ ${paper.number}`, paper.date].filter((part) => part !== null);
  return html`<span lang="${legalLanguage(record, language)}">${legalWords(record, language).document}</span>${parts.length > 0 && html`<p class="small">${parts.join(", ")}</p>`}${paper.sha256 !== null && hashHtml(paper.sha256)}`;
}
