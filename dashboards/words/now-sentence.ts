import { ENOUGH_PROBES, type Incident, type Interval, type NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { regionSummary } from "../region-state.ts";
import { TILES } from "../tiles.ts";
import { momentText, spanText, type TimeStyle } from "../time.ts";
import { extentText, incidentZone, targetsText } from "./incident.ts";
import { networksText, regionsText } from "./names.ts";

const KIND_ORDER: readonly Incident["kind"][] = ["shutdown", "outage", "interception", "block", "throttle"];
const CONFIDENCE_ORDER: readonly Incident["confidence"][] = ["confirmed", "probable", "observed"];

/** Sums over the whole country that sentence and figures share. */
export type Watch = { present: number; known: number; regions: number };

/** Who watches: probes connected and known, and regions with enough of them. */
export function watchOf(view: NowView): Watch {
  const present = view.coverage.reduce((total, cell) => total + cell.present, 0);
  const known = view.coverage.reduce((total, cell) => total + cell.known, 0);
  const enough = TILES.filter((tile) => regionSummary(tile.code, view).present >= ENOUGH_PROBES);
  return { present, known, regions: enough.length };
}

/** Open incidents, gravest first: kind, then confidence, then the later start. */
export function gravestFirst(incidents: readonly Incident[]): Incident[] {
  return [...incidents].sort(
    (a, b) =>
      KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
      CONFIDENCE_ORDER.indexOf(a.confidence) - CONFIDENCE_ORDER.indexOf(b.confidence) ||
      b.start.latest.localeCompare(a.start.latest) ||
      a.id.localeCompare(b.id),
  );
}

/** The page's first sentence: what is cut or blocked, where, since when; or that nothing is found; or too few to say. */
export function nowSentence(context: Context, view: NowView): string {
  const [gravest] = gravestFirst(view.open);
  if (gravest !== undefined) return incidentSentence(context, gravest);
  if (view.ownLine !== null && view.ownLine.state !== "international") return context.t("now.lead.ownLine");
  const watch = watchOf(view);
  if (watch.present < ENOUGH_PROBES)
    return context.t("now.lead.few", { present: watch.present, needed: ENOUGH_PROBES });
  const watched = new Set(view.coverage.filter((cell) => cell.present > 0).map((cell) => cell.region));
  return context.t("now.lead.quiet", { present: watch.present, regions: watched.size });
}

/** What stands below that sentence: how much else is open, and who watches. */
export function nowDek({ t }: Context, view: NowView): string {
  const watching = t("now.watching", { ...watchOf(view), all: TILES.length, needed: ENOUGH_PROBES });
  const more = view.open.length - 1;
  return more > 0 ? `${t("now.alsoOpen", { count: more })} ${watching}` : watching;
}

/** A start in a sentence: seconds are left to the table. */
function startText({ earliest, latest }: Interval, style: TimeStyle): string {
  const close = Date.parse(latest) - Date.parse(earliest) < 60_000;
  return close ? momentText(earliest, style) : spanText(earliest, latest, style);
}

function incidentSentence(context: Context, incident: Incident): string {
  const style = { language: context.language, zone: incidentZone(context, incident), near: context.asOf };
  return context.t(`now.lead.${incident.kind}`, {
    what: extentText(context, incident),
    targets: targetsText(context, incident),
    count: incident.targets.length,
    regions: regionsText(context, incident.regions),
    networks: networksText(context, incident.asns),
    when: startText(incident.start, style),
  });
}
