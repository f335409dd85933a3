import { describe, expect, it } from "vitest";
import { RULES_VERSION } from "../../collector/analysis/classify.ts";
import { TEXT_PAGES } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { PROSE } from "../../dashboards/prose/all.ts";
import { RULES_HISTORY } from "../../dashboards/prose/rules-history.ts";
import { LANGUAGES } from "../../dashboards/translate.ts";
import { en } from "../../probe/consent/en.ts";
import { kk } from "../../probe/consent/kk.ts";
import { ru } from "../../probe/consent/ru.ts";
import { VERDICT_CODES } from "../../protocol/verdict.ts";
import { textOf } from "./markup.ts";
import { decoded } from "./nasty.ts";
import { stamp } from "./view-parts.ts";

const CONSENT = { en, kk, ru };
const show = (page: (typeof TEXT_PAGES)[number], language: (typeof LANGUAGES)[number]) =>
  decoded(textOf(pages.text(page, stamp(), language) ?? ""));

describe.each(LANGUAGES)("in %s", (language) => {
  it("the page for volunteers says all that the probe says before it asks for consent", () => {
    const { what, sent, never, seen, risk, notIf, stop } = CONSENT[language];
    const page = show("join", language);
    for (const part of [sent, never, seen, risk, notIf, stop])
      for (const line of [part.title, ...part.lines]) expect(page).toContain(line);
    expect(page).toContain(what);
  });

  it("the page about the method tells what the rules in force brought, and examples of citing name their version", () => {
    const [newest] = RULES_HISTORY;
    expect(newest?.version).toBe(RULES_VERSION);
    expect(show("methodology", language)).toContain(newest?.brought[language][0]);
    expect(decoded(textOf(pages.text("cite", { ...stamp(), rulesVersion: "77" }, language) ?? ""))).toMatch(/ 77[.,]/);
  });

  it("the page about the method explains every verdict by its code", () => {
    const page = show("methodology", language);
    for (const code of VERDICT_CODES) expect(page).toContain(` ${code} `);
  });

  it.each(TEXT_PAGES)("%s has the same parts as in English, as many lines, and its own words", (page) => {
    const shape = (one: typeof language) =>
      PROSE[page][one].sections.map(({ id, paragraphs, items, terms }) => [
        id,
        paragraphs?.length,
        items?.length,
        terms?.length,
      ]);
    expect(shape(language)).toEqual(shape("en"));
    const words = (one: typeof language) =>
      PROSE[page][one].sections.flatMap(({ paragraphs = [], items = [] }) => [...paragraphs, ...items]);
    if (language !== "en") expect(words(language).filter((line) => words("en").includes(line))).toEqual([]);
  });
});
