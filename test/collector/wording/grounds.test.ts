import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { weighBlock } from "../../../collector/analysis/causes/block-causes.ts";
import type { BlockEvidence } from "../../../collector/analysis/causes/block-evidence.ts";
import { weighLoss } from "../../../collector/analysis/causes/loss-causes.ts";
import { type ThrottleEvidence, weighThrottle } from "../../../collector/analysis/causes/throttle-causes.ts";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import { newLoss } from "../../../collector/analysis/losses/loss.ts";
import { COUNTED_GROUNDS, OPEN_GROUNDS, PLAIN_GROUNDS } from "../../../collector/wording/grounds/codes.ts";
import { GROUND_WORDS, groundText, groundTexts } from "../../../collector/wording/grounds/grounds.ts";
import { eventTitle } from "../../../collector/wording/marked.ts";
import { Cause, type Ground } from "../../../protocol/incident.ts";
import { probeOf, T0 } from "../analysis/build.ts";
import { FORBIDDEN } from "./forbidden.ts";

const LANGUAGES = ["kk", "ru", "en"] as const;

/** Every ground there is, with exact counts and with counts that are told as "at least". */
const EVERY: readonly Ground[] = [
  ...PLAIN_GROUNDS.map((code) => ({ code })),
  ...OPEN_GROUNDS.flatMap((code) => [{ code }, { code, counts: { total: 2, whitelist: 4 } }]),
  ...Object.entries(COUNTED_GROUNDS).flatMap(([code, names]) =>
    [1, 3, 21, { atLeast: 50 }].map((count) => ({
      code,
      counts: Object.fromEntries(names.map((name) => [name, count])),
    })),
  ),
];

