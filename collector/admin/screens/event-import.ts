import type { FastifyInstance } from "fastify";
import { EVENT_FORMATS, readEvents } from "../../events/read-events.ts";
import type { Desk } from "../desk.ts";
import { eventRows, isLate } from "../event-rows.ts";
import { addScreen, type Visit } from "../visit.ts";
import { keepEvents } from "./events.ts";

const TEXT_CHARS_MAX = 4 * 1024 * 1024;
const REFUSED_SHOWN = 200;

/** Events from a file (our CSV, ACLED, a calendar): first what would be taken, then, asked again, the taking itself. */
export function addEventImport(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, { path: "/events/import", role: "editor", file: true, post: (visit) => take(desk, visit) });
}

async function take(desk: Desk, { form, frame, session }: Visit) {
  const { catalogue, store, now } = desk.reader;
  const text = textOf(form.file("file")) ?? form.all("text")[0] ?? "";
  if (text.trim() === "" || text.length > TEXT_CHARS_MAX) return { to: "/events" };
  const format = EVENT_FORMATS.find((name) => name === form.one("format"));
  const { events, refused, format: seen } = readEvents("file", text, { format, regions: catalogue.regions });
  if (form.one("sure") !== "yes") {
    const known = await eventRows(store, events);
    const rows = known.map((row) => (row.entered === null ? { ...row, late: isLate(row, now()) } : row));
    const view = { format: seen, events: rows, refused: refused.slice(0, REFUSED_SHOWN), text };
    return { page: desk.pages.preview(view, frame) };
  }
  const changed = await keepEvents(desk, events, session.account.name);
  const detail = `${seen}: ${events.length} read, ${changed} new or changed, ${refused.length} refused`;
  await desk.audit.record({ by: session.account.name, act: "events imported", detail });
  return { to: "/events", done: "imported" as const };
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder("utf-8").decode(bytes);
}
