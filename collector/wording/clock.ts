import type { Language } from "../api/types.ts";

/** A moment in UTC, and as a clock on a wall of the place showed it: both RFC 3339, the second with its offset. */
export type Moment = { readonly utc: string; readonly local: string };

/** A moment as a clock shows it; `offsetMin` is minutes east of UTC. */
export type WallClock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly offsetMin: number;
};

/** "5 January 2022, 16:35 (UTC+6) = 10:35 UTC". */
export function momentText(moment: Moment, language: Language): string {
  return spanText(moment, moment, language);
}

/**
 * A span of uncertainty in local time and UTC: "5 January 2022, 16:30–16:35 (UTC+6) = 10:30–10:35 UTC". Seconds are
 * shown where both ends lie in one minute; the UTC date is added where it is another. Where local time is UTC, or is not
 * known, it is told once.
 */
export function spanText(from: Moment, to: Moment, language: Language): string {
  const [a, b] = [wallClock(from.local), wallClock(to.local)];
  const [c, d] = [wallClock(from.utc), wallClock(to.utc)];
  const seconds = minuteOf(c) === minuteOf(d) && (c.second !== 0 || d.second !== 0);
  if (a.offsetMin === 0 && b.offsetMin === 0) return rangeText(c, d, { language, seconds, dated: true });
  const utc = rangeText(c, d, { language, seconds, dated: !sameDate(a, c) || !sameDate(b, d) });
  return `${rangeText(a, b, { language, seconds, dated: true })} = ${utc}`;
}

/** The local half of {@link spanText}, for sentences. */
export function localSpanText(from: Moment, to: Moment, language: Language): string {
  const [a, b] = [wallClock(from.local), wallClock(to.local)];
  const seconds = minuteOf(a) === minuteOf(b) && (a.second !== 0 || b.second !== 0);
  return rangeText(a, b, { language, seconds, dated: true });
}

type Style = { language: Language; seconds: boolean; dated: boolean };

function rangeText(a: WallClock, b: WallClock, { language, seconds, dated }: Style): string {
  const [from, to] = [clockText(a, seconds), clockText(b, seconds)];
  const zone = zoneText(b.offsetMin);
  const first = dated ? `${dateText(a, language)}, ` : "";
  if (sameDate(a, b) && a.offsetMin === b.offsetMin) return `${first}${from === to ? from : `${from}–${to}`}${zone}`;
  const ownZone = a.offsetMin === b.offsetMin ? "" : zoneText(a.offsetMin);
  return `${first}${from}${ownZone} – ${dateText(b, language)}, ${to}${zone}`;
}

/** Fields of an RFC 3339 time, as they stand there. */
export function wallClock(text: string): WallClock {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (found ?? []).slice(1, 7).map(Number);
  const east = Number(found?.[8] ?? 0) * 60 + Number(found?.[9] ?? 0);
  return { year, month, day, hour, minute, second, offsetMin: found?.[7] === "-" ? -east : east };
}

/** "UTC+6", "UTC+5:30", "UTC". */
export function offsetText(offsetMin: number): string {
  if (offsetMin === 0) return "UTC";
  const minutes = Math.abs(offsetMin) % 60;
  const tail = minutes === 0 ? "" : `:${two(minutes)}`;
  return `UTC${offsetMin < 0 ? "−" : "+"}${Math.floor(Math.abs(offsetMin) / 60)}${tail}`;
}

function zoneText(offsetMin: number): string {
  return offsetMin === 0 ? "\u00a0UTC" : `\u00a0(${offsetText(offsetMin)})`;
}

/** "16:35", with seconds "16:35:07". */
export function clockText({ hour, minute, second }: WallClock, seconds = false): string {
  return `${two(hour)}:${two(minute)}${seconds ? `:${two(second)}` : ""}`;
}

/** "5 January 2022" in each language, month names by us: no small build of Node is trusted with Kazakh. */
export function dateText(
  { year, month, day }: Pick<WallClock, "year" | "month" | "day">,
  language: Language,
  withYear = true,
): string {
  const name = MONTHS[language][month - 1] ?? "";
  if (language === "kk") return `${withYear ? `${year}\u00a0ж. ` : ""}${day}\u00a0${name}`;
  const tail = language === "ru" ? ` ${year}\u00a0г.` : ` ${year}`;
  return `${day}\u00a0${name}${withYear ? tail : ""}`;
}

function minuteOf({ year, month, day, hour, minute }: WallClock): string {
  return [year, month, day, hour, minute].join();
}

/** Whether two clocks show one date. */
export function sameDate(a: WallClock, b: WallClock): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Months by language, as they stand behind the number of a day. */
export const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  ru: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" "),
  kk: "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(" "),
};
