import type { Context } from "../context.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of time in words: seconds below a minute, minutes below an hour, then two units. */
export function durationText({ t }: Context, ms: number): string {
  if (ms < MINUTE_MS) return t("duration.seconds", { n: Math.round(ms / 1000) });
  if (ms < HOUR_MS) return t("duration.minutes", { n: Math.round(ms / MINUTE_MS) });
  if (ms < 2 * DAY_MS) return hoursText({ t }, Math.round(ms / MINUTE_MS));
  const hours = Math.round(ms / HOUR_MS);
  const rest = hours % 24;
  const days = Math.floor(hours / 24);
  return rest === 0 ? t("duration.days", { n: days }) : t("duration.dh", { d: days, h: rest });
}

function hoursText({ t }: Pick<Context, "t">, minutes: number): string {
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  return rest === 0 ? t("duration.hours", { n: hours }) : t("duration.hm", { h: hours, m: rest });
}

/** A length known within bounds: one text where both bounds read the same. */
export function durationSpanText(context: Context, minMs: number, maxMs: number): string {
  const [min, max] = [durationText(context, Math.max(0, minMs)), durationText(context, Math.max(0, maxMs))];
  return min === max ? min : context.t("duration.span", { min, max });
}
