import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import { Utc } from "../../protocol/primitives.ts";
import { Continues, type EndedHow, type StartBody, StopBody } from "../../protocol/records/life.ts";
import type { ProbeClock } from "../clock.ts";
import type { Journal } from "../journal/journal.ts";
import { CONTINUES_NOTE, LAST_NOTE } from "../journal/recover.ts";
import { readSign, Sign } from "./sign-file.ts";

/** Where a sign stands that its own file could not take; it reaches the disk with the journal's next commit. */
export const SIGN_NOTE = "alive";

function lastSign(journal: Journal): Sign | null {
  const noted = parseJson(Sign, journal.note(SIGN_NOTE) ?? "");
  const kept = readSign(journal.folder);
  if (!noted.ok) return kept;
  return kept !== null && kept.at >= noted.value.at ? kept : noted.value;
}

/**
 * How the run before ended, from the journal's last entry and the last sign of life. What cannot be told is left open:
 * a crash from a kill, a power loss from a reset. `boundMs` is how far the true end may lie after the last sign.
 */
export function readPrevious(
  journal: Journal,
  clock: ProbeClock,
  { software, boundMs }: { software: string; boundMs: number },
): StartBody["previous"] {
  const last = journal.last() ?? lastBefore(journal);
  if (last === null) return { end: "first", lastAliveAt: null, how: "first" };
  const sign = lastSign(journal);
  const end = last.kind === "stop" ? "clean" : "unclean";
  const lastAliveAt = sign === null || sign.at < last.at ? last.at : sign.at;
  const stop = end === "clean" ? parseJson(z.object({ body: StopBody }), last.text) : null;
  const reason = stop?.ok ? { reason: stop.value.body.reason } : {};
  if (sign === null) return { end, lastAliveAt, ...reason };
  return {
    end,
    lastAliveAt,
    how: howOf(end === "clean", sign, { boot: clock.boot, software }),
    ...reason,
    boot: sign.boot,
    software: sign.software,
    power: sign.power,
    ...silence(sign, clock),
    ...(end === "unclean" && { boundMs }),
  };
}

/** What the first entry of a journal under a new key says of the one before; nothing in any other. */
export function readContinues(journal: Journal): Pick<StartBody, "continues"> {
  const parsed = parseJson(Continues, journal.head().seq > 0 ? "" : (journal.note(CONTINUES_NOTE) ?? ""));
  return parsed.ok ? { continues: parsed.value } : {};
}

const LastBefore = z.object({ kind: z.string(), at: Utc, text: z.string() });

/** Last entry that could be read of the journal before this one; null where there was none. */
function lastBefore(journal: Journal): z.infer<typeof LastBefore> | null {
  const parsed = parseJson(LastBefore, journal.note(LAST_NOTE) ?? "");
  return parsed.ok ? parsed.value : null;
}

function howOf(isClean: boolean, before: Sign, now: Pick<Sign, "boot" | "software">): EndedHow {
  if (before.boot !== now.boot) return isClean ? "shutdown" : "power-or-reboot";
  if (before.software !== now.software) return "update";
  return isClean ? "stopped" : "crash";
}

/**
 * How long nothing was recorded: within one boot by the monotonic clock; over a boot from the last sign to the boot, by
 * wall clocks as far as they were known to be right, and not at all where that comes out negative (a clock that starts
 * in 1970 is set only later).
 */
function silence(before: Sign, clock: ProbeClock): { silentMs?: number } {
  if (before.boot === clock.boot) return { silentMs: tenths(Math.max(0, clock.monoMs() - before.mono)) };
  const bootedMs = clock.wallMs() + clock.offset().offsetMs - clock.monoMs();
  const silentMs = bootedMs - (Date.parse(before.at) + before.offsetMs);
  return silentMs < 0 ? {} : { silentMs: tenths(silentMs) };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
