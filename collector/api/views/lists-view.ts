import { incidentRows } from "../incident-rows.ts";
import { type Reader, stamp } from "../reader.ts";
import { concerns, eventsIn } from "../timeline-view.ts";
import type { EventsView, IncidentChoice, IncidentsView } from "./view-types.ts";

const INCIDENTS_MAX = 5000;
const EVENTS_MAX = 2000;
const AHEAD_MS = 366 * 86_400_000;

/** Incidents picked by place, site, kind, confidence, time and whether they are open; newest first. */
export async function incidentsView(reader: Reader, choice: IncidentChoice, page: number): Promise<IncidentsView> {
  const window = {
    from: choice.from === null ? 0 : Date.parse(choice.from),
    to: choice.to === null ? reader.now() + 1 : Date.parse(choice.to),
  };
  const found = (await incidentRows(reader, { ...window, asOf: null, openOnly: choice.open }))
    .sort((a, b) => (a.start.earliest < b.start.earliest ? 1 : a.start.earliest > b.start.earliest ? -1 : 0))
    .slice(0, INCIDENTS_MAX);
  const incidents = found
    .filter((incident) => concerns(incident, choice))
    .filter(({ targets }) => choice.target === null || targets.includes(choice.target))
    .filter(({ kind }) => choice.kind === null || kind === choice.kind)
    .filter(({ confidence }) => choice.confidence === null || confidence === choice.confidence)
    .filter(({ state }) => choice.state === null || state === choice.state);
  return {
    ...stamp(reader, null),
    names: reader.catalogue.names,
    choice,
    incidents,
    ...(await isBlind(reader, choice)),
    page,
    cut: found.length === INCIDENTS_MAX,
  };
}

/** Whether fewer probes are connected in the chosen place than show an incident. */
async function isBlind(reader: Reader, { region, asn }: IncidentChoice): Promise<{ few?: true }> {
  const present = reader.present();
  const watching = (await reader.store.probes.all()).filter(
    (probe) =>
      probe.role === "witness" &&
      present.has(probe.id) &&
      (region === null || probe.region === region) &&
      (asn === null || probe.asn === asn),
  );
  return watching.length < reader.enoughProbes ? { few: true } : {};
}

export type EventsChoice = Pick<EventsView, "kind" | "region" | "from" | "to" | "page">;

/** Events picked by kind, place and time; oldest first, announced ones of the coming year included. */
export async function eventsView(reader: Reader, choice: EventsChoice): Promise<EventsView> {
  const window = {
    from: choice.from === null ? 0 : Date.parse(choice.from),
    to: choice.to === null ? reader.now() + AHEAD_MS : Date.parse(choice.to),
  };
  const events = eventsIn(await reader.store.events.within(window, EVENTS_MAX), choice.region);
  return {
    ...stamp(reader, null),
    names: reader.catalogue.names,
    ...choice,
    events: events.filter(({ kind }) => choice.kind === null || kind === choice.kind),
  };
}
