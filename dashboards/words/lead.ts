import type { IncidentView, NowView, PlaceView, TargetView } from "../../collector/api/types.ts";
import { attributionOf } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { historySentence as siteHistory, targetHistory } from "../parts/day-history.ts";
import { historyOf, historySentence } from "../parts/place-history.ts";
import { shownVersion } from "../parts/version-notes.ts";
import { networkSummary, type RegionState, regionSummary } from "../region-state.ts";
import { DEFAULT_ZONE, momentText, spanText } from "../time.ts";
import { spanOf } from "./changes.ts";
import { headline, incidentZone, methodText, witnessText } from "./incident.ts";
import { nowDek, nowSentence } from "./now-sentence.ts";
import { placeSentence } from "./place-sentence.ts";
import { siteSentence } from "./site-sentence.ts";
import { startText } from "./start.ts";

/** What a view says in its first lines, as plain text: for cards, for messengers, and for the frames of other pages. */
export type Lead = {
  /** What it is about, in a word or two. */
  kicker: string;
  title: string;
  lines: readonly string[];
};

/** The first page. */
export function nowLead(context: Context, view: NowView): Lead {
  const { t, language } = context;
  const when = momentText(view.asOf, { language, zone: DEFAULT_ZONE });
  return {
    kicker: `${t("place.KZ")} · ${t("nav.now")}`,
    title: nowSentence(context, view),
    lines: [when, nowDek(context, view)],
  };
}

/** One incident, as the page that is cited tells it: when, what was seen, how sure, and by whom. */
export function incidentLead(context: Context, view: IncidentView): Lead {
  const { t, said } = context;
  const { incident, publication = null } = view;
  const version = publication === null ? null : shownVersion(publication);
  const sure = `${t("scale.technical")}: ${said.confidence[incident.confidence]}`;
  const attribution = attributionOf(publication ?? { legal: [], statements: [] });
  const responsible = `${t("scale.attribution")}: ${said.attribution[attribution].name}`;
  const withdrawn = publication?.versions[0]?.change === "tombstone" ? [t("embed.withdrawn")] : [];
  return {
    kicker: version === null ? incident.id : `${version.number} · ${t("pub.version", { version: version.version })}`,
    title: standingHeadline(context, view),
    lines: [
      ...withdrawn,
      incidentSpan(context, view),
      `${sure}. ${responsible}.`,
      methodText(context, incident),
      `${t("incident.seenBy")}: ${witnessText(context, incident)}.`,
    ],
  };
}

/** Beginning and end of an incident with their bounds, in local time and UTC. */
export function incidentSpan(context: Context, { incident }: Pick<IncidentView, "incident">): string {
  const { t, language, said } = context;
  const style = { language, zone: incidentZone(context, incident) };
  const began = `${t("incident.began")}: ${startText(context, incident, style)}`;
  if (incident.end === null) return `${began}; ${said.notes.open}.`;
  return `${began}. ${t("incident.ended")}: ${spanText(incident.end.earliest, incident.end.latest, style)}.`;
}

/** One region or network. */
export function placeLead(context: Context, view: PlaceView): Lead {
  const { t } = context;
  const { rows } = historyOf(context, view);
  const id = view.region ?? `AS${view.asn}`;
  return {
    kicker: `${t(view.region === null ? "nav.networks" : "nav.regions")} · ${id}`,
    title: placeSentence(context, view, placeState(view)),
    lines: rows.length === 0 ? [t("coverage.empty")] : [historySentence(context, view, rows)],
  };
}

/** State of the region or network of a view. */
export function placeState(view: PlaceView): RegionState {
  return (view.region === null ? networkSummary(view.asn ?? 0, view) : regionSummary(view.region, view)).state;
}

/** One site. */
export function siteLead(context: Context, view: TargetView): Lead {
  const { t } = context;
  const { rows } = targetHistory(context, view);
  return {
    kicker: t(`category.${view.target.category}`),
    title: siteSentence(context, view),
    lines: [siteSpan(context, view), ...(rows.length === 0 ? [] : [siteHistory(context, view, rows)])],
  };
}

/** Since when there were signs at all, and until when; that nothing was ever found is told too. */
function siteSpan(context: Context, { incidents }: TargetView): string {
  const { t, language } = context;
  const span = spanOf(incidents);
  if (span === null) return t("changes.never");
  const style = { language, zone: DEFAULT_ZONE };
  const text = ({ earliest, latest }: { earliest: string; latest: string }) => spanText(earliest, latest, style);
  const first = `${t("changes.first")} ${text(span.first)}.`;
  return `${first} ${span.last === null ? t("changes.stillOpen") : `${t("changes.last")} ${text(span.last)}.`}`;
}

/** The sentence of an incident as it may be shared: first that it was withdrawn, or is told under another number. */
export function standingHeadline(context: Context, { incident, publication = null }: IncidentView): string {
  const said = { headline: headline(context, incident) };
  const change = publication?.versions[0]?.change;
  if (change === "tombstone") return context.t("notice.title.withdrawn", said);
  return change === "merged" ? context.t("notice.title.merged", said) : said.headline;
}
