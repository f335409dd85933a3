import type { Incident, TargetView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dataHref, incidentHref, targetHref } from "../links.ts";
import { dayResult, sumOfDays } from "../words/day-result.ts";
import { incidentZone, numberOf } from "../words/incident.ts";
import { type DayMark, markOf, openOn } from "../words/marked-day.ts";
import { listText, networkShort } from "../words/names.ts";
import { resultCell } from "./day-history.ts";
import { dayText } from "./day-rows.ts";
import { dayField } from "./fields.ts";
import { matrixTable } from "./matrix.ts";
import { spanHtml, styleOf } from "./when.ts";

const DAY_MS = 86_400_000;

/** "Was this site blocked on that day, and how?": a day to choose, and the answer with the records behind it. */
export function onDay(context: Context, view: TargetView): Html {
  const { t, language } = context;
  return html`<section aria-labelledby="on-day"><h2 id="on-day">${t("onDay.title")}</h2>
<form class="filter short" method="get" action="${targetHref(language, view.target.id)}#on-day" aria-label="${t("onDay.title")}"><div class="fields">
${dayField("day", t("onDay.day"), view.asked?.day ?? null)}
<button type="submit">${t("filter.show")}</button></div></form>
${view.asked !== null && answer(context, view, view.asked)}</section>`;
}

function answer(context: Context, view: TargetView, { day, days }: NonNullable<TargetView["asked"]>): Html {
  const { t } = context;
  const open = openOn(view.incidents, day);
  const asns = [...new Set(days.map(({ asn }) => asn))].sort((a, b) => Number(a) - Number(b));
  const own = {
    target: view.target.id,
    from: `${day}T00:00:00Z`,
    to: new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString(),
  };
  return html`<p class="answer">${answerText(context, view, days, day, open)}</p>
${open.length > 0 && html`<ul class="plain">${open.map((incident) => incidentItem(context, incident))}</ul>`}
${
  asns.length > 0 &&
  matrixTable({
    id: "on-day-table",
    caption: t("onDay.caption", { day: dayText(day, context) }),
    corner: t("filter.network"),
    columns: [t("onDay.found"), t("onDay.judged")],
    rows: asns.map((asn) => {
      const own = days.filter((one) => one.asn === asn);
      const { all } = dayResult(sumOfDays(own));
      const few = own.some((one) => one.few === true);
      return {
        head: networkShort(context, asn),
        cells: [
          resultCell(context, own, view.incidents),
          { content: few ? t("coverage.few") : all, look: "is-nobody" },
        ],
      };
    }),
  })
}
<p class="links take">${t("onDay.records")}: <a href="${dataHref("measurements", "csv", own)}">${t("onDay.raw")} CSV</a> <a href="${dataHref("measurements", "ndjson", own)}">${t("onDay.raw")} NDJSON</a> <a href="${dataHref("verdicts", "csv", own)}">${t("onDay.verdicts")} CSV</a></p>`;
}

type Days = NonNullable<TargetView["asked"]>["days"];

function answerText(context: Context, view: TargetView, days: Days, day: string, open: readonly Incident[]): string {
  const { t } = context;
  const values = { site: view.target.id, day: dayText(day, context) };
  if (days.length === 0) return t(open.length > 0 ? "onDay.noneOpen" : "onDay.none", values);
  const of = (mark: DayMark) => days.filter((one) => markOf(one, view.incidents) === mark);
  const [marked, single] = [of("signs"), of("single")];
  const singles = single.length === 0 ? "" : ` ${t("onDay.single", { networks: namesOf(context, single) })}`;
  if (marked.length === 0) return `${t("onDay.quiet", values)}${singles}`;
  const how = marked.flatMap((one) => {
    const code = dayResult(one).worst?.code;
    return code === undefined ? [] : [t(`method.${code}`)];
  });
  const networks = namesOf(context, marked);
  return `${t("onDay.blocked", { ...values, networks, how: [...new Set(how)].join(", ") })}${singles}`;
}

function namesOf(context: Context, days: Days): string {
  const names = days.map(({ asn }) => networkShort(context, asn));
  return listText(context, [...new Set(names)], 8);
}

function incidentItem(context: Context, incident: Incident): Html {
  const { t, language, said } = context;
  const style = styleOf(context, incidentZone(context, incident), true);
  const id = numberOf(context, incident) ?? incident.id;
  return html`<li><a href="${incidentHref(language, id)}">${t("onDay.incident", { kind: said.kind[incident.kind], id })}</a>: ${t("incident.began")} ${spanHtml(incident.start, style)}. <a href="${incidentHref(language, id)}#cite">${t("incident.cite")}</a></li>
`;
}
