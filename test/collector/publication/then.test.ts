import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { firstVersion } from "../../../collector/publication/draft.ts";
import type { Change, Member } from "../../../collector/publication/types.ts";
import { openDatabase } from "../../../collector/store/database.ts";
import { block, type Desk, HOUR, openDesk, T0 } from "./scene.ts";

const NUMBERS = ["KZ-2026-0001", "KZ-2026-0002", "KZ-2026-0003"];
const MIGRATION = new URL("../../../collector/store/migrations/010-members-then.sql", import.meta.url);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const member = (id: string): Member => ({ id, only: null, except: [] });
const carryOut = (changes: readonly Change[], at: number) =>
  desk.store.publications.change(at, () => ({ changes, result: undefined }));

/** A number that is new at a moment, fed by one incident. */
function begun(number: string, at: number): Change[] {
  const incident = block(`first of ${number}`, 0);
  const version = firstVersion(number, incident, { change: "first", at, rulesVersion: "test/1" });
  return [
    { what: "number", number, members: [member(incident.id)] },
    { what: "version", version },
  ];
}

/** What leads where, and what feeds each number. */
async function picture(asOf: number | null) {
  const { heads, standing, members } = desk.store.publications;
  const feeding = await Promise.all(NUMBERS.map((number) => members(number, asOf)));
  return { heads: Object.fromEntries(await heads(asOf)), feeding, standing: await standing(asOf) };
}

test("whatever came to lead to which number, each moment is told afterwards as it was told then", async () => {
  const ids = fc.constantFrom("a", "b", "c", "d");
  const number = fc.nat(NUMBERS.length - 1).map((index) => NUMBERS[index] ?? "");
  const step = fc.oneof(
    fc.record({ what: fc.constant("alias" as const), id: ids, number }),
    fc.record({ what: fc.constant("members" as const), number, members: fc.uniqueArray(ids, { maxLength: 3 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const told: { at: number; was: Awaited<ReturnType<typeof picture>> }[] = [];
      const act = async (changes: readonly Change[], at: number) => {
        await carryOut(changes, at);
        told.push({ at, was: await picture(null) });
      };
      for (const [index, one] of NUMBERS.entries()) await act(begun(one, T0 + index * 10), T0 + index * 10);
      for (const [index, one] of steps.entries())
        await act(
          [one.what === "alias" ? one : { ...one, members: one.members.map(member) }],
          T0 + HOUR + Math.floor(index / 2) * 10 + index,
        );
      for (const { at, was } of told) expect(await picture(at)).toEqual(was);
      await desk.close();
      desk = await openDesk();
    }),
    { numRuns: 30 },
  );
}, 60_000);

test("a store of before knows what leads to a number since its first version, and what was withdrawn", async () => {
  await carryOut(begun("KZ-2026-0001", T0), T0);
  await carryOut(begun("KZ-2026-0002", T0 + HOUR), T0 + HOUR);
  const [latest] = await desk.store.publications.versions("KZ-2026-0002");
  if (latest === undefined) throw new Error("no version");
  const publishedAt = new Date(T0 + 2 * HOUR).toISOString();
  await carryOut(
    [{ what: "version", version: { ...latest, version: 2, publishedAt, change: "tombstone" } }],
    T0 + 2 * HOUR,
  );
  const [now, then] = [await picture(null), await picture(T0)];
  const db = await openDatabase(desk.file);
  db.exec("DROP TABLE publication_member_past; DROP INDEX publication_version_head");
  db.exec("ALTER TABLE publication_version DROP COLUMN over");
  db.exec(readFileSync(MIGRATION, "utf8"));
  db.close();
  expect(await picture(null)).toEqual(now);
  expect(await picture(T0)).toEqual(then);
  expect(now.heads["first of KZ-2026-0002"]).toEqual({ number: "KZ-2026-0002", version: 2, over: true });
  expect(Object.keys(then.heads)).toEqual(["first of KZ-2026-0001"]);
});
