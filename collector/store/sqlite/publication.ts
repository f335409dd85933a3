import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { assertNever } from "../../../protocol/coded-error.ts";
import { PublishedVersion, ReviewAct } from "../../../protocol/publication.ts";
import { readNumber } from "../../publication/number.ts";
import { isOver } from "../../publication/plan.ts";
import type { Change, Member } from "../../publication/types.ts";
import type { PublicationTable } from "../publication-tables.ts";
import type { Engine } from "./engine.ts";
import { leading, type MemberRow, memberOf, PUBLICATION_STATE_SQL, stateReader } from "./publication-state.ts";
import { pastKeeper, thenReader } from "./publication-then.ts";

export const PUBLICATION_SQL = {
  versions: "SELECT text FROM publication_version WHERE number = ? ORDER BY version DESC",
  version: "SELECT text FROM publication_version WHERE number = ? AND version = ?",
  leadsTo: "SELECT number, id, feeds, only, except_parts FROM publication_member WHERE id = ?",
  heldNumber: "SELECT held FROM publication WHERE number = ?",
  recent: `SELECT rowid AS id, text FROM publication_version WHERE rowid < ? ORDER BY rowid DESC LIMIT ?`,
  acts: "SELECT id, act FROM review_act WHERE id < ? ORDER BY id DESC LIMIT ?",
  /** Acts are made by hand, and are few: those whose texts must be looked into are found by reading all. */
  actsOf: `SELECT id, act FROM review_act WHERE id < @before AND (subject = @subject
    OR subject IN (SELECT id FROM publication_member WHERE number = @subject) OR act ->> '$.other' = @subject
    OR EXISTS (SELECT 1 FROM json_each(act, '$.made') WHERE substr(value, 1, length(@subject) + 2) = @subject || '-v'))
    ORDER BY id DESC LIMIT @limit`,
  holds: "SELECT id FROM publication_hold ORDER BY id",
  addNumber: "INSERT INTO publication (number, year, place, created) VALUES (?, ?, ?, ?)",
  addVersion: "INSERT INTO publication_version (number, version, published, text, over) VALUES (?, ?, ?, ?, ?)",
  unfeed: "UPDATE publication_member SET feeds = 0 WHERE number = ?",
  addMember: `INSERT INTO publication_member (number, id, feeds, only, except_parts) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (number, id) DO UPDATE SET feeds = excluded.feeds, only = excluded.only, except_parts = excluded.except_parts`,
  addAlias: `INSERT INTO publication_member (number, id, feeds, only, except_parts) VALUES (?, ?, 0, NULL, '[]')
    ON CONFLICT (number, id) DO NOTHING`,
  hold: "UPDATE publication SET held = ? WHERE number = ?",
  addHold: "INSERT INTO publication_hold (id, since) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
  endHold: "DELETE FROM publication_hold WHERE id = ?",
  addAct: "INSERT INTO review_act (at, subject, act) VALUES (?, ?, ?)",
};

type Text = { text: string };
type Act = { id: number; act: string };
const LAST = Number.MAX_SAFE_INTEGER;

