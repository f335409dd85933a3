import type { TargetDay, TargetView } from "../../collector/api/types.ts";
import { chartPatterns } from "../chart/bands.ts";
import { dayResult, dayStrip, daysBetween } from "../chart/day-strip.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dateText, wallTime } from "../time.ts";
import { lookOf } from "../words/finding.ts";
import { networkName, networkShort } from "../words/names.ts";
import { type MatrixCell, matrixTable } from "./matrix.ts";

/** How a site fared day by day on each network: squares, and the same as a table. */
export function dayHistory(context: Context, view: TargetView): Html {
  const { t, language } = context;
  const networks = [...new Set(view.days.map(({ asn }) => asn))].sort((a, b) => Number(a) - Number(b));
  if (networks.length === 0) return html`<p class="empty">${t("site.days.none")}</p>`;
  const days = daysBetween(view.from, view.to);
  const bounds = [days[0], days.at(-1)].map((day) => dateOf(day ?? view.to, language));
  const table = matrixTable({
    id: "days-table",
    caption: t("site.days.caption"),
    corner: t("site.days.day"),
    columns: networks.map((asn) => networkShort(context, asn)),
    rows: days.toReversed().map((day) => ({
      head: dateOf(day, language),
      cells: networks.map((asn) =>
        dayCell(
          context,
          view.days.find((one) => one.day === day && one.asn === asn),
        ),
      ),
    })),
  });
  return html`<p class="note">${t("site.days.note")}${view.days.some(({ few }) => few === true) && ` ${t("site.days.few")}`}</p>
<figure class="chart strips" aria-label="${t("site.days.caption")}">${chartPatterns()}
${networks.map((asn) => networkStrip(context, view, days, asn))}
<p class="ends"><span>${bounds[0]}</span><span>${bounds[1]}</span></p></figure>
<details><summary>${t("site.days.caption")}</summary>${table}</details>`;
}

function networkStrip(context: Context, view: TargetView, days: readonly string[], asn: number | null): Html {
  const own = view.days.filter((day) => day.asn === asn);
  const bad = own.filter((day) => dayResult(day).share > 0).length;
  const label = context.t("site.days.label", { network: networkName(context, asn), bad, measured: own.length });
  return html`<h3>${networkName(context, asn)}</h3>${dayStrip(days, own, label)}
`;
}

function dayCell({ t }: Context, day: TargetDay | undefined): MatrixCell {
  const { worst, all } = dayResult(day ?? { codes: {} });
  if (day === undefined || worst === undefined) return { content: t("targets.notMeasured"), look: "is-none" };
  const { look, glyph } = lookOf(worst.code);
  const count = day.few === true ? null : t("coverage.cell", { present: worst.count, known: all });
  const content = html`<span class="glyph" aria-hidden="true">${glyph}</span> ${t(`method.${worst.code}`)}${count !== null && html` <small>${count}</small>`}`;
  return { content, look };
}

function dateOf(day: string, language: Context["language"]): string {
  return dateText(wallTime(`${day}T00:00:00Z`, "UTC"), language);
}
