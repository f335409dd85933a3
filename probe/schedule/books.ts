import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import { ImBody } from "../../protocol/records/im.ts";
import type { ProbeClock } from "../clock.ts";
import type { Journal } from "../journal/journal.ts";
import type { FollowUpsMade } from "../measure/follow-up-budget.ts";
import type { ImBook } from "../measure/im-due.ts";
import type { SpeedBook } from "../measure/speed-due.ts";
import type { BudgetState } from "./budget.ts";
import { believedOffMs } from "./budget-month.ts";

/** What the schedule must not forget when the program ends: what was done when, and the bytes left. */
export type Books = { im: ImBook; speed: SpeedBook | null; followUps: FollowUpsMade; budget: BudgetState | null };

const NOTE = "schedule";
const Ms = z.number();
const Moments = z.record(z.string(), Ms);

/** The note in the journal. Its times are monotonic, of the boot named. */
const Kept = z.object({
  boot: z.string(),
  monoMs: Ms,
  wallMs: Ms,
  im: z.partialRecord(ImBody.shape.service, z.object({ atMs: Ms, anomalous: z.boolean() })),
  speed: z.object({ leftBytes: z.number(), atMs: Ms, last: Moments }).nullable(),
  followUps: Moments,
  budget: z
    .object({
      leftBytes: z.number(),
      atMs: Ms,
      month: z
        .array(z.object({ atMs: Ms, bytes: z.number() }))
        .max(64)
        .readonly()
        .optional(),
    })
    .nullable(),
});
type Kept = z.infer<typeof Kept>;

type Time = Pick<ProbeClock, "boot" | "monoMs" | "wallMs">;

/** Keeps the books in the journal; they are on the disk with its next commit. */
export function keepBooks(journal: Pick<Journal, "setNote">, clock: Time, books: Books): void {
  const { boot } = clock;
  const followUps = Object.fromEntries(books.followUps);
  const kept: Kept = { boot, monoMs: clock.monoMs(), wallMs: clock.wallMs(), ...books, followUps };
  journal.setNote(NOTE, JSON.stringify(kept));
}

/**
 * The books as they were kept, with their times as this boot counts; empty ones when there are none that can be read.
 * After another boot the wall clock tells how long the host was off; where it went back, no time has passed.
 */
export function openBooks(journal: Pick<Journal, "note">, clock: Time): Books {
  const text = journal.note(NOTE);
  const parsed = text === null ? null : parseJson(Kept, text);
  if (!parsed?.ok) return { im: {}, speed: null, followUps: new Map(), budget: null };
  const kept = parsed.value;
  const offMs = Math.max(0, clock.wallMs() - kept.wallMs);
  const shiftMs = kept.boot === clock.boot ? 0 : clock.monoMs() - offMs - kept.monoMs;
  const moved = <T extends { atMs: number }>(one: T): T => ({ ...one, atMs: one.atMs + shiftMs });
  const monthShiftMs =
    kept.boot === clock.boot ? 0 : clock.monoMs() - believedOffMs(kept.wallMs, clock.wallMs()) - kept.monoMs;
  const movedMonth = <T extends { atMs: number }>(one: T): T => ({ ...one, atMs: one.atMs + monthShiftMs });
  const withMonth = ({ month, ...day }: BudgetState): BudgetState =>
    month === undefined ? day : { ...day, month: month.map(movedMonth) };
  const movedAll = (moments: Record<string, number>) => mapValues(moments, (atMs) => atMs + shiftMs);
  return {
    im: mapValues(kept.im, moved),
    speed: kept.speed === null ? null : { ...moved(kept.speed), last: movedAll(kept.speed.last) },
    followUps: new Map(Object.entries(movedAll(kept.followUps))),
    budget: kept.budget === null ? null : withMonth(moved(kept.budget)),
  };
}

function mapValues<V>(record: Readonly<Record<string, V>>, change: (value: V) => V): Record<string, V> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