/** Published incidents: numbers, versions, the ids that lead to them, and what reviewers did. */
export function publicationTable(engine: Engine): PublicationTable {
  const { db, run } = engine;
  const readState = stateReader(engine);
  const apply = changeWriter(engine);
  const addAct = db.prepare<[number, string, string]>(PUBLICATION_SQL.addAct);
  const versions = db.prepare<[string], Text>(PUBLICATION_SQL.versions);
  const version = db.prepare<[string, number], Text>(PUBLICATION_SQL.version);
  const leadsTo = db.prepare<[string], MemberRow>(PUBLICATION_SQL.leadsTo);
  const heldNumber = db.prepare<[string], { held: number }>(PUBLICATION_SQL.heldNumber);
  const newest = db.prepare<[], Text>(PUBLICATION_STATE_SQL.newest);
  const recent = db.prepare<[number, number], Text & { id: number }>(PUBLICATION_SQL.recent);
  const then = thenReader(engine);
  const acts = db.prepare<[number, number], Act>(PUBLICATION_SQL.acts);
  const actsOf = db.prepare<{ subject: string; before: number; limit: number }, Act>(PUBLICATION_SQL.actsOf);
  const holds = db.prepare<[], { id: string }>(PUBLICATION_SQL.holds);
  return {
    change: (at, decide) =>
      run(() =>
        db
          .transaction(() => {
            const { changes, act, result } = decide(readState());
            for (const one of changes) apply(one, at);
            if (act !== undefined) addAct.run(at, act.subject, canonicalJson(ReviewAct.parse(act)));
            return result;
          })
          .immediate(),
      ),
    versions: (number) => run(() => versions.all(number).map(parsed)),
    versionText: (number, of) => run(() => version.get(number, of)?.text ?? null),
    members: (number, asOf = null) =>
      run(() =>
        then
          .membersOf(number, asOf)
          .filter(({ feeds }) => feeds === 1)
          .map(memberOf),
      ),
    isHeld: (number) => run(() => heldNumber.get(number)?.held === 1),
    numberOf: (id) => run(() => leadsTo.all(id).sort(leading).at(-1)?.number ?? null),
    newest: () => run(() => newest.all().map(parsed)),
    standing: (asOf) =>
      run(() => {
        const feeding = new Map<string, Member[]>();
        for (const row of then.members(asOf))
          if (row.feeds === 1) feeding.set(row.number, [...(feeding.get(row.number) ?? []), memberOf(row)]);
        return then.standing(asOf).map((version) => ({ version, members: feeding.get(version.number) ?? [] }));
      }),
    heads: (asOf) => run(() => then.heads(asOf)),
    recent: ({ before, limit }) =>
      run(() => recent.all(before ?? LAST, limit).map((row) => ({ id: row.id, version: parsed(row) }))),
    acts: ({ subject, before: given, limit }) =>
      run(() => {
        const before = given ?? LAST;
        const rows = subject === null ? acts.all(before, limit) : actsOf.all({ subject, before, limit });
        return rows.map(({ id, act }) => ({ id, act: ReviewAct.parse(JSON.parse(act)) }));
      }),
    holds: () => run(() => holds.all().map(({ id }) => id)),
  };
}

function parsed({ text }: Text): PublishedVersion {
  return PublishedVersion.parse(JSON.parse(text));
}

function changeWriter(engine: Engine): (change: Change, at: number) => void {
  const { db } = engine;
  const addNumber = db.prepare<[string, number, number, number]>(PUBLICATION_SQL.addNumber);
  const addVersion = db.prepare<[string, number, number, string, number]>(PUBLICATION_SQL.addVersion);
  const unfeed = db.prepare<[string]>(PUBLICATION_SQL.unfeed);
  const addMember = db.prepare<[string, string, number, string | null, string]>(PUBLICATION_SQL.addMember);
  const addAlias = db.prepare<[string, string]>(PUBLICATION_SQL.addAlias);
  const holdNumber = db.prepare<[number, string]>(PUBLICATION_SQL.hold);
  const addHold = db.prepare<[string, number]>(PUBLICATION_SQL.addHold);
  const endHold = db.prepare<[string]>(PUBLICATION_SQL.endHold);
  const keepPast = pastKeeper(engine);
  const setMembers = (number: string, members: readonly Member[], at: number) => {
    unfeed.run(number);
    for (const { id, only, except } of members)
      addMember.run(number, id, 1, only === null ? null : canonicalJson(only), canonicalJson(except));
    keepPast(number, at);
  };
  return (change, at) => {
    switch (change.what) {
      case "number": {
        const { year, place } = readNumber(change.number);
        addNumber.run(change.number, year, place, at);
        return setMembers(change.number, change.members, at);
      }
      case "version": {
        const { number, version, publishedAt } = change.version;
        const over = isOver(change.version) ? 1 : 0;
        return void addVersion.run(number, version, Date.parse(publishedAt), canonicalJson(change.version), over);
      }
      case "members":
        return setMembers(change.number, change.members, at);
      case "alias":
        addAlias.run(change.number, change.id);
        return keepPast(change.number, at);
      case "hold":
        if (holdNumber.run(change.on ? 1 : 0, change.subject).changes > 0) return;
        return void (change.on ? addHold.run(change.subject, at) : endHold.run(change.subject));
      default:
        return assertNever(change);
    }
  };
}
