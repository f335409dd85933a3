import type { IncidentView, Publication } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { permanentHref } from "../evidence-links.ts";
import { type Html, html } from "../html.ts";
import { incidentHref } from "../links.ts";
import { momentText } from "../time.ts";
import { bibtex, cff } from "../words/citation.ts";
import { headline } from "../words/incident.ts";
import { startText } from "../words/start.ts";
import { qrCode } from "./qr.ts";
import { shownVersion } from "./version-notes.ts";
import { styleOf } from "./when.ts";

/** How to cite: a published version by its permanent address; what has no number, by its state of knowledge. */
export function citation(context: Context, view: IncidentView, zone: string): Html {
  const { publication = null } = view;
  return publication === null ? unpublished(context, view, zone) : published(context, view, publication, zone);
}

function published(context: Context, view: IncidentView, publication: Publication, zone: string): Html {
  const { t } = context;
  const { incident, license } = view;
  const version = shownVersion(publication);
  if (version === null) return unpublished(context, view, zone);
  const { site = null } = publication;
  const address = `${site ?? ""}${permanentHref(version.number, version.version)}`;
  const cited = { version, headline: headline(context, incident), address, license };
  const style = styleOf(context, zone, true);
  const text = t("cite.version", {
    id: `${version.number}-v${version.version}`,
    headline: cited.headline,
    start: startText(context, incident, style),
    when: momentText(version.publishedAt, style),
    address,
    license,
  });
  return html`<section aria-labelledby="cite"><h2 id="cite">${t("incident.cite")}</h2>
<div class="citing"><div><blockquote class="cite">${text}</blockquote>
<p class="note">${t("cite.note")}${site === null && html` ${t("cite.noServer")}`}</p>
<details><summary>${t("cite.bibtex")}</summary><pre class="code">${bibtex(cited)}</pre></details>
<details><summary>${t("cite.cff")}</summary><pre class="code">${cff(cited)}</pre></details></div>
${site !== null && html`<figure class="code-figure">${qrCode(address, t("cite.qr"))}<figcaption class="small">${version.number} v${version.version}</figcaption></figure>`}</div></section>`;
}

function unpublished(context: Context, view: IncidentView, zone: string): Html {
  const { t, language } = context;
  const { incident } = view;
  const text = t("incident.cite.text", {
    id: incident.id,
    headline: headline(context, incident),
    start: startText(context, incident, styleOf(context, zone, true)),
    asOf: view.asOf,
    rules: view.rulesVersion,
    address: incidentHref(language, incident.id, view.asOf),
    license: view.license,
  });
  return html`<section aria-labelledby="cite"><h2 id="cite">${t("incident.cite")}</h2>
<blockquote class="cite">${text}</blockquote>
<p class="note">${t("incident.cite.note")}</p></section>`;
}
