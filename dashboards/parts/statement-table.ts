import type { Hypothesis, StatementBeside } from "../../collector/api/legal-types.ts";
import { groundTexts, hypothesisText, watchedText } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref } from "../links.ts";
import { dateText, monthText, wallTime } from "../time.ts";
import { headline, incidentZone } from "../words/incident.ts";
import { regionName, zoneOf } from "../words/names.ts";
import { confidenceHtml } from "./confidence.ts";
import { dataTable } from "./data-table.ts";
import { markedHtml } from "./marked.ts";
import { momentHtml, spanHtml, styleOf } from "./when.ts";

const GLYPHS: Readonly<Record<Hypothesis["verdict"], string>> = { supported: "✓", contradicted: "✕", untestable: "?" };

/** Who said what, beside what was measured at the time it speaks of, and what the records say of what it claims. */
export function statementTable(context: Context, statements: readonly StatementBeside[]): Html {
  const { t } = context;
  if (statements.length === 0) return html`<p class="empty">${t("statements.none")}</p>`;
  const columns = (["statements.who", "statements.said", "statements.measured", "statements.tested"] as const).map(
    (key) => t(key),
  );
  const rows = statements.map((statement) => ({
    id: `statement-${statement.id}`,
    cells: [
      who(context, statement),
      words(context, statement),
      measured(context, statement),
      tested(context, statement),
    ],
  }));
  return dataTable({ id: "statements-table", caption: t("statements.caption"), columns, rows });
}

function who(context: Context, { speaker, speakerNames, body, at, precision, place }: StatementBeside): Html {
  const { said, language } = context;
  const zone = zoneOf(context, [place]);
  const wall = wallTime(at, zone);
  // What is known to the day or month is told so: the hours of its time mean nothing.
  const day = wallTime(at, "UTC");
  const when =
    precision === "month"
      ? html`<time datetime="${at.slice(0, 7)}">${monthText(day, language)}</time>`
      : precision === "day"
        ? html`<time datetime="${at.slice(0, 10)}">${dateText(day, language)}</time>`
        : html`<time datetime="${at}">${dateText(wall, language)}</time> ${momentHtml(at, styleOf(context, zone))}`;
  const name = speakerNames === undefined ? html`<span lang="en">${speaker}</span>` : html`${speakerNames[language]}`;
  return html`${name}<p class="small">${said.statement.body[body]} · ${when} · ${regionName(context, place)}</p>`;
}

function words({ t, said, language }: Context, { claim, summary, source, archived }: StatementBeside): Html {
  const kept =
    archived === null ? t("statements.noArchive") : t("statements.archived", { hash: archived.sha256.slice(0, 16) });
  return html`<b>${said.statement.claim[claim]}</b>: ${summary[language]}<p class="source" lang="en">${source}</p><p class="small">${kept}</p>`;
}

function measured(context: Context, { measured: found, place }: StatementBeside): Html {
  const { said, language } = context;
  const style = styleOf(context, zoneOf(context, [place]), true);
  const incidents = found.incidents.map((incident) => {
    return html`<li><a href="${incidentHref(language, incident.number ?? incident.id)}">${headline(context, incident)}</a> <span class="small">${incident.number}</span> ${confidenceHtml(context, incident.confidence)}<p class="small">${spanHtml(incident.start, styleOf(context, incidentZone(context, incident), true))}</p></li>`;
  });
  return html`${incidents.length === 0 ? html`<p>${said.statement.noIncident}</p>` : html`<ul>${incidents}</ul>`}
<p class="small">${watchedText(language, found.watched)}</p>
<p class="small">${spanHtml({ earliest: found.from, latest: found.to }, style)}</p>`;
}

function tested(context: Context, { hypotheses }: StatementBeside): Html {
  if (hypotheses.length === 0) return html`${context.said.statement.noHypothesis}`;
  return html`<ul>${hypotheses.map((one) => hypothesisHtml(context, one))}</ul>`;
}

function hypothesisHtml(context: Context, { claim, verdict, reason, predictions, grounds }: Hypothesis): Html {
  const { t, said, language } = context;
  const told = grounds.flatMap((ground) => groundTexts(language, ground)).slice(0, 4);
  return html`<li><b>${hypothesisText(language, claim)}</b>: <span class="glyph" aria-hidden="true">${GLYPHS[verdict]}</span> ${said.held[verdict]} <span class="small">(${said.statement.reason[reason]})</span>
${told.length > 0 && html`<ul class="reasons">${told.map((text) => html`<li class="small">${markedHtml(text)}</li>`)}</ul>`}
<details><summary>${t("statements.foretells")}</summary><ul>${predictions.map((one) => html`<li class="small">${one[language]}</li>`)}</ul></details></li>`;
}
