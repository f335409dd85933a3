import type { IncidentView, Publication, PublishedVersion } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { versionHref } from "../evidence-links.ts";
import { type Html, html } from "../html.ts";
import { incidentHref } from "../links.ts";
import { momentText } from "../time.ts";
import { incidentZone } from "../words/incident.ts";
import { styleOf } from "./when.ts";

/** The version that a page shows. */
export function shownVersion({ versions, shown }: Publication): PublishedVersion | null {
  return versions.find(({ version }) => version === shown) ?? versions[0] ?? null;
}

/** What a reader must know before all else: that it was withdrawn or merged, corrected, or that a newer version is there. */
export function versionNotes(context: Context, view: IncidentView, publication: Publication): Html {
  const { t, language } = context;
  const shown = shownVersion(publication);
  const [newest] = publication.versions;
  if (shown === null || newest === undefined) return html``;
  const style = styleOf(context, incidentZone(context, view.incident), true);
  const when = (version: PublishedVersion) => momentText(version.publishedAt, style);
  const isOld = shown.version !== newest.version;
  return html`${isOld && html`<p class="banner">${t("pub.old", { version: shown.version, when: when(shown) })} <a href="${incidentHref(language, newest.number)}">${t("pub.toNewest", { version: newest.version })}</a></p>`}
${newest.change === "tombstone" && tombstone(context, newest, when(newest))}
${newest.change === "merged" && html`<p class="banner grave">${linked(t("pub.merged", { other: PLACE, when: when(newest) }), numberLink(context, newest.other))}</p>`}
${shown.change === "split" && html`<p class="note">${linked(t("pub.split", { other: PLACE }), numberLink(context, shown.other))}</p>`}
${shown.erratum && html`<p class="banner"><b>${t("pub.erratum")}.</b> ${t("pub.erratum.means")} <a href="${versionHref(language, shown.number, shown.version, shown.version - 1)}">${t("versions.diff", { version: shown.version - 1 })}</a></p>`}
${noteHtml(context, isOld ? shown : newest)}`;
}

function tombstone(context: Context, { role = null }: PublishedVersion, when: string): Html {
  const { t } = context;
  return html`<p class="banner grave"><b>${t("pub.tombstone", { when })}</b> ${t(role === null ? "pub.tombstone.records" : "pub.tombstone.review")}</p>`;
}

/** A reviewer's words: in the reader's language, or else in the one in which they were written. */
export function noteHtml({ language }: Context, { note }: Pick<PublishedVersion, "note">): Html | null {
  if (note === null) return null;
  const [tongue, words] = note[language] === undefined ? firstOf(note) : [language, note[language]];
  return words === undefined ? null : html`<blockquote class="cite" lang="${tongue}">${words}</blockquote>`;
}

function firstOf(note: NonNullable<PublishedVersion["note"]>): [language: string, words: string | undefined] {
  const [tongue = "en", words] = Object.entries(note).find(([, text]) => text !== undefined) ?? [];
  return [tongue, words];
}

/** Where a link stands in a text. */
const PLACE = "\u{f0000}";

function linked(text: string, link: Html): Html {
  const [before = "", after = ""] = text.split(PLACE);
  return html`${before}${link}${after}`;
}

function numberLink({ language }: Context, number: string | null): Html {
  return number === null ? html`?` : html`<a href="${incidentHref(language, number)}">${number}</a>`;
}
