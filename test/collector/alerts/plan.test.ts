import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALERT_SETTINGS, type Chapter, planAlerts, type Story, type ToldRow } from "../../../collector/alerts/plan.ts";
import type { StoredSubscription, Subscription } from "../../../collector/alerts/subscription.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { PublishedVersion } from "../../../protocol/publication.ts";
import { at, block, HOUR, MINUTE, T0 } from "../publication/scene.ts";

const NUMBER = "KZ-2026-0001";
const SETTLE = ALERT_SETTINGS.settleMs;

function subscriber(more: Partial<Subscription> = {}, createdMs = -HOUR): StoredSubscription {
  const channel = { kind: "email" as const, to: "a@example.org" };
  const all = { regions: [], asns: [], targets: [], kinds: [] };
  return {
    ...{ id: "s1", created: T0 + createdMs },
    subscription: { channel, label: "", language: "en", confidence: "probable", ...all, ...more },
  };
}

type Wish = { change?: PublishedVersion["change"]; other?: string; incident?: Partial<Incident>; number?: string };

function chapter(afterMs: number, { change = "first", other, incident = {}, number = NUMBER }: Wish = {}): Chapter {
  const known = block("one", 0, { detectedAt: at(0), ...incident });
  const version: PublishedVersion = {
    ...{ number, version: 1, publishedAt: at(afterMs), change, changed: [], note: null, erratum: false },
    ...{ other: other ?? null, incident: known },
  };
  return { incident: known, at: T0 + afterMs, version };
}

const story = (chapters: readonly [Chapter, ...Chapter[]], more: Partial<Story> = {}): Story => ({
  ...{ key: NUMBER, aliases: ["one"], chapters, firstStored: T0, gone: false },
  ...more,
});

const ended = { end: { earliest: at(HOUR), latest: at(HOUR + MINUTE) } };

function plan(nowMs: number, stories: readonly Story[], told: readonly ToldRow[] = [], who = [subscriber()]): string[] {
  return planAlerts(who, { stories, told, now: T0 + nowMs }).map(
    ({ incident, phase, silent }) => `${incident.slice(-4)} ${phase}${silent ? " silent" : ""}`,
  );
}
const told = (phase: "start" | "end", incident = NUMBER): ToldRow => ({ subscription: "s1", incident, phase });

describe("the start of an incident", () => {
  test("is told when it has lasted a while, and once", () => {
    const open = story([chapter(0)]);
    expect(plan(SETTLE - 1, [open])).toEqual([]);
    expect(plan(SETTLE, [open])).toEqual(["0001 start"]);
    expect(plan(SETTLE, [open], [told("start")])).toEqual([]);
  });

  test("is not told again under its number when it was told by its id", () => {
    expect(plan(HOUR, [story([chapter(0)])], [told("start", "one")])).toEqual([]);
  });

  test("is told with its end when it has ended by then", () => {
    expect(plan(2 * HOUR, [story([chapter(0, { incident: ended })])])).toEqual(["0001 start", "0001 end silent"]);
  });

  test.each([
    ["that began long before", 80 * HOUR, story([chapter(79 * HOUR)])],
    ["that ended long before", 9 * HOUR, story([chapter(0, { incident: ended })])],
    ["that came with an import", HOUR, story([chapter(0)], { firstStored: T0 + ALERT_SETTINGS.liveMs + 1 })],
    ["that was withdrawn at once", HOUR, story([chapter(0), chapter(1, { change: "tombstone" })])],
    ["that the analysis took back at once", HOUR, story([chapter(0)], { gone: true })],
  ])("of one %s is not told", (_words, now, one) => {
    expect(plan(now, [one])).toEqual([]);
  });

  test("is told of one that was first known long after it began, if that was told by journals that came then", () => {
    const late = chapter(40 * HOUR, { incident: { detectedAt: at(40 * HOUR) } });
    expect(plan(41 * HOUR, [story([late], { firstStored: T0 + 40 * HOUR })])).toEqual(["0001 start"]);
  });

  test("is not told to who subscribed later, unless it becomes sure enough for them after that", () => {
    const who = [subscriber({}, MINUTE)];
    expect(plan(HOUR, [story([chapter(0)])], [], who)).toEqual([]);
    const sure = [subscriber({ confidence: "confirmed" }, MINUTE)];
    const grown = story([chapter(0), chapter(2 * MINUTE, { incident: { confidence: "confirmed" } })]);
    expect(plan(HOUR, [grown], [], sure)).toEqual(["0001 start"]);
  });

  test.each([
    [{ regions: ["KZ-71"] }, false],
    [{ regions: ["KZ-71", "KZ-75"] }, true],
    [{ asns: [1] }, false],
    [{ targets: ["orda.kz"], asns: [9198] }, true],
    [{ targets: ["vlast.kz"] }, false],
    [{ kinds: ["shutdown"] }, false],
    [{ confidence: "confirmed" }, false],
  ] as const)("is told to who asked for %j: %s", (wish, wanted) => {
    const who = [subscriber(wish as Partial<Subscription>)];
    expect(plan(HOUR, [story([chapter(0)])], [], who).length > 0).toBe(wanted);
  });

  test("is told of what is only observed to nobody but who asked for it", () => {
    const unsure = story([{ incident: block("one", 0, { confidence: "observed" }), at: T0, version: null }], {
      key: "one",
    });
    expect(plan(HOUR, [unsure])).toEqual([]);
    expect(plan(HOUR, [unsure], [], [subscriber({ confidence: "observed" })])).toEqual(["one start"]);
  });
});

