import { z } from "zod";
import { nowView } from "../now-view.ts";
import { isNumber } from "../publication-view.ts";
import { PARAMETERS, readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { targetView } from "../target-view.ts";
import type {
  Embed,
  IncidentView,
  Language,
  MatrixView,
  NowView,
  PlaceView,
  TargetView,
  TimelinePageView,
} from "../types.ts";
import { matrixView } from "../views/matrix-view.ts";
import { networkOf, PAGE_QUERIES } from "../views/page-query.ts";
import { placeView } from "../views/place-view.ts";
import { timelinePageView } from "../views/timeline-page-view.ts";
import { shownIncident, versionOf } from "./incident-pages.ts";
import { timelineChoice } from "./timeline.ts";

/** What makes something of each view that may be shown elsewhere; one that is left out is not offered. */
export type Makers = {
  readonly now?: Embed<NowView>;
  readonly map?: Embed<NowView>;
  readonly timeline?: Embed<TimelinePageView>;
  readonly matrix?: Embed<MatrixView>;
  readonly place?: Embed<PlaceView>;
  readonly target?: Embed<TargetView>;
  readonly incident?: Embed<IncidentView>;
};

export type Asked = {
  readonly query: unknown;
  readonly language: Language;
  /** Address of the site. */
  readonly site: string;
};

/**
 * Makes what stands at a path below `/chart`, `/card` or `/embed`: `now`, `map`, `timeline`, `matrix`, `regions/…`,
 * `networks/…`, `targets/…`, `i/…` and `i/…/v3`. Null where there is nothing of that name.
 */
export async function makeShown(reader: Reader, makers: Makers, path: string, asked: Asked): Promise<string | null> {
  const [kind = "", id, version, ...more] = path.split("/");
  if (more.length > 0 || (version !== undefined && kind !== "i") || id === "") return null;
  if (id === undefined) return ofCountry(reader, makers, kind, asked);
  switch (kind) {
    case "regions":
      return ofPlace(reader, makers, { region: id, asn: null }, asked);
    case "networks":
      return ofPlace(reader, makers, { region: null, asn: networkOf(id) }, asked);
    case "targets":
      return ofTarget(reader, makers, id, asked);
    case "i":
      return ofIncident(reader, makers, { id, version }, asked);
    default:
      return null;
  }
}

async function ofCountry(reader: Reader, makers: Makers, kind: string, asked: Asked): Promise<string | null> {
  const { query, language } = asked;
  if (kind === "now" || kind === "map")
    return makers[kind]?.(await nowView(reader), language, addressOf(asked, kind === "map" ? "/regions" : "")) ?? null;
  if (kind === "timeline" && makers.timeline !== undefined) {
    const { events, ...choice } = readQuery(PAGE_QUERIES.timeline, query);
    const view = await timelinePageView(reader, timelineChoice(choice, reader.now()), events !== "0");
    const { region, asn, from, to, asOf } = view;
    const own = { region, asn, from, to, as_of: asOf, events: events === "0" ? "0" : null };
    return makers.timeline(view, language, addressOf(asked, `/timeline${queryOf(own)}`));
  }
  if (kind === "matrix" && makers.matrix !== undefined) {
    const { at = null, value, sort } = readQuery(PAGE_QUERIES.matrix, query);
    const view = await matrixView(reader, { at, value, sort });
    return makers.matrix(view, language, addressOf(asked, `/matrix${queryOf({ at: view.at, value })}`));
  }
  return null;
}

type Place = { region: string | null; asn: number | null };

async function ofPlace(reader: Reader, { place }: Makers, { region, asn }: Place, asked: Asked) {
  const known = place !== undefined && (region !== null || asn !== null);
  const view = known ? await placeView(reader, { region, asn }) : null;
  const path = region === null ? `/networks/AS${asn}` : `/regions/${region}`;
  return view === null ? null : (place?.(view, asked.language, addressOf(asked, path)) ?? null);
}

async function ofTarget(reader: Reader, { target }: Makers, id: string, asked: Asked) {
  const view = target === undefined ? null : await targetView(reader, id, null);
  const address = addressOf(asked, `/targets/${encodeURIComponent(id)}`);
  return view === null ? null : (target?.(view, asked.language, address) ?? null);
}

async function ofIncident(
  reader: Reader,
  { incident }: Makers,
  wanted: { id: string; version: string | undefined },
  asked: Asked,
) {
  if (incident === undefined) return null;
  const { as_of: asOf = null } = readQuery(INCIDENT, asked.query);
  const numbered = isNumber(wanted.id) || asOf !== null ? null : await reader.store.publications.numberOf(wanted.id);
  const version = wanted.version === undefined ? null : versionOf(wanted.version);
  const view = await shownIncident(reader, { id: numbered ?? wanted.id, version, asOf, against: null });
  return view === null ? null : incident(view, asked.language, permanentOf(asked, view));
}

const INCIDENT = z.object({ as_of: PARAMETERS.as_of });

/** The address that is cited: of the version, in no language; or the incident as known then. */
function permanentOf(asked: Asked, { incident, publication = null, asOf }: IncidentView): string {
  const version = publication?.shown ?? publication?.versions[0]?.version;
  return publication === null || version === undefined
    ? addressOf(asked, `/i/${encodeURIComponent(incident.id)}${queryOf({ as_of: asOf })}`)
    : `${asked.site}/i/${publication.number}/v${version}`;
}

function addressOf({ site, language }: Asked, path: string): string {
  return `${site}/${language}${path}`;
}

/** A query; milliseconds that say nothing are left out, since people type what they read under a picture. */
function queryOf(values: Readonly<Record<string, string | number | null>>): string {
  const parts = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${String(value).replace(/\.000Z$/, "Z")}`],
  );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
