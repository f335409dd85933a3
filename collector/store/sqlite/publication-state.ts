import type { z } from "zod";
import { Incident } from "../../../protocol/incident.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { PublishedVersion, Selection } from "../../../protocol/publication.ts";
import type { Current, Member, Numbered, PublicationState } from "../../publication/types.ts";
import type { Engine } from "./engine.ts";

export const PUBLICATION_STATE_SQL = {
  numbers: "SELECT number, held FROM publication ORDER BY number",
  given: "SELECT year, max(place) AS place FROM publication GROUP BY year",
  members: "SELECT number, id, feeds, only, except_parts FROM publication_member ORDER BY number, id",
  newest: `SELECT v.number, v.version, v.text FROM publication_version v
    JOIN (SELECT number, max(version) AS version FROM publication_version GROUP BY number) n
    ON n.number = v.number AND n.version = v.version ORDER BY v.number`,
  current: "SELECT id, stored, incident FROM incident WHERE until IS NULL ORDER BY started, id",
  gone: `SELECT i.id, max(i.until) AS until FROM publication_member m JOIN incident i ON i.id = m.id
    WHERE m.feeds = 1 GROUP BY i.id HAVING count(*) = count(i.until)`,
  unpublished: `SELECT m.number, min(i.stored) AS since FROM publication_member m JOIN incident i ON i.id = m.id
    JOIN (SELECT number, max(published) AS published FROM publication_version GROUP BY number) p ON p.number = m.number
    WHERE m.feeds = 1 AND i.stored > p.published GROUP BY m.number`,
  held: `SELECT h.id, i.incident FROM publication_hold h LEFT JOIN incident i ON i.id = h.id
    AND i.revision = (SELECT max(revision) FROM incident WHERE id = h.id) ORDER BY h.id`,
};

export type MemberRow = { number: string; id: string; feeds: number; only: string | null; except_parts: string };
type IncidentRow = { id: string; stored: number; incident: string };

/** Reads all that a decision about publishing rests on; for use inside its transaction. */
export function stateReader({ db }: Engine): () => PublicationState {
  const numbers = db.prepare<[], { number: string; held: number }>(PUBLICATION_STATE_SQL.numbers);
  const given = db.prepare<[], { year: number; place: number }>(PUBLICATION_STATE_SQL.given);
  const members = db.prepare<[], MemberRow>(PUBLICATION_STATE_SQL.members);
  const newest = db.prepare<[], { number: string; text: string }>(PUBLICATION_STATE_SQL.newest);
  const current = db.prepare<[], IncidentRow>(PUBLICATION_STATE_SQL.current);
  const gone = db.prepare<[], { id: string; until: number }>(PUBLICATION_STATE_SQL.gone);
  const unpublished = db.prepare<[], { number: string; since: number }>(PUBLICATION_STATE_SQL.unpublished);
  const held = db.prepare<[], { id: string; incident: string | null }>(PUBLICATION_STATE_SQL.held);
  const versionOf = remembering(PublishedVersion);
  const incidentOf = remembering(Incident);
  return () => {
    const rows = members.all();
    const incidents = current.all().map((row) => ({ ...row, incident: incidentOf(row.id, row.incident) }));
    const latest = new Map(newest.all().map(({ number, text }) => [number, versionOf(number, text)]));
    return {
      numbered: numbers.all().flatMap((row) => numbered(row, rows, latest.get(row.number) ?? null)),
      current: new Map(incidents.flatMap(asCurrent)),
      unreadable: new Set(incidents.filter(({ incident }) => incident === null).map(({ id }) => id)),
      gone: new Map(gone.all().map(({ id, until }) => [id, until])),
      unpublishedSince: new Map(unpublished.all().map(({ number, since }) => [number, since])),
      numberOf: new Map(rows.sort(leading).map(({ id, number }) => [id, number])),
      held: new Map(held.all().flatMap(({ id, incident }) => pair(id, incidentOf(id, incident ?? "")))),
      given: new Map(given.all().map(({ year, place }) => [year, place])),
    };
  };
}

/** Versions by number and place; each is read and parsed once. Null for what this version of the program cannot read. */
export function rememberingVersions(
  read: (number: string, version: number) => string,
): (number: string, version: number) => PublishedVersion | null {
  const known = new Map<string, PublishedVersion | null>();
  return (number, version) => {
    const key = `${number}-v${version}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const parsed = parseJson(PublishedVersion, read(number, version));
    const value = parsed.ok ? parsed.value : null;
    if (known.size >= KEPT) known.clear();
    known.set(key, value);
    return value;
  };
}

/** Parses texts by key; a text that is as it was is not parsed again. Null for what this version cannot read. */
function remembering<S extends z.ZodType>(schema: S): (key: string, text: string) => z.infer<S> | null {
  const known = new Map<string, { text: string; value: z.infer<S> | null }>();
  return (key, text) => {
    const before = known.get(key);
    if (before?.text === text) return before.value;
    const parsed = parseJson(schema, text);
    const value = parsed.ok ? parsed.value : null;
    if (known.size >= KEPT) known.clear();
    known.set(key, { text, value });
    return value;
  };
}
const KEPT = 20_000;

function numbered(
  { number, held }: { number: string; held: number },
  rows: readonly MemberRow[],
  latest: PublishedVersion | null,
): Numbered[] {
  // A version of a newer program that cannot be read is left alone.
  if (latest === null) return [];
  const members = rows.filter((row) => row.number === number && row.feeds === 1).map(memberOf);
  return [{ number, held: held === 1, members, latest }];
}

/** The member of a stored row. */
export function memberOf({ id, only, except_parts }: MemberRow): Member {
  return {
    id,
    only: only === null ? null : Selection.parse(JSON.parse(only)),
    except: except_parts === "[]" ? [] : Selection.array().parse(JSON.parse(except_parts)),
  };
}

/** An incident of which parts stand under numbers of their own leads to the number that has the rest: it comes last. */
export function leading(a: MemberRow, b: MemberRow): number {
  return Number(a.only === null) - Number(b.only === null) || a.feeds - b.feeds || (a.number < b.number ? 1 : -1);
}

function asCurrent({
  id,
  stored,
  incident,
}: {
  id: string;
  stored: number;
  incident: Incident | null;
}): [string, Current][] {
  return incident === null ? [] : [[id, { incident, stored }]];
}

function pair(id: string, incident: Incident | null): [string, Incident][] {
  return incident === null ? [] : [[id, incident]];
}
