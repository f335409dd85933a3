import type { Incident, Interval, NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { styleOf } from "../parts/when.ts";
import { regionSummary } from "../region-state.ts";
import { TILES } from "../tiles.ts";
import { DEFAULT_ZONE, momentText, spanText, type TimeStyle } from "../time.ts";
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
  const enough = TILES.filter((tile) => regionSummary(tile.code, view).present >= view.enoughProbes);
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
  const unseen = isUnseen(view);
  if (gravest !== undefined && !unseen) return incidentSentence(context, gravest);
  if (view.ownLine !== null && view.ownLine.state !== "international") return context.t("now.lead.ownLine");
  if (unseen) return context.t("blind.title");
  const watch = watchOf(view);
  if (watch.present < view.enoughProbes)
    return context.t("now.lead.few", { present: watch.present, needed: view.enoughProbes });
  const watched = new Set(view.coverage.filter((cell) => cell.present > 0).map((cell) => cell.region));
  return context.t("now.lead.quiet", { present: watch.present, regions: watched.size });
}

/**
 * Whether nobody watches now and no open cut explains that: what was open when probes were last heard is then the past.
 * Where each region that was watched is cut whole, the silence is what was found, and the page says so.
 */
export function isUnseen(view: NowView): boolean {
  const watched = view.coverage.filter(({ known }) => known > 0);
  if (watched.length === 0 || watched.some(({ present }) => present > 0)) return false;
  return watched.some(({ region }) => region === null || regionSummary(region, view).state !== "cut");
}

/** What stands below that sentence: how much else is open, and who watches; or when somebody last did. */
export function nowDek(context: Context, view: NowView): string {
  if (isUnseen(view)) return blindNote(context, view);
  const { t } = context;
  const watching = t("now.watching", { ...watchOf(view), all: TILES.length, needed: view.enoughProbes });
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

/** That what is shown was known last, and when something was measured last. */
export function blindNote(context: Context, { measurements: { lastAt } }: NowView): string {
  const { t } = context;
  if (lastAt === null) return t("blind.note");
  return `${t("blind.note")} ${t("blind.last", { when: momentText(lastAt, styleOf(context, DEFAULT_ZONE)) })}`;
}
