import { CodedError } from "../../../protocol/coded-error.ts";
import type { EpochMs } from "../../analysis/types.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const DAY_MS = 86_400_000;
const WINDOW_MAX_MS = 400 * DAY_MS;

/** The window asked for; the last day where it is left out. Error: `bad_query`, `too_much`. */
export function windowOf({ from, until }: { from?: string | undefined; until?: string | undefined }, now: EpochMs) {
  const to = Math.min(now, momentOf(until, now) ?? now);
  const start = momentOf(from, now) ?? to - DAY_MS;
  if (start >= to) throw new CodedError("bad_query", "from: must lie before until");
  if (to - start > WINDOW_MAX_MS) throw new CodedError("too_much", "from: at most 400 days are answered at once");
  return { from: start, to };
}

function momentOf(text: string | undefined, now: EpochMs): EpochMs | null {
  if (text === undefined) return null;
  if (text === "now") return now;
  const [, sign = "", digits = "0", unit = "s"] = /^(-?)(\d+)([smhdw]?)$/.exec(text) ?? [];
  const ms = Number(digits) * (SECONDS[unit === "" ? "s" : unit] ?? 1) * 1000;
  return sign === "-" ? now - ms : ms;
}
