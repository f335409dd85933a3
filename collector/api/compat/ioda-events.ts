import type { z } from "zod";
import type { Incident } from "../../../protocol/incident.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { Reader } from "../reader.ts";
import { standingIncidents } from "../standing-incidents.ts";
import { concerns } from "../timeline-view.ts";
import { type Entity, entityOf } from "./ioda-entities.ts";
import type { EventQuery } from "./ioda-operations.ts";
import { windowOf } from "./ioda-window.ts";

const READ_MAX = 10_000;

/** Losses of the line as IODA lists outages; null: nothing of that type and code is watched. */
export async function outages(reader: Reader, query: z.infer<typeof EventQuery>) {
  const { limit = 100, page = 0, orderBy = "time", entityType, entityCode } = query;
  const window = windowOf(query, reader.now());
  const entity =
    entityType === undefined || entityCode === undefined ? undefined : entityOf(reader, entityType, entityCode);
  if (entity === null) return null;
  const { incidents: found } = await standingIncidents(reader, {
    ...window,
    asOf: null,
    openOnly: false,
    limit: READ_MAX,
  });
  const rows = found
    .filter(({ kind }) => kind === "shutdown" || kind === "outage")
    .filter((incident) => entity === undefined || concerns(incident, entity))
    .map((incident) => eventRow(incident, entity ?? placeOf(reader, incident, entityType), window, reader.now()));
  const key = orderBy.startsWith("score") ? "score" : "start";
  const sign = orderBy.endsWith("desc") ? -1 : 1;
  return rows.sort((a, b) => sign * (a[key] - b[key])).slice(page * limit, (page + 1) * limit);
}

/** The place an incident is told under where none was asked for: its only region or network, else the country. */
function placeOf(reader: Reader, { regions, asns }: Incident, type: string | undefined): Entity {
  const [region, asn] = [regions.length === 1 ? regions[0] : undefined, asns.length === 1 ? asns[0] : undefined];
  const found =
    region !== undefined && type !== "asn"
      ? entityOf(reader, "region", region)
      : asn !== undefined && type !== "region"
        ? entityOf(reader, "asn", String(asn))
        : null;
  return found ?? { type: "country", code: "KZ", name: "Kazakhstan", region: null, asn: null };
}

const SCORES = { observed: 1, probable: 2, confirmed: 3 };

function eventRow(
  incident: Incident,
  { type, code, name }: Entity,
  window: { from: EpochMs; to: EpochMs },
  now: EpochMs,
) {
  const { start, end, kind, extent, confidence, id } = incident;
  const [first, last] = [Date.parse(start.latest), end === null ? now : Date.parse(end.earliest)];
  return {
    ...{ location: `${type}/${code}`, location_name: name, start: seconds(first) },
    duration: Math.max(0, seconds(last - first)),
    uncertainty: seconds(Date.parse(start.latest) - Date.parse(start.earliest)),
    ...{ status: end === null ? 1 : 0, fraction: null, score: SCORES[confidence] },
    overlaps_window: first < window.from || (end !== null && last > window.to) || end === null,
    ...{ datasource: "kuager" as const, method: extent === null ? kind : `${kind}.${extent}`, id },
  };
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
