import type { Frame, IncidentRow, IncidentsView, IncidentView } from "../../collector/admin/types.ts";
import type { Incident, PublishedVersion } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { causeTable } from "../parts/cause-table.ts";
import { confidenceHtml } from "../parts/confidence.ts";
import { dataTable } from "../parts/data-table.ts";
import { networkList } from "../parts/incident-card.ts";
import { spanHtml, styleOf } from "../parts/when.ts";
import { headline, incidentZone, methodText, witnessText } from "../words/incident.ts";
import { regionsText } from "../words/names.ts";
import { area, field, hidden, select } from "./fields.ts";
import { deskContext, deskDocument, deskHref, may, postForm } from "./frame.ts";
import { actList } from "./review-acts.ts";
import { when } from "./when.ts";

/** What is published and what waits. */
export function incidentsPage(view: IncidentsView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const held = new Set(view.heldNumbers);
  const main = html`<p class="dek">${t("desk.incidents.dek")}</p>
<section aria-labelledby="waiting"><h2 id="waiting">${t("desk.incidents.waiting")}</h2>
<p class="note">${t("desk.incidents.waitingNote")}</p>
${
  view.unnumbered.length === 0
    ? html`<p class="empty">${t("desk.incidents.noneWaiting")}</p>`
    : incidentTable(context, frame, "waiting-table", t("desk.incidents.waitingCaption"), view.unnumbered)
}</section>
<section aria-labelledby="published"><h2 id="published">${t("desk.incidents.published")}</h2>
${
  view.published.length === 0
    ? html`<p class="empty">${t("desk.incidents.nonePublished")}</p>`
    : incidentTable(
        context,
        frame,
        "published-table",
        t("desk.incidents.publishedCaption"),
        view.published.map((version) => ({ ...version, held: held.has(version.number) })),
      )
}</section>
<section aria-labelledby="acts"><h2 id="acts">${t("desk.incidents.acts")}</h2>${actList(context, view.acts)}</section>`;
  return deskDocument(frame, { title: t("desk.nav.incidents"), current: "incidents", main });
}

type Listed = IncidentRow & Partial<Pick<PublishedVersion, "version" | "change" | "publishedAt">>;

function incidentTable(context: Context, frame: Frame, id: string, caption: string, rows: readonly Listed[]): Html {
  const { t, said } = context;
  const columns = [
    t("incidents.what"),
    t("incident.began"),
    t("incident.ended"),
    t("incident.confidence"),
    t("desk.probes.state"),
  ];
  return dataTable({
    ...{ id, caption, columns, look: "states" },
    rows: rows.map((row, index) => {
      const { incident, number, held, version, change, publishedAt } = row;
      const style = styleOf(context, incidentZone(context, incident), true);
      const href = deskHref(frame, `/incidents/${encodeURIComponent(number ?? incident.id)}`);
      return {
        id: `${id}-${index}`,
        cells: [
          html`<a href="${href}">${headline(context, incident)}</a><br><span class="small">${number ?? incident.id}${version !== undefined && html`-v${version}`}</span>`,
          spanHtml(incident.start, style),
          incident.end === null ? html`<b>${t("incident.ongoing")}</b>` : spanHtml(incident.end, style),
          confidenceHtml(context, incident.confidence),
          html`${change === undefined ? t("notice.unnumbered") : said.change[change]}${publishedAt !== undefined && html`<br><span class="small">${when(context, publishedAt)}</span>`}${held && html`<br><b>${t("desk.incidents.held")}</b>`}`,
        ],
      };
    }),
  });
}

/** One incident: what the analysis holds, what is published, and what a reviewer may do. */
export function incidentPage(view: IncidentView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const { subject, current, versions, held, acts } = view;
  const shown = current ?? versions[0]?.incident ?? null;
  const main = html`<p class="kicker"><span>${subject}</span>${held && html` <span class="tag">${t("desk.incidents.held")}</span>`}</p>
${shown !== null && html`<p class="dek">${methodText(context, shown)}</p>`}
<div class="columns even">
<section aria-labelledby="now"><h2 id="now">${t("desk.incident.now")}</h2>
${current === null ? html`<p class="empty">${t("desk.incident.gone")}</p>` : facts(context, current)}</section>
<section aria-labelledby="versions"><h2 id="versions">${t("desk.incident.versions")}</h2>
${versions.length === 0 ? html`<p class="empty">${t("notice.unnumbered")}</p>` : versionList(context, versions)}</section>
</div>
${shown !== null && html`<section aria-labelledby="causes"><h2 id="causes">${t("incident.causes")}</h2>${causeTable(context, shown)}</section>`}
${may(frame, "reviewer") && actForms(context, view, frame)}
<section aria-labelledby="acts"><h2 id="acts">${t("desk.incidents.acts")}</h2>${actList(context, acts)}</section>
<p><a href="${deskHref(frame, "/incidents")}">${t("desk.back")}</a></p>`;
  const title = shown === null ? subject : headline(context, shown);
  return deskDocument(frame, { title, current: "incidents", main });
}

