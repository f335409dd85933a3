import type { PublishedVersion } from "../../../protocol/publication.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { Engine } from "./engine.ts";
import { leading, type MemberRow, PUBLICATION_STATE_SQL, rememberingVersions } from "./publication-state.ts";

const MEMBER = "number, id, feeds, only, except_parts";

/** What was published, and led to what, at a moment. A bare column beside max() is of the row that has it. */
export const PUBLICATION_THEN_SQL = {
  newest: `SELECT number, max(version) AS version, over FROM publication_version INDEXED BY publication_version_head
    WHERE published <= ? GROUP BY number`,
  version: "SELECT text FROM publication_version WHERE number = ? AND version = ?",
  members: `SELECT ${MEMBER}, max(since) FROM publication_member_past WHERE since <= ? GROUP BY number, id`,
  membersOf: `SELECT ${MEMBER}, max(since) FROM publication_member_past WHERE number = ? AND since <= ? GROUP BY id`,
  membersOfNow: `SELECT ${MEMBER} FROM publication_member WHERE number = ? ORDER BY id`,
  keep: `INSERT INTO publication_member_past (number, id, since, feeds, only, except_parts)
    SELECT number, id, max(@at, coalesce((SELECT max(since) FROM publication_member_past WHERE number = @number), 0)),
      feeds, only, except_parts FROM publication_member m
    WHERE number = @number AND NOT EXISTS (SELECT 1 FROM publication_member_past p WHERE p.number = m.number AND p.id = m.id
      AND p.since = (SELECT max(since) FROM publication_member_past WHERE number = m.number AND id = m.id)
      AND p.feeds = m.feeds AND p.only IS m.only AND p.except_parts = m.except_parts)
    ON CONFLICT (number, id, since) DO UPDATE
      SET feeds = excluded.feeds, only = excluded.only, except_parts = excluded.except_parts`,
};

type Newest = { number: string; version: number; over: number };
type Head = { number: string; version: number; over: boolean };

/** Reads what was published at a moment, and which ids led to it then; null: now. */
export function thenReader({ db }: Engine) {
  const newest = db.prepare<[number], Newest>(PUBLICATION_THEN_SQL.newest);
  const now = db.prepare<[], MemberRow>(PUBLICATION_STATE_SQL.members);
  const then = db.prepare<[number], MemberRow>(PUBLICATION_THEN_SQL.members);
  const ofNow = db.prepare<[string], MemberRow>(PUBLICATION_THEN_SQL.membersOfNow);
  const ofThen = db.prepare<[string, number], MemberRow>(PUBLICATION_THEN_SQL.membersOf);
  const versionOf = versionReader(db);
  const newestAt = (asOf: EpochMs | null) => newest.all(asOf ?? Number.MAX_SAFE_INTEGER);
  const members = (asOf: EpochMs | null) => (asOf === null ? now.all() : then.all(asOf));
  return {
    members,
    membersOf: (number: string, asOf: EpochMs | null) => (asOf === null ? ofNow.all(number) : ofThen.all(number, asOf)),
    /** The newest version of each number. */
    standing: (asOf: EpochMs | null) =>
      newestAt(asOf).flatMap(({ number, version: of }) => {
        const version = versionOf(number, of);
        return version === null ? [] : [version];
      }),
    heads: (asOf: EpochMs | null) =>
      headsOf(members(asOf).sort(leading), new Map(newestAt(asOf).map((one) => [one.number, one]))),
  };
}

/** Keeps what leads to a number from now on, so that it can be told later. */
export function pastKeeper({ db }: Engine): (number: string, at: EpochMs) => void {
  const keep = db.prepare<[object]>(PUBLICATION_THEN_SQL.keep);
  return (number, at) => void keep.run({ number, at });
}

/** Versions never change: the text of each is read and parsed once. */
function versionReader(db: Engine["db"]): (number: string, version: number) => PublishedVersion | null {
  const text = db.prepare<[string, number], { text: string }>(PUBLICATION_THEN_SQL.version);
  return rememberingVersions((number, version) => text.get(number, version)?.text ?? "");
}

function headsOf(rows: readonly MemberRow[], known: ReadonlyMap<string, Newest>): Map<string, Head> {
  const heads = new Map<string, Head>();
  for (const { id, number } of rows) {
    const last = known.get(number);
    if (last === undefined) continue;
    const over = last.over === 1;
    if (!over || heads.get(id)?.over !== false) heads.set(id, { number, version: last.version, over });
  }
  return heads;
}
