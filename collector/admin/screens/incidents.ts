import type { FastifyInstance } from "fastify";
import type { PublishedVersion } from "../../../protocol/publication.ts";
import { readRequest, review } from "../../publication/review.ts";
import type { Desk } from "../desk.ts";
import type { Confirmed, IncidentRow, IncidentView } from "../types.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

const DAY_MS = 86_400_000;
const RECENT_MS = 30 * DAY_MS;
const SHOWN_MAX = 200;
const READ_MAX = 10_000;
const NUMBER = /^KZ-\d{4}-\d{4,6}$/;
/** Acts that take something from readers, or cannot be undone by one further act. */
const CONFIRMED: Readonly<Record<string, Confirmed>> = { merge: "merge", split: "split", tombstone: "tombstone" };

/** Review of incidents: what is published, what waits, and each act on it. */
export function addIncidents(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, { path: "/incidents", role: "viewer", get: (visit) => list(desk, visit) });
  addScreen(app, desk, {
    path: "/incidents/:id",
    role: "viewer",
    sends: "reviewer",
    get: (visit) => one(desk, visit),
    post: (visit) => act(desk, visit),
  });
}

async function list(desk: Desk, { frame }: Visit) {
  const { store, now } = desk.reader;
  const window = { from: now() - RECENT_MS, to: now() + 1, asOf: null, openOnly: false, limit: READ_MAX };
  const [newest, incidents, heads, holds, acts] = await Promise.all([
    store.publications.newest(),
    store.incidents.list(window),
    store.publications.heads(null),
    store.publications.holds(),
    store.publications.acts({ subject: null, before: null, limit: 50 }),
  ]);
  const published = [...newest].sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1)).slice(0, SHOWN_MAX);
  const held = new Set(holds);
  const heldNumbers = await heldOf(desk, published);
  const unnumbered = incidents
    .filter(({ id }) => !heads.has(id))
    .map((incident): IncidentRow => ({ incident, number: null, held: held.has(incident.id) }));
  const view = { published, heldNumbers, unnumbered: unnumbered.slice(0, SHOWN_MAX), acts: acts.map((row) => row.act) };
  return { page: desk.pages.incidents(view, frame) };
}

async function heldOf({ reader }: Desk, published: readonly PublishedVersion[]): Promise<string[]> {
  const held = await Promise.all(published.map(({ number }) => reader.store.publications.isHeld(number)));
  return published.filter((_, index) => held[index] === true).map(({ number }) => number);
}

async function one(desk: Desk, { id, frame }: Visit, problem: string | null = null) {
  const view = await incidentOf(desk, id);
  if (view === null) return { page: desk.pages.refused("missing", frame), status: 404 };
  return { page: desk.pages.incident(view, { ...frame, problem }), ...(problem !== null && { status: 400 }) };
}

async function incidentOf({ reader }: Desk, id: string): Promise<IncidentView | null> {
  const { publications, admin } = reader.store;
  const number = NUMBER.test(id) ? id : await publications.numberOf(id);
  const versions = number === null ? [] : await publications.versions(number);
  const members = number === null ? [id] : (await publications.members(number)).map((member) => member.id);
  const known = (await Promise.all(members.map((member) => admin.alerts.known(member)))).find(
    (row) => row?.current === true,
  );
  if (versions.length === 0 && known === undefined) return null;
  const subject = number ?? id;
  const [acts, holds, newest] = await Promise.all([
    publications.acts({ subject, before: null, limit: 50 }),
    publications.holds(),
    publications.newest(),
  ]);
  return {
    ...{ subject, number, versions, current: known?.incident ?? null, acts: acts.map((row) => row.act) },
    held: number === null ? holds.includes(id) : await publications.isHeld(number),
    others: newest
      .map((version) => version.number)
      .filter((other) => other !== number)
      .slice(-SHOWN_MAX),
  };
}

async function act(desk: Desk, visit: Visit) {
  const { form, session, id } = visit;
  const { reader, audit } = desk;
  const kind = form.one("act");
  const words = Object.fromEntries(["kk", "ru", "en"].map((language) => [language, form.one(`note-${language}`)]));
  const note = Object.fromEntries(Object.entries(words).filter(([, word]) => word !== ""));
  const request = readRequest({
    ...{ act: kind, subject: id },
    ...(Object.keys(note).length > 0 && { note }),
    ...(kind === "merge" && { other: form.one("other") }),
    ...(kind === "split" && { selection: selectionOf(visit) }),
  });
  const needed = CONFIRMED[kind];
  const question = needed === undefined ? null : asked(desk, visit, needed, { subject: id, back: `/incidents/${id}` });
  if (question !== null) return question;
  const made = await review(reader.store, request, {
    reviewer: { role: visit.role, name: session.account.name },
    at: reader.now(),
    rulesVersion: reader.rulesVersion,
  });
  const detail = [kind, ...made.map(({ number, version }) => `${number}-v${version}`)].join(" ");
  await audit.record({ by: session.account.name, act: "incident reviewed", subject: id, detail });
  return { to: `/incidents/${made[0]?.number ?? id}`, done: "reviewed" as const };
}

/** What is to be split off: lists of sites, networks and regions, parted by blanks or commas. */
function selectionOf({ form }: Visit) {
  const list = (name: string) =>
    form
      .one(name)
      .split(/[\s,]+/)
      .filter((part) => part !== "");
  const [targets, asns, regions] = [list("targets"), list("asns"), list("regions")];
  return {
    ...(targets.length > 0 && { targets }),
    ...(asns.length > 0 && { asns: asns.map((text) => Number(text.replace(/^as/i, ""))) }),
    ...(regions.length > 0 && { regions }),
  };
}
