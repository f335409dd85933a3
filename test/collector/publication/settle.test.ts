import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../../collector/store/database.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { at, block, type Desk, HOUR, MINUTE, openDesk, SETTLE_MS, T0 } from "./scene.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe("a number", () => {
  test("is given when an incident becomes probable, not while it is observed", async () => {
    await desk.holds([block("a", 0, { confidence: "observed" })], HOUR);
    expect(await desk.settle(HOUR)).toEqual([]);
    await desk.holds([block("a", 0)], 2 * HOUR);
    expect(await desk.settle(2 * HOUR)).toEqual(["KZ-2026-0001-v1 first"]);
    expect(await desk.store.publications.numberOf("a")).toBe("KZ-2026-0001");
  });

  test("follows the order of publication within the year of the start, and at one moment the order of starts", async () => {
    await desk.holds([block("late", 5 * HOUR)], 6 * HOUR);
    await desk.settle(6 * HOUR);
    const old = { start: { earliest: "2025-12-31T23:59:00.000Z", latest: "2026-01-01T00:01:00.000Z" } };
    const others = [
      block("b", 3 * HOUR, { targets: ["vlast.kz"] }),
      block("old", 0, { targets: ["ratel.kz"], ...old }),
      block("c", 2 * HOUR, { targets: ["azattyq.org"] }),
    ];
    await desk.holds([block("late", 5 * HOUR), ...others], 7 * HOUR);
    expect(await desk.settle(7 * HOUR)).toEqual([
      "KZ-2025-0001-v1 first",
      "KZ-2026-0002-v1 first",
      "KZ-2026-0003-v1 first",
    ]);
    expect(await desk.store.publications.numberOf("c")).toBe("KZ-2026-0002");
  });

  test("is not given twice by two processes that publish at one moment", async () => {
    const other = await openDatabase(desk.file);
    await desk.holds([block("a", 0), block("b", 0, { targets: ["vlast.kz"] })], HOUR);
    const both = await Promise.all([desk.settle(HOUR), desk.settle(HOUR)]);
    expect(both.flat()).toHaveLength(2);
    expect(other.prepare("SELECT count(*) AS n FROM publication").get()).toEqual({ n: 2 });
    other.close();
  });
});

describe("a version", () => {
  test("is made of a change of substance once it has come to rest, and not of counts that grow", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    await desk.holds([block("a", 0, { measurements: 90, witnesses: 5 })], 2 * HOUR);
    expect(await desk.settle(9 * HOUR)).toEqual([]);
    await desk.holds([block("a", 0, { confidence: "confirmed" })], 10 * HOUR);
    expect(await desk.settle(10 * HOUR)).toEqual([]);
    expect(await desk.settle(10 * HOUR + SETTLE_MS)).toEqual(["KZ-2026-0001-v2 records"]);
    const [newest, first] = await desk.store.publications.versions("KZ-2026-0001");
    expect(newest).toMatchObject({ changed: ["confidence"], erratum: false, note: null });
    expect(first).toMatchObject({ change: "first", changed: [], incident: { confidence: "probable", witnesses: 3 } });
  });

  test("of a change that never rests comes after some while all the same", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    const made: string[] = [];
    for (let step = 1; step <= 8; step++) {
      const end = { earliest: at(HOUR + step * MINUTE), latest: at(HOUR + step * MINUTE) };
      await desk.holds([block("a", 0, { end })], HOUR + step * 10 * MINUTE);
      made.push(...(await desk.settle(HOUR + step * 10 * MINUTE)));
    }
    expect(made).toEqual(["KZ-2026-0001-v2 records"]);
  });

  test("never changes and is never removed, by the database's own rule", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    const text = await desk.store.publications.versionText("KZ-2026-0001", 1);
    const db = await openDatabase(desk.file);
    expect(() => db.exec("UPDATE publication_version SET text = '{}'")).toThrow("a published version never changes");
    expect(() => db.exec("DELETE FROM publication_version")).toThrow("a published version is never removed");
    db.close();
    await desk.holds([block("a", 0, { confidence: "confirmed" })], 2 * HOUR);
    await desk.settle(4 * HOUR);
    expect(await desk.store.publications.versionText("KZ-2026-0001", 1)).toBe(text);
  });
});

describe("an incident that the analysis takes back", () => {
  test("becomes a tombstone that stays, after a while in which it may come back", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    await desk.holds([], 2 * HOUR);
    expect(await desk.settle(2 * HOUR)).toEqual([]);
    await desk.holds([block("a", 0)], 2 * HOUR + MINUTE);
    expect(await desk.settle(3 * HOUR)).toEqual([]);
    await desk.holds([], 4 * HOUR);
    expect(await desk.settle(5 * HOUR)).toEqual(["KZ-2026-0001-v2 tombstone"]);
    expect(await desk.settle(9 * HOUR)).toEqual([]);
  });

  test("and finds again gets a further version, not another number", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    await desk.holds([], 2 * HOUR);
    await desk.settle(3 * HOUR);
    await desk.holds([block("again", 20 * MINUTE)], 4 * HOUR);
    expect(await desk.settle(5 * HOUR)).toEqual(["KZ-2026-0001-v3 records"]);
    const [newest] = await desk.store.publications.versions("KZ-2026-0001");
    expect(newest?.changed).toEqual(["restored", "start"]);
  });

  test("is told as merged where another number tells its story", async () => {
    const [a, b] = [block("a", 0), block("b", 30 * MINUTE, { asns: [21299] })];
    await desk.holds([a, b], HOUR);
    await desk.settle(HOUR);
    await desk.holds([{ ...a, asns: [9198, 21299] }], 2 * HOUR);
    expect(await desk.settle(3 * HOUR)).toEqual(["KZ-2026-0001-v2 records", "KZ-2026-0002-v2 merged"]);
    expect((await desk.store.publications.versions("KZ-2026-0002"))[0]?.other).toBe("KZ-2026-0001");
  });
});

