import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { CATALOGUES, LANGUAGES, type MessageKey, translator } from "../../dashboards/translate.ts";

const KEYS = Object.keys(CATALOGUES.en).sort();
const PAIRS = [
  ["kk", "ru"],
  ["kk", "en"],
  ["ru", "en"],
] as const;

/** Texts that are the same in two languages and right in both: pure placeholders and shared loan words. */
const SAME_ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  "kk-ru": [
    ...["event.rally", "event.picket", "targets.site", "duration.span", "nav.api", "matrix.fiveMinutes"],
    "desk.alerts.incident",
  ],
  "kk-en": ["duration.span", "nav.api"],
  "ru-en": ["duration.span", "nav.api"],
};

const CAUSAL =
  /\bbecause\b|\bdue to\b|\bcaused? by\b|as a result|thanks to|из-за|потому|вследствие|в результате|по причине|поэтому|благодаря|себебі|салдарынан|сондықтан|кесірінен|өйткені|арқасында/iu;

type Element = { type: number; value?: string; options?: Record<string, { value: Element[] }> };

function placeholders(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => [
    // 1 to 6 are argument, number, date, time, select and plural; 0 is text and 7 the number sign.
    ...(element.type >= 1 && element.type <= 6 && element.value !== undefined ? [element.value] : []),
    ...Object.values(element.options ?? {}).flatMap(({ value }) => placeholders(value)),
  ]);
}

function placeholdersOf(language: "kk" | "ru" | "en", key: string): string[] {
  const text: string = new Map<string, string>(Object.entries(CATALOGUES[language])).get(key) ?? "";
  const ast = new IntlMessageFormat(text, language, {}, { ignoreTag: true }).getAst();
  // The cast narrows the library's own union to the few members that are read here.
  return [...new Set(placeholders(ast as unknown as Element[]))].sort();
}

describe("catalogues", () => {
  it.each(LANGUAGES)("%s has every key and no other", (language) => {
    expect(Object.keys(CATALOGUES[language]).sort()).toEqual(KEYS);
  });

  it.each(LANGUAGES)("%s takes the same values as English", (language) => {
    for (const key of KEYS) expect(placeholdersOf(language, key), key).toEqual(placeholdersOf("en", key));
  });

  it.each(PAIRS)("%s and %s never say the same by accident", (a, b) => {
    const allowed = SAME_ON_PURPOSE[`${a}-${b}`] ?? [];
    const others = new Map<string, string>(Object.entries(CATALOGUES[b]));
    const same = Object.entries(CATALOGUES[a])
      .filter(([key, text]) => others.get(key) === text && /\p{L}{2}/u.test(text.replace(/\{\w+\}/g, "")))
      .map(([key]) => key);
    expect(same.filter((key) => !allowed.includes(key))).toEqual([]);
  });

  it.each(LANGUAGES)("%s never says that one thing made another happen", (language) => {
    for (const [key, text] of Object.entries(CATALOGUES[language])) expect(text, key).not.toMatch(CAUSAL);
  });

  it("writes Kazakh with its own letters and Russian without them", () => {
    expect(Object.values(CATALOGUES.kk).join()).toMatch(/[әғқңөұүһі]/);
    const russian = Object.entries(CATALOGUES.ru).map(([, text]) => text);
    expect(russian.filter((text) => /[әғқңөұүһі]/.test(text))).toEqual([]);
  });

  it("chooses plurals by each language's own rules", () => {
    const say = (language: "kk" | "ru" | "en", key: MessageKey, n: number) =>
      translator(language)(key, { n }).replace(/\u00a0/g, " ");
    expect([1, 2, 5, 21].map((n) => say("ru", "duration.minutes", n))).toEqual([
      "1 минуту",
      "2 минуты",
      "5 минут",
      "21 минуту",
    ]);
    expect([1, 12].map((n) => say("en", "duration.minutes", n))).toEqual(["1 minute", "12 minutes"]);
    expect([1, 12].map((n) => say("kk", "duration.minutes", n))).toEqual(["1 минут", "12 минут"]);
  });

  it("refuses to make a text whose value is missing", () => {
    expect(() => translator("en")("duration.minutes")).toThrow();
  });
});

it("a Russian sentence that ends in a date has one full stop", () => {
  expect(translator("ru")("pub.tombstone", { when: "28 ноября 2026 г." })).toBe("Отозвано 28 ноября 2026 г.");
});