describe.each(LANGUAGES)("grounds in %s", (language) => {
  const texts = EVERY.map((ground) => groundText(language, ground));

  test("are told for every code, each in other words", () => {
    expect(texts).not.toContain(null);
    expect(texts.join(" ")).not.toMatch(/undefined|null|\[object|NaN/);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("never say why something happened, who did it, or that it was wrong", () => {
    expect(texts.filter((text) => FORBIDDEN[language].test(text ?? ""))).toEqual([]);
  });

  test("hold no number but those that were counted", () => {
    const { plain, open } = GROUND_WORDS[language];
    expect([...Object.values(plain), ...Object.values(open)].filter((text) => /\d/.test(text))).toEqual([]);
  });
});

test.each(["kk", "ru"] as const)("no English stands in the grounds in %s", (language) => {
  const texts = EVERY.map((ground) => groundText(language, ground) ?? "");
  expect(texts.filter((text) => /[a-z]{3,}/i.test(text.replaceAll("DNS", "")))).toEqual([]);
});

test("what the cause table gives is told in every language, and its English is that of its codes", () => {
  fc.assert(
    fc.property(fc.oneof(blockCauses(), lossCauses(), throttleCauses()), (causes) => {
      for (const cause of causes) {
        expect(Cause.parse(JSON.parse(JSON.stringify(cause)))).toEqual(cause);
        expect(groundTexts("en", { because: cause.because, evidence: cause.evidence })).toEqual(cause.because);
        for (const language of ["kk", "ru"] as const)
          for (const text of groundTexts(language, cause)) expect(text).toMatch(/\p{Script=Cyrillic}/u);
      }
    }),
  );
});

test("a ground of before there were codes is known by its English where it holds no count, else marked as English", () => {
  const because = [
    "-1: some of the hosts had lost their power",
    "+2: 4 networks in 3 regions",
    "only one probe saw it",
  ];
  expect(groundTexts("ru", { because })).toEqual([
    "-1: у части машин пропадало питание",
    { text: "+2: 4 networks in 3 regions", lang: "en" },
    "это видел только один зонд",
  ]);
  expect(groundTexts("en", { because })).toEqual(because);
});

test("a ground that a newer collector names, and this one does not know, stays in English and says so", () => {
  const cause = { because: ["+1: the moon was full"], evidence: [{ code: "full-moon", score: 1 }] };
  expect(groundTexts("kk", cause)).toEqual([{ text: "+1: the moon was full", lang: "en" }]);
});

test("an event is called in the language asked for where somebody wrote it, else in its own, which is marked", () => {
  const titles = { kk: "Митинг, Алматы қаласы", ru: "Митинг, город Алматы", en: "Rally, Almaty" };
  expect(eventTitle("kk", { title: "Rally, Almaty", titles })).toBe(titles.kk);
  expect(eventTitle("kk", { title: "Rally, Almaty" })).toEqual({ text: "Rally, Almaty", lang: "en" });
  expect(eventTitle("en", { title: "Митинг на площади" })).toEqual({ text: "Митинг на площади", lang: "ru" });
  expect(eventTitle("ru", { title: "Алаңдағы жиын өтті" })).toEqual({ text: "Алаңдағы жиын өтті", lang: "kk" });
  expect(eventTitle("ru", { title: "Митинг на площади" })).toBe("Митинг на площади");
});

function blockCauses(): fc.Arbitrary<Cause[]> {
  const few = fc.nat(30);
  const share = fc.constantFrom(0, 0.1, 0.5, 0.8, 0.92, 1);
  const fared = fc.record({ failed: few, passed: few, names: fc.constantFrom(new Set<string>(), new Set(["a", "b"])) });
  const evidence: fc.Arbitrary<BlockEvidence> = fc.record({
    witnesses: fc.integer({ min: 1, max: 3000 }),
    proofs: few,
    certain: fc.constantFrom(0, 1),
    alike: share,
    steady: fc.record({ share, votes: few }),
    asns: fc.integer({ min: 1, max: 9 }),
    owners: fc.integer({ min: 1, max: 9 }),
    openElsewhere: few,
    hostedInside: fc.boolean(),
    filteredAbroad: fc.boolean(),
    foreign: fared,
    others: fared,
    site: weather(),
    software: fc.constantFrom(
      null,
      ...[true, false].flatMap((only) => [true, false].map((other) => ({ only, since: other, shared: other }))),
    ),
    authority: fc.constantFrom(null, "own" as const, "foreign" as const),
    hops: fc.constantFrom(null, 2, 7, 12),
  });
  return evidence.map(weighBlock);
}

function weather(): fc.Arbitrary<BlockEvidence["site"]> {
  const few = fc.nat(20);
  return fc.record({ looks: few, ill: few, errors: few, turns: few, controls: few, without: few });
}

function throttleCauses(): fc.Arbitrary<Cause[]> {
  const maybe = fc.constantFrom(null, true, false);
  const evidence: fc.Arbitrary<ThrottleEvidence> = fc.record({
    ...{ witnesses: fc.integer({ min: 1, max: 900 }), asns: fc.integer({ min: 1, max: 9 }) },
    ...{ owners: fc.integer({ min: 1, max: 9 }), openElsewhere: fc.nat(9), near: fc.boolean() },
    ...{ controlled: fc.boolean(), steadyControl: maybe, capped: maybe },
    ...{ filteredAbroad: fc.boolean(), hostedInside: fc.boolean(), site: weather() },
  });
  return evidence.map(weighThrottle);
}

function lossCauses(): fc.Arbitrary<Cause[]> {
  const knowledge = knowledgeFrom({ networks: [{ asn: 9198, group: "KT" }] });
  const count = fc.nat(3);
  const sides = fc.record({ up: count, down: count });
  const loss = fc
    .record({
      info: fc.record({
        asn: fc.constantFrom(9198, 29355, 21299),
        region: fc.constantFrom("KZ-75", "KZ-71"),
        access: fc.constantFrom("fixed" as const, "mobile" as const),
      }),
      more: fc.record({
        ...{ gateway: sides, provider: sides, wellDuring: fc.nat(2), rebooted: fc.boolean(), updated: fc.boolean() },
        ...{ restarted: fc.boolean(), heardByDns: fc.boolean(), sameBootAt: fc.constantFrom(null, T0) },
        anchors: fc.constantFrom(
          new Map<string, { up: number; down: number }>(),
          new Map([
            ["a", { up: 3, down: 0 }],
            ["b", { up: 0, down: 3 }],
          ]),
        ),
      }),
    })
    .map(({ info, more }) => ({ ...newLoss(probeOf("A", info), T0, "boot-1"), ...more }));
  return fc
    .record({
      losses: fc.array(loss, { minLength: 1, maxLength: 6 }),
      stayed: fc.constantFrom([], [{ access: "fixed" }], [{ access: "mobile" }]),
      extent: fc.constantFrom(null, "total" as const, ...OPEN_GROUNDS),
      extentCounts: fc.constantFrom({}, { total: 1, "dns-only": 3 }),
      controls: fc.constantFrom({ known: 0, lost: 0 }, { known: 2, lost: 2 }, { known: 2, lost: 0 }),
      beganAt: fc.constantFrom(null, T0, T0 + 17 * 60_000),
    })
    .map((evidence) => weighLoss(evidence, knowledge));
}