describe("an id that changes", () => {
  test("when a journal dates the start anew leaves the number, and the old id leads to it", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    await desk.holds([block("b", -HOUR)], 2 * HOUR);
    expect(await desk.settle(3 * HOUR)).toEqual(["KZ-2026-0001-v2 records"]);
    const { publications } = desk.store;
    expect([await publications.numberOf("a"), await publications.numberOf("b")]).toEqual([
      "KZ-2026-0001",
      "KZ-2026-0001",
    ]);
  });

  test("is followed where the analysis itself says what it supersedes, wherever the start lies", async () => {
    await desk.holds([block("a", 0, { end: { earliest: at(HOUR), latest: at(HOUR) } })], 2 * HOUR);
    await desk.settle(2 * HOUR);
    await desk.holds([block("b", 30 * HOUR, { supersedes: "a-v4" })], 31 * HOUR);
    expect(await desk.settle(32 * HOUR)).toEqual(["KZ-2026-0001-v2 records"]);
  });

  test("of an analysis that began in the middle makes no second number of the tail that it sees", async () => {
    const whole = block("whole", 0, { end: { earliest: at(50 * HOUR), latest: at(50 * HOUR) } });
    await desk.holds([whole], 51 * HOUR);
    await desk.settle(51 * HOUR);
    const tail = block("tail", 30 * HOUR, { startUnknown: true, end: whole.end });
    await desk.holds([whole, tail], 52 * HOUR);
    expect(await desk.settle(60 * HOUR)).toEqual([]);
    expect(await desk.store.publications.numberOf("tail")).toBe("KZ-2026-0001");
  });

  test("does not join what only follows: blocked again is an incident of its own", async () => {
    const first = block("a", 0, { end: { earliest: at(HOUR), latest: at(HOUR) } });
    await desk.holds([first], 2 * HOUR);
    await desk.settle(2 * HOUR);
    await desk.holds([first, block("b", 5 * HOUR)], 6 * HOUR);
    expect(await desk.settle(6 * HOUR)).toEqual(["KZ-2026-0002-v1 first"]);
  });
});

/** What happens to a story in one step of the analysis' life. */
const anyStep = fc.record({
  held: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  dating: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
  grade: fc.array(fc.constantFrom("observed" as const, "probable" as const, "confirmed" as const), {
    minLength: 6,
    maxLength: 6,
  }),
  pauseMin: fc.integer({ min: 1, max: 90 }),
});
/** Six stories: three sites, each blocked twice, days apart. */
const STORIES = [0, 1, 2, 3, 4, 5].map((index) => ({
  target: ["orda.kz", "vlast.kz", "ratel.kz"][index % 3] ?? "",
  startMs: index < 3 ? 0 : 200 * HOUR,
}));

test("one story keeps one number, through any order of new ids, withdrawals and returns, and repeats change nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 12 }), async (steps) => {
      const run = await openDesk();
      try {
        let now = 400 * HOUR;
        const seen = new Map<string, number>();
        for (const { held, dating, grade, pauseMin } of steps) {
          const incidents = STORIES.flatMap(({ target, startMs }, index) => {
            if (held[index] === false) return [];
            const shift = (dating[index] ?? 0) * 20 * MINUTE;
            const end = { earliest: at(startMs + 10 * HOUR), latest: at(startMs + 10 * HOUR) };
            const id = `story${index}-${dating[index]}`;
            seen.set(id, index);
            return [block(id, startMs + shift, { targets: [target], end, confidence: grade[index] ?? "probable" })];
          });
          await run.holds([...incidents].reverse(), now);
          await run.settle(now);
          expect(await run.settle(now)).toEqual([]);
          now += pauseMin * MINUTE;
          await run.settle(now);
        }
        const { publications } = run.store;
        const numbers = await publications.newest();
        const storyOf = (id: string) => Number(/^story(\d)/.exec(id)?.[1]);
        const stories = numbers.map(({ incident }) => storyOf(incident.id));
        expect(new Set(stories).size).toBe(stories.length);
        for (const [id, index] of seen) {
          const number = await publications.numberOf(id);
          const versions = number === null ? [] : await publications.versions(number);
          expect(versions.every(({ incident }) => storyOf(incident.id) === index)).toBe(true);
          expect(versions.map(({ version }) => version)).toEqual(versions.map((_, place) => versions.length - place));
          const times = versions.map(({ publishedAt }) => publishedAt);
          expect(times).toEqual([...times].sort().reverse());
          // A version says something new.
          for (const [place, one] of versions.slice(0, -1).entries())
            expect(canonicalJson([one.incident, one.change])).not.toBe(
              canonicalJson([versions[place + 1]?.incident, versions[place + 1]?.change]),
            );
        }
      } finally {
        await run.close();
      }
    }),
    { numRuns: 60 },
  );
});

test("the moment of a version is later than that of the one before, whatever the clock says", async () => {
  await desk.holds([block("a", 0)], 5 * HOUR);
  await desk.settle(5 * HOUR);
  await desk.holds([block("a", 0, { confidence: "confirmed" })], HOUR);
  await desk.settle(2 * HOUR);
  const times = (await desk.store.publications.versions("KZ-2026-0001")).map(({ publishedAt }) =>
    Date.parse(publishedAt),
  );
  expect(times).toEqual([T0 + 5 * HOUR + 1, T0 + 5 * HOUR]);
});