describe("the end of an incident", () => {
  const over = story([chapter(0), chapter(HOUR, { change: "records", incident: ended })]);

  test("is told once, and never without its start", () => {
    expect(plan(2 * HOUR, [over], [told("start")])).toEqual(["0001 end"]);
    expect(plan(2 * HOUR, [over], [told("start"), told("end")])).toEqual([]);
  });

  test("is told when it was withdrawn", () => {
    const gone = story([chapter(0), chapter(HOUR, { change: "tombstone" })]);
    expect(plan(2 * HOUR, [gone], [told("start")])).toEqual(["0001 end"]);
  });

  test("is not told where nobody has measured it since", () => {
    const unseen = story([chapter(0), chapter(HOUR, { incident: { ...ended, endUnknown: true } })]);
    expect(plan(2 * HOUR, [unseen], [told("start")])).toEqual([]);
  });

  test("goes over silently to the number into which it was merged", () => {
    const merged = story([chapter(0), chapter(HOUR, { change: "merged", other: "KZ-2026-0002" })]);
    const other = story([chapter(0, { number: "KZ-2026-0002" })], { key: "KZ-2026-0002", aliases: [] });
    expect(plan(2 * HOUR, [merged], [told("start")])).toEqual(["0002 start silent", "0001 end silent"]);
    expect(plan(2 * HOUR, [other], [told("start", "KZ-2026-0002")])).toEqual([]);
  });

  test("of a part that was split off is told for itself, its start was told with the whole", () => {
    const part = story([chapter(0, { change: "split", other: NUMBER, number: "KZ-2026-0003" })], {
      ...{ key: "KZ-2026-0003", aliases: [] },
    });
    expect(plan(2 * HOUR, [part], [told("start")])).toEqual(["0003 start silent"]);
  });
});

test("whatever happens in whatever order, nobody is told a start or an end twice, nor an end without its start", () => {
  const change = fc.constantFrom("records", "review", "tombstone", "merged", "split");
  const chapters = fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 5 * HOUR }),
      change,
      over: fc.boolean(),
      id: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(
      fc.array(chapters, { maxLength: 3 }),
      fc.array(fc.integer({ min: 0, max: 6 * HOUR }), { maxLength: 8 }),
      (lives, clock) => {
        const rows: ToldRow[] = [];
        for (const now of [...clock].sort((a, b) => a - b)) {
          const stories = lives.flatMap((life, index): Story[] => {
            const seen = life.sort((a, b) => a.afterMs - b.afterMs).filter(({ afterMs }) => afterMs <= now);
            const [first, ...rest] = seen.map(({ afterMs, change: what, over, id }) =>
              chapter(afterMs, { change: what, other: `KZ-2026-000${id}`, ...(over && { incident: ended }) }),
            );
            const key = `KZ-2026-000${index + 1}`;
            return first === undefined ? [] : [story([first, ...rest], { key, aliases: [`id-${index}`] })];
          });
          const who = [subscriber(), { ...subscriber(), id: "s2" }];
          const again = () => planAlerts(who, { stories, told: rows, now: T0 + now });
          for (let planned = again(); planned.length > 0; planned = again()) {
            rows.push(...planned.map(({ subscription, incident, phase }) => ({ subscription, incident, phase })));
            expect(rows.length).toBeLessThanOrEqual(12);
          }
        }
        const keys = rows.map(({ subscription, incident, phase }) => `${subscription} ${incident} ${phase}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const [index, key] of keys.entries())
          if (key.endsWith(" end")) expect(keys.slice(0, index)).toContain(key.replace(/ end$/, " start"));
      },
    ),
    { numRuns: 200 },
  );
});
