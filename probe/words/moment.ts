import type { Language } from "../config.ts";

const STEPS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/**
 * A moment for a person: how long ago, then the host's own time with its offset, then UTC, as in `3 minutes ago
 * (2026-11-22 08:27 UTC+05, 03:27 UTC)`. Text that is no time comes back as it is. `nowMs` is the same clock's now.
 */
export function moment(iso: string, nowMs: number, language: Language): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return iso;
  const date = new Date(ms);
  const offsetMin = -date.getTimezoneOffset();
  const local = new Date(ms + offsetMin * 60_000).toISOString();
  const utc = `${date.toISOString().slice(11, 16)} UTC`;
  const here = `${local.slice(0, 10)} ${local.slice(11, 16)}`;
  return `${ago(ms - nowMs, language)} (${offsetMin === 0 ? `${here} UTC` : `${here} ${offsetText(offsetMin)}, ${utc}`})`;
}

/**
 * How long ago in the largest unit of which there is one whole; until when in the largest that tells it to a tenth: a
 * pause of 90 minutes is no hour. Node knows all three languages.
 */
function ago(differenceMs: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const seconds = differenceMs > 0 ? Math.ceil(differenceMs / 1000) : Math.trunc(differenceMs / 1000);
  const isTold = (size: number) => seconds < 0 || Math.abs(Math.round(seconds / size) * size - seconds) <= size / 10;
  const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size && isTold(size)) ?? ["second", 1];
  return format.format(seconds < 0 ? Math.trunc(seconds / length) : Math.round(seconds / length), unit);
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const text = String(hours).padStart(2, "0") + (rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`);
  return `UTC${minutes < 0 ? "-" : "+"}${text}`;
}
