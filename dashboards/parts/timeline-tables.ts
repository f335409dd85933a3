import type { Report, TimelineView, WorldEvent } from "../../collector/api/types.ts";
import { eventTitle } from "../../collector/api/wording.ts";
import { lastMoment } from "../chart/scale.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dateText, monthText, wallTime } from "../time.ts";
import { type Lettered, lagTexts } from "../words/lag.ts";
import { listText, regionName, zoneOf } from "../words/names.ts";
import { type DataTable, dataTable } from "./data-table.ts";
import { markedHtml } from "./marked.ts";
import { momentHtml, spanHtml, styleOf } from "./when.ts";

/** The events, numbered as in the drawing, with the incidents that lie close in time. */
export function eventTable(context: Context, view: Pick<TimelineView, "events">, incidents: readonly Lettered[]): Html {
  const { t } = context;
  const columns = ["events.what", "events.when", "events.where", "events.near", "events.source"] as const;
  const rows = view.events.map((event, index) => {
    const zone = zoneOf(context, [event.place]);
    const lags = lagTexts(context, event, incidents, zone);
    const near = lags.length === 0 ? t("events.nearNone") : html`<ul>${lags.map((lag) => html`<li>${lag}</li>`)}</ul>`;
    return {
      id: `event-${index + 1}`,
      cells: [
        html`<span class="mark">${index + 1}</span> ${markedHtml(eventTitle(context.language, event))}<p class="small">${eventKind(context, event)}</p>`,
        whenHtml(context, event, zone),
        regionName(context, event.place),
        near,
        sourceHtml(event.source),
      ],
    };
  });
  return table(
    "events-table",
    t("events.caption"),
    columns.map((key) => t(key)),
    rows,
    t("events.none"),
  );
}

/** What press and NGOs reported, apart from what was measured. */
export function reportTable(context: Context, reports: readonly Report[]): Html {
  const { t, language, said } = context;
  const columns = ["reports.what", "events.when", "events.where", "reports.grade", "events.source"] as const;
  const rows = reports.map((report) => ({
    id: `report-${report.id}`,
    cells: [
      html`${report.title[language]}<p class="small">${report.kind === "other" ? t("report.other") : said.kind[report.kind]}${
        report.targets.length > 0 && `: ${listText(context, report.targets, 6)}`
      }</p>`,
      whenHtml(context, report, zoneOf(context, [report.place])),
      regionName(context, report.place),
      t(`reports.grade.${report.grade}`),
      sourceHtml(report.source),
    ],
  }));
  return table(
    "reports-table",
    t("reports.caption"),
    columns.map((key) => t(key)),
    rows,
    t("reports.none"),
  );
}

/** Kind of an event, and whether it had permission where that is known. */
export function eventKind({ t }: Context, event: WorldEvent): string {
  const kind = t(`event.${event.kind}`);
  return event.sanctioned === "unknown" ? kind : `${kind}, ${t(`event.${event.sanctioned}`)}`;
}

function table(id: string, caption: string, columns: string[], rows: DataTable["rows"], none: string): Html {
  return rows.length === 0 ? html`<p class="empty">${none}</p>` : dataTable({ id, caption, columns, rows });
}

type Dated = Pick<WorldEvent, "start" | "end" | "precision">;

export function whenHtml(context: Context, { start, end, precision }: Dated, zone: string): Html {
  return html`${datedHtml(context, { start, end, precision }, zone)}<p class="small">${context.t(`precision.${precision}`)}</p>`;
}

/** No more of a time than is known: a day for what is known to the day. */
function datedHtml(context: Context, { start, end, precision }: Dated, zone: string): Html {
  const style = styleOf(context, zone, true);
  if (precision === "minute" || precision === "hour")
    return end === null ? momentHtml(start, style) : spanHtml({ earliest: start, latest: end }, style);
  const tell = (at: string) =>
    precision === "day"
      ? dateText(wallTime(at, zone), context.language)
      : monthText(wallTime(at, zone), context.language);
  const [from, to] = [tell(start), tell(lastMoment({ start, end, precision }))];
  return html`<time datetime="${start}">${from === to ? from : `${from} – ${to}`}</time>`;
}

/** An address as text: opening it could show a reader's provider what they read. */
export function sourceHtml(source: string): Html {
  return html`<span class="source">${source}</span>`;
}
