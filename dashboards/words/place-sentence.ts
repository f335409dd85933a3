import type { Incident, PlaceKind, PlaceView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import type { RegionState } from "../region-state.ts";
import { extentText, headline } from "./incident.ts";
import { networkShort, regionName } from "./names.ts";
import { gravestFirst } from "./now-sentence.ts";

const TOLD: readonly RegionState[] = ["cut", "limited", "outage", "blocked"];

/** How all regions, or all networks, are now: where something is open, and of how many nothing can be said. */
export function placesSentence(
  { t }: Context,
  by: PlaceKind,
  places: readonly { state: RegionState; name: string }[],
): string {
  const touched = places.filter(({ state }) => TOLD.includes(state));
  const unknown = places.filter(({ state }) => state === "few" || state === "none").length;
  const values = { count: touched.length, all: places.length, unknown };
  return t(by === "region" ? "places.sentenceRegions" : "places.sentenceNetworks", values);
}

/** How one region or network is now, in one sentence. */
export function placeSentence(context: Context, view: PlaceView, state: RegionState): string {
  const { t } = context;
  const place = placeName(context, view);
  const [gravest] = gravestFirst(view.open);
  if (gravest !== undefined)
    return t("place.sentence.open", {
      place,
      what: whatText(context, gravest),
      count: view.open.length,
    });
  if (state === "none") return t("place.sentence.none", { place });
  return t(state === "few" ? "place.sentence.few" : "place.sentence.quiet", { place });
}

/** What an incident is, without the place, which stands before it. */
function whatText(context: Context, incident: Incident): string {
  if (incident.kind === "shutdown") return extentText(context, incident);
  return incident.kind === "outage" ? context.t("region.outage") : headline(context, incident);
}

/** Name of the place that a view is about. */
export function placeName(context: Context, { region, asn }: Pick<PlaceView, "region" | "asn">): string {
  return region === null ? networkShort(context, asn) : regionName(context, region);
}
