import { CodedError } from "../../protocol/coded-error.ts";
import type { EpochMs } from "../analysis/types.ts";
import { windowOf } from "./query.ts";
import type { Reader } from "./reader.ts";

const DAY_MS = 86_400_000;
const PRECISION_MS = { minute: 0, hour: 3_600_000, day: DAY_MS, month: 31 * DAY_MS };

type Asked = { from?: number | undefined; to?: number | undefined; around?: string | undefined };

/**
 * The window asked for by its ends, or around an event: from a day before its start to a day after its end, as far as
 * its times are known. Errors: `bad_query` when both are given, or when there is no such event.
 */
export async function windowAsked({ store }: Reader, asked: Asked, now: EpochMs, days: number) {
  const { around } = asked;
  if (around === undefined) return windowOf(asked, now, days);
  if (asked.from !== undefined || asked.to !== undefined)
    throw new CodedError("bad_query", "around: takes the place of from and to");
  const event = await store.events.byId(around);
  if (event === null) throw new CodedError("bad_query", "around: there is no event with this id");
  const end = Date.parse(event.end ?? event.start) + PRECISION_MS[event.precision];
  return { from: Date.parse(event.start) - DAY_MS, to: end + DAY_MS };
}
