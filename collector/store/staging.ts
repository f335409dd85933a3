import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EpochMs } from "../analysis/types.ts";
import { openDatabase, stored } from "./database.ts";
import type { EntryRow, PresenceRow } from "./store.ts";

/** An entry of a file, and the line on which it stands. */
export type StagedEntry = EntryRow & {
  readonly line: number;
  readonly probe: string;
  readonly prev: string;
  readonly received: EpochMs;
  readonly signature: string | null;
};
export type StagedLink = Pick<StagedEntry, "line" | "seq" | "prev" | "hash" | "signature">;
export type StagedPresence = PresenceRow & { readonly received: EpochMs; readonly route: "dns" | null };

/** Room on disk in which the lines of a file are put in order before they are stored: files may exceed memory. */
export type Staging = {
  /** `same` when it is staged already; the line of another entry staged under its number. */
  add: (entry: StagedEntry) => "added" | "same" | { line: number };
  addPresence: (presence: StagedPresence) => void;
  probes: () => string[];
  /** Earliest receive time of what is staged; null when nothing is. */
  earliest: () => EpochMs | null;
  /** The next links of a probe's chain after `seq`, upwards or downwards. */
  links: (probe: string, seq: number, direction: "up" | "down") => StagedLink[];
  entries: (probe: string, after: number) => StagedEntry[];
  drop: (probe: string, seq: number) => void;
  /** The next presences by their start, so that those stored together lie together in time. */
  presences: (after: { from: EpochMs; id: number }) => (StagedPresence & { id: number })[];
  close: () => Promise<void>;
};

const PAGE = 500;
const SCHEMA = `
  CREATE TABLE entry (
    probe TEXT NOT NULL, seq INTEGER NOT NULL, line INTEGER NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL,
    signature TEXT, received INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT, at INTEGER NOT NULL, text TEXT NOT NULL,
    UNIQUE (probe, seq)
  ) STRICT;
  CREATE TABLE presence (
    id INTEGER PRIMARY KEY, probe TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
    received INTEGER NOT NULL, route TEXT
  ) STRICT;
  CREATE INDEX presence_from ON presence (from_at, id);
`;
const LINK = "line, seq, prev, hash, signature";
const SQL = {
  add: `INSERT INTO entry VALUES (@probe, @seq, @line, @prev, @hash, @signature, @received, @kind, @target, @at, @text)
    ON CONFLICT DO NOTHING`,
  same: "SELECT line, hash FROM entry WHERE probe = ? AND seq = ?",
  addPresence:
    "INSERT INTO presence (probe, from_at, to_at, received, route) VALUES (@probe, @from, @to, @received, @route)",
  probes: "SELECT DISTINCT probe FROM entry ORDER BY probe",
  earliest:
    "SELECT min(at) AS at FROM (SELECT min(received) AS at FROM entry UNION ALL SELECT min(from_at) FROM presence)",
  up: `SELECT ${LINK} FROM entry WHERE probe = ? AND seq > ? ORDER BY seq LIMIT ${PAGE}`,
  down: `SELECT ${LINK} FROM entry WHERE probe = ? AND seq < ? ORDER BY seq DESC LIMIT ${PAGE}`,
  entries: `SELECT * FROM entry WHERE probe = ? AND seq > ? ORDER BY seq LIMIT ${PAGE}`,
  drop: "DELETE FROM entry WHERE probe = ? AND seq = ?",
  presences: `SELECT id, probe, from_at AS "from", to_at AS "to", received, route FROM presence
    WHERE (from_at, id) > (?, ?) ORDER BY from_at, id LIMIT ${PAGE}`,
};

/** Opens room in `folder`; `close` removes it. Errors: those of a database that cannot be written. */
export async function openStaging(folder: string): Promise<Staging> {
  const place = await mkdtemp(join(folder, "import-"));
  const file = join(place, "staging.db");
  const db = await openDatabase(file);
  // Nothing here is worth keeping after a crash.
  db.pragma("synchronous = OFF");
  db.exec(SCHEMA);
  db.exec("BEGIN");
  const add = db.prepare<[object]>(SQL.add);
  const same = db.prepare<[string, number], { line: number; hash: string }>(SQL.same);
  const addPresence = db.prepare<[object]>(SQL.addPresence);
  const probes = db.prepare<[], { probe: string }>(SQL.probes);
  const earliest = db.prepare<[], { at: EpochMs | null }>(SQL.earliest);
  const up = db.prepare<[string, number], StagedLink>(SQL.up);
  const down = db.prepare<[string, number], StagedLink>(SQL.down);
  const entries = db.prepare<[string, number], StagedEntry>(SQL.entries);
  const drop = db.prepare<[string, number]>(SQL.drop);
  const presences = db.prepare<[number, number], StagedPresence & { id: number }>(SQL.presences);
  return {
    add: (entry) =>
      stored(file, () => {
        if (add.run(entry).changes > 0) return "added";
        const other = same.get(entry.probe, entry.seq);
        return other === undefined || other.hash === entry.hash ? "same" : { line: other.line };
      }),
    addPresence: (presence) => stored(file, () => void addPresence.run(presence)),
    probes: () => probes.all().map(({ probe }) => probe),
    earliest: () => earliest.get()?.at ?? null,
    links: (probe, seq, direction) => (direction === "up" ? up : down).all(probe, seq),
    entries: (probe, after) => entries.all(probe, after),
    drop: (probe, seq) => void drop.run(probe, seq),
    presences: ({ from, id }) => presences.all(from, id),
    close: async () => {
      db.close();
      await rm(place, { recursive: true, force: true });
    },
  };
}
