import type { Language } from "../collector/api/types.ts";
import { clockText, dateText, MONTHS, offsetText, sameDate, type WallClock } from "../collector/api/wording.ts";

export { clockText, dateText, offsetText } from "../collector/api/wording.ts";

/** A moment as a clock on the wall of some zone shows it. */
export type WallTime = WallClock;

/** The zone used where nothing nearer is known: Almaty, +06 until 29 February 2024 18:00 UTC and +05 since. */
export const DEFAULT_ZONE = "Asia/Almaty";

const MINUTE_MS = 60_000;

/** How a moment is to be told. `near` is a moment whose date (and year) need not be repeated. */
export type TimeStyle = { language: Language; zone: string; near?: string | undefined; seconds?: boolean };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const options = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric" } as const;
  const more = { minute: "numeric", second: "numeric", hourCycle: "h23", calendar: "gregory" } as const;
  const made = new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options, ...more });
  formats.set(zone, made);
  return made;
}

/** Wall time of a UTC moment (RFC 3339 text or epoch milliseconds); a zone nobody knows is read as Almaty. */
export function wallTime(at: string | number, zone: string): WallTime {
  const moment = new Date(at);
  const found = new Map(
    knownFormat(zone)
      .formatToParts(moment)
      .map((part) => [part.type, Number(part.value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => found.get(type) ?? 0;
  const wall = { year: of("year"), month: of("month"), day: of("day"), hour: of("hour"), minute: of("minute") };
  const asUtcMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, of("second"));
  const wholeSecondsMs = Math.floor(moment.getTime() / 1000) * 1000;
  return { ...wall, second: of("second"), offsetMin: (asUtcMs - wholeSecondsMs) / MINUTE_MS };
}

function knownFormat(zone: string): Intl.DateTimeFormat {
  try {
    return formatOf(zone);
  } catch {
    return formatOf(DEFAULT_ZONE);
  }
}

/** "January 2022". */
export function monthText(wall: WallTime, language: Language): string {
  const month = (language === "ru" ? RUSSIAN_NOMINATIVE : MONTHS[language])[wall.month - 1] ?? "";
  return language === "kk" ? `${wall.year} ж. ${month}` : `${month} ${wall.year}${language === "ru" ? " г." : ""}`;
}

/** "5 Jan" for the axis of a chart. */
export function shortDateText(wall: WallTime, language: Language): string {
  return `${wall.day} ${SHORT_MONTHS[language][wall.month - 1] ?? ""}`;
}

/** "5 January 2022, 16:35 (UTC+6) = 10:35 UTC"; the UTC date is added where it is another one. */
export function momentText(at: string, style: TimeStyle): string {
  const [local, utc] = momentParts(at, style);
  return `${local} = ${utc}`;
}

/** The two halves of {@link momentText}: local time with its offset, and UTC. */
export function momentParts(at: string, style: TimeStyle): [local: string, utc: string] {
  const wall = wallTime(at, style.zone);
  const local = `${datePrefix(wall, style)}${clockText(wall, style.seconds)}\u00a0(${offsetText(wall.offsetMin)})`;
  return [local, utcText(at, at, wall, style)];
}

/**
 * A span of uncertainty: "5 January 2022, 16:30–16:35 (UTC+6) = 10:30–10:35 UTC". Seconds are shown where both ends
 * lie in one minute; both offsets where they differ.
 */
export function spanParts(from: string, to: string, style: TimeStyle): [local: string, utc: string] {
  if (Date.parse(from) === Date.parse(to)) return momentParts(from, style);
  const seconds = Math.abs(Date.parse(to) - Date.parse(from)) < MINUTE_MS;
  const [a, b] = [wallTime(from, style.zone), wallTime(to, style.zone)];
  const utc = utcText(from, to, a, { ...style, seconds });
  const end = sameDate(a, b) ? "" : `${dateText(b, style.language, a.year !== b.year)}, `;
  const startOffset = a.offsetMin === b.offsetMin ? "" : `\u00a0(${offsetText(a.offsetMin)})`;
  const dash = end === "" && startOffset === "" ? "–" : " – ";
  const start = `${datePrefix(a, style)}${clockText(a, seconds)}${startOffset}`;
  return [`${start}${dash}${end}${clockText(b, seconds)}\u00a0(${offsetText(b.offsetMin)})`, utc];
}

/** {@link spanParts} as one text. */
export function spanText(from: string, to: string, style: TimeStyle): string {
  return spanParts(from, to, style).join(" = ");
}

function utcText(from: string, to: string, local: WallTime, style: TimeStyle): string {
  const [a, b] = [wallTime(from, "UTC"), wallTime(to, "UTC")];
  const start = `${sameDate(a, local) ? "" : `${dateText(a, style.language, false)}, `}${clockText(a, style.seconds)}`;
  if (from === to) return `${start}\u00a0UTC`;
  if (sameDate(a, b)) return `${start}–${clockText(b, style.seconds)}\u00a0UTC`;
  return `${start} – ${dateText(b, style.language, false)}, ${clockText(b, style.seconds)}\u00a0UTC`;
}

function datePrefix(wall: WallTime, style: TimeStyle): string {
  const near = style.near === undefined ? null : wallTime(style.near, style.zone);
  if (near !== null && sameDate(near, wall)) return "";
  return `${dateText(wall, style.language, near === null || near.year !== wall.year)}, `;
}

const SHORT_MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),
  ru: "янв фев мар апр мая июн июл авг сен окт ноя дек".split(" "),
  kk: "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел".split(" "),
};

const RUSSIAN_NOMINATIVE = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(" ");
