import { afterAll, expect, it } from "vitest";
import { Journal } from "../../../probe/journal/journal.ts";
import { type Books, keepBooks, openBooks } from "../../../probe/schedule/books.ts";
import { createBudget } from "../../../probe/schedule/budget.ts";
import { folders, openJournal, SILENT } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);

const HOUR = 3_600_000;
const books = (): Books => ({
  im: { telegram: { atMs: 5000, anomalous: true } },
  speed: { leftBytes: 100, atMs: 4000, last: { "orda.kz": 3000 } },
  followUps: new Map([["vlast.kz", 2000]]),
  budget: { leftBytes: 7, atMs: 1000 },
});
const time = (boot: string, monoMs: number, wallMs: number) => ({ boot, monoMs: () => monoMs, wallMs: () => wallMs });

/** Keeps the books in a journal, ends it, and opens them from the file as the next process would. */
function afterRestart(kept: ReturnType<typeof time>, opened: ReturnType<typeof time>): Books {
  const folder = temporary.make();
  const { journal, identity, clock } = openJournal(folder);
  keepBooks(journal, kept, books());
  journal.close();
  const next = new Journal({ folder, probe: identity.probe, clock, log: SILENT });
  const found = openBooks(next, opened);
  next.close();
  return found;
}

it("the books of the schedule survive a restart of the program as they were", () => {
  expect(afterRestart(time("a", 6000, 1e12), time("a", 9000, 1e12 + 3000))).toEqual(books());
});

it("after another boot their times count by the wall clock, from the new boot", () => {
  const found = afterRestart(time("a", 6000, 1e12), time("b", 500, 1e12 + HOUR));
  // Kept 1 s after the measurement, then an hour off, then opened.
  expect(found.im.telegram).toEqual({ atMs: 500 - HOUR - 1000, anomalous: true });
  expect(found.speed).toEqual({ leftBytes: 100, atMs: 500 - HOUR - 2000, last: { "orda.kz": 500 - HOUR - 3000 } });
  expect([found.followUps.get("vlast.kz"), found.budget?.atMs]).toEqual([500 - HOUR - 4000, 500 - HOUR - 5000]);
});

it("a wall clock that went back lets no time pass", () => {
  const found = afterRestart(time("a", 6000, 1e12), time("b", 500, 0));
  expect(found.im.telegram?.atMs).toBe(500 - 1000);
});

it("books that cannot be read are begun anew", () => {
  const { journal, clock } = openJournal(temporary.make());
  journal.setNote("schedule", '{"im": 1}');
  expect(openBooks(journal, clock)).toEqual({ im: {}, speed: null, followUps: new Map(), budget: null });
  journal.close();
});

it("a budget goes on where an earlier process left it, and never beyond a day's bytes", () => {
  let now = HOUR;
  const first = createBudget(2400, () => now);
  first.spend(2500);
  const next = createBudget(2400, () => now, first.state());
  expect(next.allows()).toBe(false);
  now += 2 * HOUR;
  expect(next.state()).toEqual({ leftBytes: 100, atMs: now });
  expect(createBudget(50, () => now, first.state()).state().leftBytes).toBe(50);
});
