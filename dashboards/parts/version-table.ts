import type { Publication, PublishedVersion } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { versionHref } from "../evidence-links.ts";
import { type Html, html } from "../html.ts";
import { messageKey } from "../words/message-key.ts";
import { dataTable } from "./data-table.ts";
import { noteHtml } from "./version-notes.ts";
import { momentHtml, styleOf } from "./when.ts";

const SHOWN = 100;

/** Every published version, with what it changed, where it came from, and a way to hold it against the one before. */
export function versionTable(context: Context, publication: Publication, zone: string): Html {
  const { t } = context;
  const style = styleOf(context, zone, true);
  const rows = publication.versions.slice(0, SHOWN).map((version) => ({
    id: `version-${version.version}`,
    cells: [
      html`<a href="${versionHref(context.language, version.number, version.version)}">v${version.version}</a>${version.version === publication.shown && html` <span class="tag">${t("versions.shown")}</span>`}${version.erratum && html` <span class="tag">${t("pub.erratum")}</span>`}`,
      momentHtml(version.publishedAt, style),
      origin(context, version),
      changes(context, version),
    ],
  }));
  const columns = (["versions.version", "versions.published", "versions.by", "versions.changed"] as const).map((key) =>
    t(key),
  );
  return html`<section aria-labelledby="versions"><h2 id="versions">${t("versions.title")}</h2>
<p class="note">${t("versions.note")}</p>
${dataTable({ id: "versions-table", caption: t("versions.caption"), columns, rows })}</section>`;
}

function origin({ t, said }: Context, { change, role = null }: PublishedVersion): string {
  const word = said.change[change];
  return role === null ? word : t("change.byRole", { change: word, role });
}

function changes(context: Context, version: PublishedVersion): Html {
  const { t, language } = context;
  const words = version.changed.map((code) => {
    const key = messageKey(`changed.${code}`);
    return key === null ? code : t(key);
  });
  const what = version.version === 1 ? "–" : words.length === 0 ? t("versions.nothing") : words.join(", ");
  const before = version.version - 1;
  return html`${what}${noteHtml(context, version)}${before > 0 && html`<p class="small"><a href="${versionHref(language, version.number, version.version, before)}">${t("versions.diff", { version: before })}</a></p>`}`;
}
