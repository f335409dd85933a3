import type { ChainHead } from "../../protocol/chain.ts";
import type { Shed } from "../../protocol/records/life.ts";
import { type Chained, chainEntries } from "./chain-entries.ts";
import type { Database } from "./database.ts";
import { admitted, type Stamped } from "./pending.ts";
import type { Rows } from "./rows.ts";
import { addShed, countShed, readShed, SHED_EVER_NOTE, SHED_NOTE, tellShed } from "./shed.ts";

/** What the file holds: the newest entry, bytes of packed texts, what was given up and is told by no entry yet, and what ever was. */
export type Stored = {
  readonly head: ChainHead;
  readonly bytes: number;
  readonly shed: readonly Shed[];
  readonly shedEver: readonly Shed[];
};

/** Where a part is written, and under which key and cap. */
export type Place = { database: Database; rows: Rows; probe: string; capBytes: number };

/** Entries and notes of one commit; `neededBytes` above nothing gives up acknowledged entries for room. */
export type Part = {
  part: readonly Stamped[];
  notes: ReadonlyMap<string, string>;
  neededBytes: number;
  acknowledged: number;
};

/** What the file holds after a commit, how many entries of the part were given up, and those outside the schema. */
export type Committed = { stored: Stored; shed: number; refused: Chained["refused"] };

/** Reads from an open journal what it holds. */
export function readStored(rows: Rows): Stored {
  return {
    head: rows.head(),
    bytes: rows.totalBytes(),
    shed: readShed(rows.note(SHED_NOTE)),
    shedEver: readShed(rows.note(SHED_EVER_NOTE)),
  };
}

/** The same with entries that were given up before any commit. */
export function withShed(stored: Stored, dropped: readonly Stamped[]): Stored {
  if (dropped.length === 0) return stored;
  return { ...stored, shed: addShed(stored.shed, dropped), shedEver: addShed(stored.shedEver, dropped) };
}

/**
 * Writes a part in one transaction: makes room, gives up what the cap does not admit, has the next teller say so, and
 * chains the rest. All of it or nothing; `before` still holds where it throws an error of SQLite.
 */
export function commitPart(place: Place, before: Stored, { part, notes, neededBytes, acknowledged }: Part): Committed {
  const { database, rows, probe, capBytes } = place;
  return database
    .transaction(() => {
      // A tenth of the cap more than needed, so that it is rare.
      const freed = neededBytes > 0 ? rows.deleteOldest(acknowledged, neededBytes + capBytes / 10) : 0;
      const keptBytes = before.bytes - freed;
      const isKept = (entry: Stamped) => admitted(entry.value, keptBytes, capBytes);
      const { shed, shedEver } = withShed(
        before,
        part.filter((entry) => !isKept(entry)),
      );
      const told = tellShed(part.filter(isKept), shed);
      const chained = chainEntries(probe, before.head, told.entries);
      const written = chained.rows.reduce((sum, row) => sum + rows.insert(row), 0);
      for (const [name, text] of notes) rows.setNote(name, text);
      if (shedEver.length > 0) {
        rows.setNote(SHED_NOTE, JSON.stringify(told.untold));
        rows.setNote(SHED_EVER_NOTE, JSON.stringify(shedEver));
      }
      const { seq, hash } = chained.rows.at(-1) ?? before.head;
      const stored = { head: { seq, hash }, bytes: keptBytes + written, shed: told.untold, shedEver };
      return { stored, shed: countShed(shedEver) - countShed(before.shedEver), refused: chained.refused };
    })
    .immediate();
}
