import type { Publication } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { bundleHref, draftHref, INCIDENT_FEED } from "../evidence-links.ts";
import { type Html, html } from "../html.ts";
import { embedHref } from "../links.ts";
import { LANGUAGES } from "../translate.ts";
import { hashHtml } from "./hash.ts";
import { shownVersion } from "./version-notes.ts";

const MEGABYTE = 1_000_000;

/** What a reader can take along: the evidence bundle with its hash, this version as data, the feed and the embed. */
export function evidenceBox(context: Context, publication: Publication): Html | null {
  const { t, language } = context;
  const version = shownVersion(publication);
  if (version === null) return null;
  const { bundle = null, sha256 = null } = publication;
  const { number } = version;
  const size =
    bundle === null
      ? t("evidence.bundle.first")
      : t("evidence.bundle.size", {
          size: new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
            bundle.bytes / MEGABYTE,
          ),
        });
  return html`<section class="evidence" aria-labelledby="evidence"><h2 id="evidence">${t("evidence.title")}</h2>
<p><a class="button" href="${bundleHref(number, version.version)}">${t("evidence.bundle")}</a></p>
<p class="small">${size}</p>
<p class="small">${t("evidence.bundle.note")}</p>
<dl class="facts">${bundle !== null && html`<div><dt>${t("evidence.hash")}</dt><dd>${hashHtml(bundle.sha256)}</dd></div>`}${
    sha256 !== null && html`<div><dt>${t("evidence.facts")}</dt><dd>${hashHtml(sha256)}</dd></div>`
  }</dl>
<p class="links"><a href="/${language}/verify">${t("evidence.verify")}</a> <a href="/api/v1/incidents/${number}/versions/${version.version}">${t("evidence.json")}</a> <a href="${INCIDENT_FEED}">${t("evidence.feed")}</a> <a href="${embedHref(language, `i/${number}`)}">${t("evidence.embed")}</a></p></section>`;
}

const REMEDIES = ["request", "prosecutor", "court", "un"] as const;

/** What can be done, each with its draft in three languages. */
export function remedies(context: Context, publication: Publication): Html | null {
  const { t } = context;
  const version = shownVersion(publication);
  if (version === null) return null;
  const links = (kind: (typeof REMEDIES)[number]) =>
    LANGUAGES.map(
      (tongue) =>
        html`<a href="${draftHref(version.number, version.version, kind, tongue)}" hreflang="${tongue}" download>${tongue}</a> `,
    );
  return html`<section aria-labelledby="remedies"><h2 id="remedies">${t("remedy.title")}</h2>
<p class="note">${t("remedy.note")} ${t("draft.note")}</p>
<ul class="plain">${REMEDIES.map(
    (
      kind,
    ) => html`<li>${t(`remedy.${kind}`)} <span class="links inline"><span class="small">${t("draft.title")}, ${t(`draft.${kind}`)}:</span> <span class="tongues">${links(kind)}</span></span></li>
`,
  )}</ul></section>`;
}
