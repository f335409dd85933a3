import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language } from "../../../collector/api/types.ts";
import { REPORT_WORDS } from "../../../collector/evidence/report/in-language.ts";
import { PREDICTIONS } from "../../../collector/statements/predictions.ts";
import { VERIFY_WORDS } from "../../../collector/verify/words.ts";
import {
  causeText,
  confidenceText,
  finding,
  headline,
  INCIDENT_WORDS,
  methodText,
  predictionText,
  sureText,
  watchedText,
  witnessText,
} from "../../../collector/wording/sentences.ts";
import { CAUSES, type Incident } from "../../../protocol/incident.ts";
import { everyText } from "./every-text.ts";
import { FORBIDDEN } from "./forbidden.ts";

const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];

/** What a measurement that was found to be interference must be called: consistent with something. */
const CAUTIOUS: Readonly<Record<Language, RegExp>> = { en: /consistent with/, ru: /согласуется с/, kk: /сай келеді/ };

const ALL = LANGUAGES.map((language) => ({
  language,
  texts: [
    ...everyText(INCIDENT_WORDS[language], "incident"),
    ...everyText(REPORT_WORDS[language], "report"),
    ...everyText(VERIFY_WORDS[language], "verify"),
    ...Object.entries(PREDICTIONS).flatMap(([claim, list]) =>
      everyText(
        list.map((one) => one[language]),
        claim,
      ),
    ),
  ],
}));

describe.each(ALL)("what is said in $language", ({ language, texts }) => {
  test("never says why something happened, who did it, or that it was wrong", () => {
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.filter(({ text }) => FORBIDDEN[language].test(text))).toEqual([]);
  });

  test("calls what was found consistent with something; a loss without a leading explanation is told alone", () => {
    const { finding: found } = INCIDENT_WORDS[language];
    const parts = { targets: "T", regions: "R", networks: "N", extent: "E", when: "W" };
    for (const [kind, sentence] of Object.entries(found))
      if (kind !== "outage") expect(sentence(parts)).toMatch(CAUTIOUS[language]);
    expect(found.outage(parts)).not.toMatch(CAUTIOUS[language]);
  });

  test("has no number of its own: what it counts it is given", () => {
    const numbers = texts
      .filter(({ place }) => place.startsWith("incident"))
      .flatMap(({ place, text }) => [...text.matchAll(/\d+/g)].map(([digits]) => ({ place, digits })))
      .filter(({ digits, place }) => digits !== "7" && !place.startsWith("incident.fewProbes"));
    expect(numbers).toEqual([]);
  });
});

test("every language has the same texts, and each in its own letters", () => {
  const places = ALL.map(({ texts }) =>
    texts.map(({ place }) => place).filter((place) => !place.startsWith("report.glossary")),
  );
  expect(places[1]).toEqual(places[0]);
  expect(places[2]).toEqual(places[0]);
  for (const { language, texts } of ALL.filter((one) => one.language !== "en"))
    expect(
      texts.filter(({ text }) => /[a-z]{4}/i.test(text) && !/\p{Script=Cyrillic}/u.test(text)).map(({ text }) => text),
      language,
    ).toEqual(texts.flatMap(({ text }) => (OWN_NAMES.has(text) ? [text] : [])));
});

/** Texts that are names, alike in all languages. */
const OWN_NAMES = new Set(["Kuager"]);

test("whatever an incident is, no sentence about it says more than it may", () => {
  const times = fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2027-01-01") });
  const incident: fc.Arbitrary<Incident> = fc.record({
    id: fc.constant("i"),
    kind: fc.constantFrom("block", "interception", "throttle", "shutdown", "outage"),
    method: fc.constantFrom(null, "tls_drop", "tls_reset", "block_page", "goodput", "x_new"),
    extent: fc.constantFrom(null, "total", "domestic-only", "whitelist", "dns-only", "mobile-only", "degraded"),
    targets: fc.array(fc.constantFrom("a.example", "b.example", "c.example", "d.example"), { maxLength: 6 }),
    asns: fc.array(fc.constantFrom(9198, 41798, 29355), { maxLength: 6 }),
    regions: fc.array(fc.constantFrom("KZ-75", "KZ-71", "KZ-10"), { maxLength: 6 }),
    access: fc.constantFrom([], ["fixed"], ["mobile", "fixed"]),
    start: times.map((at) => ({ earliest: new Date(at).toISOString(), latest: new Date(at).toISOString() })),
    end: fc.constant(null),
    detectedAt: fc.constant("2026-01-01T00:00:00.000Z"),
    confidence: fc.constantFrom("observed", "probable", "confirmed"),
    witnesses: fc.nat(3000),
    measurements: fc.nat(30_000),
    causes: fc.constant([]),
  });
  fc.assert(
    fc.property(incident, fc.constantFrom(...LANGUAGES), (one, language) => {
      const names = { regions: {}, networks: {} };
      const moment = { utc: one.start.earliest, local: one.start.earliest };
      const start = { earliest: moment, latest: moment };
      const sentences = [
        headline(language, one, names),
        finding(language, one, names, { start, end: null }),
        ...[confidenceText(language, one), sureText(language, one), methodText(language, one)],
        witnessText(language, one, 3),
        ...CAUSES.flatMap((cause) => [causeText(language, one, cause), predictionText(language, one, cause) ?? ""]),
      ];
      for (const sentence of sentences) expect(sentence).not.toMatch(FORBIDDEN[language]);
      expect(sentences.join(" ")).not.toMatch(/undefined|null|\[object|NaN/);
      if (one.witnesses === 1 || one.witnesses === 2) expect(witnessText(language, one, 3)).toContain("1–2");
    }),
  );
});

test("Russian counts probes by the greater number of a range", () => {
  const of = (min: number, max: number) => watchedText("ru", { expected: max, min, max }).replaceAll("\u00a0", " ");
  expect([of(0, 3), of(0, 24), of(5, 12), of(20, 21)]).toEqual([
    "0–3 зонда на связи",
    "0–24 зонда на связи",
    "5–12 зондов на связи",
    "20–21 зонд на связи",
  ]);
});
