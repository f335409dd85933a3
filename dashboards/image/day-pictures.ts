import type { Language, PlaceView, TargetView } from "../../collector/api/types.ts";
import { dayStrip } from "../chart/day-strip.ts";
import { type Context, contextOf } from "../context.ts";
import { targetHistory } from "../parts/day-history.ts";
import { type DayRow, dayText, monthAxis } from "../parts/day-rows.ts";
import { historyOf } from "../parts/place-history.ts";
import { networkSummary, regionSummary } from "../region-state.ts";
import { placeSentence } from "../words/place-sentence.ts";
import { siteSentence } from "../words/site-sentence.ts";
import { rowsBody } from "./body.ts";
import { imageSvg } from "./frame.ts";
import { sourceLine } from "./source-line.ts";

/** Ninety days of a region or network as a picture. */
export function placePicture(view: PlaceView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { state } = view.region === null ? networkSummary(view.asn ?? 0, view) : regionSummary(view.region, view);
  return imageSvg({
    title: placeSentence(context, view, state),
    lines: [`${context.t("place.history")}. ${periodText(context, view)}`],
    body: bodyOf(context, historyOf(context, view)),
    notes: [context.t("place.historyNote")],
    source: sourceLine(context, view),
    id: view.region ?? `AS${view.asn}`,
    address,
  });
}

/** Ninety days of a site as a picture. */
export function targetPicture(view: TargetView, language: Language, address: string): string {
  const context = contextOf(view, language);
  return imageSvg({
    title: siteSentence(context, view),
    lines: [`${context.t("site.days")}. ${periodText(context, view)}`],
    body: bodyOf(context, targetHistory(context, view)),
    notes: [context.t("site.days.note")],
    source: sourceLine(context, view),
    id: view.target.id,
    address,
  });
}

function bodyOf(context: Context, { days, rows }: { days: string[]; rows: DayRow[] }) {
  return rowsBody([
    ...rows.map(({ name, label, days: told }) => ({
      label: name,
      drawing: dayStrip(
        told.map(({ square }) => square),
        label,
      ),
      heightPx: 26,
    })),
    { label: "", drawing: monthAxis(context, days), heightPx: 22 },
  ]);
}

function periodText(context: Context, { from, to }: { from: string; to: string }): string {
  return `${dayText(from, context)} – ${dayText(to, context)} (UTC)`;
}
