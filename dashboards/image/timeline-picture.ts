import type { Language, TimelinePageView } from "../../collector/api/types.ts";
import { contextOf } from "../context.ts";
import { spanText } from "../time.ts";
import { letterOf } from "../words/incident.ts";
import { networkShort, regionName, zoneOf } from "../words/names.ts";
import { timelineSentence } from "../words/timeline-sentence.ts";
import { imageSvg } from "./frame.ts";
import { sourceLine } from "./source-line.ts";
import { namedText, timelineBody } from "./timeline-body.ts";

/** A timeline as a picture that stands for itself. */
export function timelinePicture(view: TimelinePageView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { t } = context;
  const zone = zoneOf(context, view.region === null ? [] : [view.region]);
  const incidents = [...view.incidents]
    .sort((a, b) => a.start.latest.localeCompare(b.start.latest))
    .map((incident, index) => ({ letter: letterOf(index), incident }));
  const frame = { context, view, zone, incidents, rows: view.rows };
  const place = [
    view.region === null ? t("place.KZ") : regionName(context, view.region),
    view.asn === null ? t("place.allNetworks") : networkShort(context, view.asn),
  ].join(", ");
  return imageSvg({
    title: timelineSentence(context, view),
    lines: [`${place}. ${spanText(view.from, view.to, { language, zone })}`],
    body: timelineBody(frame),
    notes: [namedText(frame, view), t("image.timelineNote")].filter((note) => note !== ""),
    source: sourceLine(context, view),
    id: null,
    address,
  });
}
