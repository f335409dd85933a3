import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { incidentView, publishedView } from "../incident-view.ts";
import { isNumber } from "../publication-view.ts";
import { PARAMETERS, readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import type { IncidentView, Pages } from "../types.ts";
import { addPage, type Show } from "./page.ts";

const { as_of, lang } = PARAMETERS;
/** `diff` names an older version to hold the shown one against; what is no number is passed over. */
const IncidentQuery = z.object({
  as_of,
  lang,
  diff: z.coerce.number().int().min(1).max(999_999).optional().catch(undefined),
});
const VERSION = /^v([1-9]\d{0,5})$/;

/**
 * `/i/KZ-2026-0042`: the newest version of a published incident; `/i/KZ-2026-0042/v3`: that version, which never changes.
 * An id of the analysis leads to the number, where it has one, unless a moment is asked for (`as_of`).
 */
export function addIncidentPages(app: FastifyInstance, reader: Reader, pages: Pages): void {
  const show: Show = async ({ query, id, language, prefix, params }) => {
    const asked = readQuery(IncidentQuery, query);
    const asOf = asked.as_of ?? null;
    const { version: place } = params;
    const version = place === undefined ? null : versionOf(place);
    const number = isNumber(id) || asOf !== null ? null : await reader.store.publications.numberOf(id);
    if (number !== null) return { to: `${prefix}/i/${number}${place === undefined ? "" : `/${place}`}` };
    const view = await shownIncident(reader, { id, version, asOf, against: asked.diff ?? null });
    return view === null ? null : pages.incident(view, language);
  };
  addPage({ app, reader, pages }, "/i/:id", show);
  addPage({ app, reader, pages }, "/i/:id/:version", show);
}

/** A published incident, or, by an id of the analysis, the incident as the analysis knew it. */
export async function shownIncident(
  reader: Reader,
  wanted: Parameters<typeof publishedView>[1],
): Promise<IncidentView | null> {
  const published = isNumber(wanted.id) ? await publishedView(reader, wanted) : null;
  return published ?? (wanted.version === null ? incidentView(reader, wanted.id, wanted.asOf) : null);
}

/** The number in a part of an address such as `v3`; 0, which no version has, where it is none. */
export function versionOf(place: string): number {
  return Number(VERSION.exec(place)?.[1] ?? 0);
}
