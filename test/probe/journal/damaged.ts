import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createClock } from "../../../probe/clock.ts";
import { numberedPath, numbersOf } from "../../../probe/data-folder.ts";
import { makeIdentity } from "../../../probe/identity/identity.ts";
import { openAsIs } from "../../../probe/journal/database.ts";
import { openRecovered } from "../../../probe/journal/open-recovered.ts";
import type { JournalOptions } from "../../../probe/journal/options.ts";
import { prepareRows } from "../../../probe/journal/rows.ts";
import { startLife } from "../../../probe/life/life.ts";
import { linkBody, openJournal, SILENT, webBody } from "../support.ts";

/** Texts of what was written, by number. */
export type Written = Map<number, string>;

/** Writes a journal of `count` entries and more into a folder; `clean` closes it, else it is copied as a power loss leaves it. */
export function writeJournal(
  folder: string,
  count: number,
  { clean = true, acknowledged = 0, padding = 0 } = {},
): Written {
  const { journal } = openJournal(folder);
  for (let index = 0; index < count; index++) {
    journal.append({ kind: "web", body: webBody(`site-${index}.org`, padding) });
    if (index % 5 === 4) journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  }
  journal.acknowledge(acknowledged, "2022-01-05T10:00:00.000Z");
  journal.flush();
  const written: Written = new Map(journal.read(0, 1e6, 1e12).map(({ seq, text }) => [seq, text]));
  const copies = clean ? [] : readdirSync(folder).filter((name) => /^(?:journal|recorded)/.test(name));
  for (const name of copies) copyFileSync(join(folder, name), join(folder, `copy-${name}`));
  journal.close();
  for (const name of copies) copyFileSync(join(folder, `copy-${name}`), join(folder, name));
  return written;
}

/** Opens a folder as `run` does, writes `start` and an entry, and closes. What is recorded since, and what was saved of before. */
export function reopen(folder: string, options: Partial<JournalOptions> = {}) {
  const clock = createClock();
  const before = makeIdentity(folder);
  const { journal, identity } = openRecovered({ folder, clock, log: SILENT, ...options }, before);
  const life = startLife({ journal, clock, heartbeatS: () => 30 });
  life.close();
  journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  const rows = journal.read(0, 1e6, 1e12);
  journal.close();
  return { before, identity, isNew: identity.probe !== before.probe, rows, saved: savedIn(folder) };
}

/** What is saved of earlier journals in a folder, by number of the file. */
export function savedIn(folder: string): Written[] {
  return numbersOf(folder, "saved").map((number) => {
    const database = openAsIs(numberedPath(folder, "saved", number));
    try {
      return new Map([...prepareRows(database).after(0, 1e6)].map(({ seq, text }) => [seq, text]));
    } finally {
      database.close();
    }
  });
}