function facts(context: Context, incident: Incident): Html {
  const { t, said } = context;
  const style = styleOf(context, incidentZone(context, incident), true);
  const row = (label: string, value: Html | string) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`;
  return html`<dl class="facts">${row(t("incident.began"), spanHtml(incident.start, style))}${row(
    t("incident.ended"),
    incident.end === null ? html`<b>${said.notes.open}</b>` : spanHtml(incident.end, style),
  )}${row(t("incident.where"), regionsText(context, incident.regions, 20))}${row(t("incident.networks"), networkList(context, incident))}${
    incident.targets.length > 0 && row(t("incident.sites"), incident.targets.join(", "))
  }${row(t("incident.confidence"), confidenceHtml(context, incident.confidence))}${row(t("incident.seenBy"), witnessText(context, incident))}${row(t("incident.noticed"), when(context, incident.detectedAt))}${row(t("incident.id"), incident.id)}</dl>`;
}

function versionList(context: Context, versions: readonly PublishedVersion[]): Html {
  const { t, language, said } = context;
  return html`<ol class="versions" reversed>${versions.map(
    ({ number, version, change, publishedAt, changed, note, erratum, other }) =>
      html`<li><a href="/${language}/i/${number}/v${version}">v${version}</a> ${said.change[change]}${other !== null && html` (${other})`}, ${when(context, publishedAt)}${
        changed.length > 0 && html`<br><span class="small">${t("notice.changed")}: ${changed.join(", ")}</span>`
      }${erratum && html`<br><b>${t("notice.erratum")}</b>`}${note !== null && html`<br><q>${note[language] ?? note.en ?? note.ru ?? note.kk}</q>`}</li>`,
  )}</ol>`;
}

function actForms(context: Context, view: IncidentView, frame: Frame): Html {
  const { t } = context;
  const { subject, number, held, versions, others } = view;
  const over = versions[0]?.change === "tombstone" || versions[0]?.change === "merged";
  const path = `/incidents/${encodeURIComponent(subject)}`;
  const form = (act: string, needed: boolean, more: Html | false = false) =>
    html`<details class="act"${act === "publish" && html` open`}><summary>${t(`desk.act.${act}` as Parameters<typeof t>[0])}</summary>
${postForm(
  frame,
  path,
  html`${hidden("act", act)}<p class="note wide">${t(`desk.act.${act}.note` as Parameters<typeof t>[0])}</p>
${more}${(["kk", "ru", "en"] as const).map((language) =>
  area({
    ...{ name: `note-${language}`, label: t("desk.act.why", { language: NAMES[language] }), rows: 2 },
    prefix: act.replace(" ", "-"),
  }),
)}${needed && html`<p class="note wide">${t("desk.act.needed")}</p>`}<p><button>${t(`desk.act.${act}.do` as Parameters<typeof t>[0])}</button></p>`,
)}</details>`;
  const merge = select({
    ...{ name: "other", label: t("desk.act.into"), prefix: "merge" },
    choices: others.map((value) => ({ value, label: value })),
  });
  const split = html`${(["targets", "asns", "regions"] as const).map((name) => field({ name, label: t(`desk.act.${name}`), prefix: "split" }))}`;
  return html`<section aria-labelledby="review"><h2 id="review">${t("desk.incident.review")}</h2>
<p class="note">${t("desk.incident.reviewNote")}</p>
<div class="acts">
${(number === null || held || over) && form("publish", false)}
${!held && form("hold back", false)}
${number !== null && form("note", true)}
${number !== null && form("erratum", true)}
${number !== null && !over && others.length > 0 && form("merge", true, merge)}
${number !== null && !over && form("split", true, split)}
${number !== null && !over && form("tombstone", true)}
</div></section>`;
}

const NAMES = { kk: "Қазақша", ru: "Русский", en: "English" } as const;
