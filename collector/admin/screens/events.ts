import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { WorldEvent } from "../../api/types.ts";
import { readEvent } from "../../events/own-csv.ts";
import { createPlaces } from "../../events/places.ts";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import { eventRows } from "../event-rows.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

export const EVENT_FIELDS = [
  "id",
  "kind",
  "sanctioned",
  "place",
  "title",
  "start",
  "end",
  "precision",
  "source",
] as const;
const DAY_MS = 86_400_000;
const SHOWN_MS = 180 * DAY_MS;
const SHOWN_MAX = 1000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Events: list, add, change, remove. Nothing found by the analysis is shown here: who enters rallies must not be led by
 * what was measured.
 */
export function addEvents(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, { path: "/events", role: "viewer", get: (visit) => list(desk, visit) });
  addScreen(app, desk, {
    path: "/events/edit",
    role: "editor",
    get: (visit) => edit(desk, visit),
    post: (visit) => save(desk, visit),
  });
  addScreen(app, desk, { path: "/events/remove", role: "editor", post: (visit) => remove(desk, visit) });
}

async function list(desk: Desk, { query, frame }: Visit) {
  const { store, now } = desk.reader;
  const to = DAY.test(query("to")) ? Date.parse(query("to")) + DAY_MS : now() + SHOWN_MS;
  const from = DAY.test(query("from")) ? Date.parse(query("from")) : Math.min(to, now()) - SHOWN_MS;
  const events = await store.events.within({ from, to }, SHOWN_MAX);
  const rows = (await eventRows(store, events)).reverse();
  return {
    page: desk.pages.events({ events: rows, from: utc(from).slice(0, 10), to: utc(to - DAY_MS).slice(0, 10) }, frame),
  };
}

async function edit(desk: Desk, { query, frame }: Visit) {
  const id = query("event");
  const event = id === "" ? null : await eventOf(desk, id);
  if (id !== "" && event === null) return { page: desk.pages.refused("missing", frame), status: 404 };
  const values = event === null ? {} : Object.fromEntries(EVENT_FIELDS.map((name) => [name, event[name] ?? ""]));
  return { page: desk.pages.eventForm({ values, isNew: event === null }, frame) };
}

async function save(desk: Desk, { form, frame, session }: Visit) {
  const { catalogue } = desk.reader;
  const values = Object.fromEntries(EVENT_FIELDS.map((name) => [name, form.one(name)]));
  const isNew = values.id === "";
  const given: Partial<Record<string, string>> = { ...values, ...(isNew && { id: `desk-${randomUUID()}` }) };
  const read = readEvent((name) => given[name] ?? "", createPlaces(catalogue.regions));
  if (!("event" in read))
    return {
      page: desk.pages.eventForm({ values, isNew }, { ...frame, problem: read.problems.join("; ") }),
      status: 400,
    };
  const before = await eventOf(desk, read.event.id);
  // Translations stay as long as what they translate does.
  const titles = before?.title === read.event.title ? before.titles : undefined;
  await keepEvents(desk, [{ ...read.event, ...(titles !== undefined && { titles }) }], session.account.name);
  await desk.audit.record({
    ...{ by: session.account.name, act: "event saved", subject: read.event.id, detail: read.event.title },
  });
  return { to: `/events?from=${read.event.start.slice(0, 10)}`, done: "saved" as const };
}

/** Stores events and notes who first put them on record, and when. */
export async function keepEvents({ reader }: Desk, events: readonly WorldEvent[], editor: string): Promise<number> {
  const { store, now } = reader;
  const changed = await store.events.put(events, now());
  await store.admin.eventEntries.note(
    events.map(({ id }) => id),
    now(),
    editor,
  );
  return changed;
}

async function remove(desk: Desk, visit: Visit) {
  const id = visit.form.one("event");
  const event = await eventOf(desk, id);
  if (event === null) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const question = asked(desk, visit, "removeEvent", { subject: event.title, back: "/events" });
  if (question !== null) return question;
  await desk.reader.store.events.remove(id);
  await desk.audit.record({ by: visit.session.account.name, act: "event removed", subject: id, detail: event.title });
  return { to: "/events", done: "removed" as const };
}

async function eventOf({ reader }: Desk, id: string): Promise<WorldEvent | null> {
  return id === "" ? null : reader.store.events.byId(id);
}
