import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reportOf } from "../../collector/admin/report-form.ts";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { readEvent } from "../../collector/events/own-csv.ts";
import { createPlaces } from "../../collector/events/places.ts";
import { wrongText } from "../../dashboards/admin/wrong.ts";
import { markupOf } from "../../dashboards/html.ts";
import { CATALOGUES, LANGUAGES, type MessageKey, translator } from "../../dashboards/translate.ts";

const KEYS = (Object.keys(CATALOGUES.en) as MessageKey[]).filter((key) => key.startsWith("desk.wrong."));
const told = (problem: string, language: "kk" | "ru" | "en") =>
  markupOf(wrongText({ t: translator(language) }, problem));
const plain = (markup: string) => markup.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

describe.each(LANGUAGES)("what is wrong with a form, in %s", (language) => {
  test.each(KEYS)("%s is known by its English text, with what stands in it", (key) => {
    const names = [...CATALOGUES.en[key].matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const values = Object.fromEntries(names.map((name, index) => [name, `value ${index}`]));
    expect(plain(told(translator("en")(key, values), language))).toBe(translator(language)(key, values));
  });

  test("names the field by its label, and each of several problems", () => {
    const markup = told("start: is missing; targets: there is no site 'a.kz'", language);
    const t = translator(language);
    expect(plain(markup)).toBe(
      `${t("desk.field.start")}: ${t("desk.wrong.missing")}; ${t("desk.field.targets")}: ${t("desk.wrong.noSite", { text: "a.kz" })}`,
    );
  });

  test("stays English, and says so, where it is not known; nothing of it becomes markup", () => {
    const typed = told("targets: there is no site 'a; b'", language);
    expect(typed).not.toContain('lang="en"');
    expect(told("odd: <b>what</b>", language)).toBe('odd: <span lang="en">&lt;b&gt;what&lt;/b&gt;</span>');
  });
});

test("whatever is typed into the forms of events and reports, their problems are told in Russian and Kazakh", () => {
  const catalogue = loadCatalogue();
  const places = createPlaces(catalogue.regions);
  const typed = fc.oneof(
    ...["", "x", "2022-13-45", "2022-01-05", "KZ-75", "KZ", "orda.kz", "rally", "day", "minute", "verified"].map(
      fc.constant,
    ),
    fc.string({ maxLength: 20 }),
    fc.string({ minLength: 600, maxLength: 700 }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...EVERY_FIELD), typed), (values) => {
      const event = readEvent((name) => values[name] ?? "", places);
      const report = reportOf(values, catalogue, null);
      const problems = [...("problems" in event ? event.problems : []), ...(report.ok ? [] : report.problems)];
      for (const language of ["ru", "kk"] as const)
        expect(problems.filter((problem) => told(problem, language).includes('lang="en"'))).toEqual([]);
    }),
  );
});

const EVERY_FIELD = [
  ...["id", "kind", "sanctioned", "place", "title", "start", "end", "precision", "source", "grade", "targets"],
  ...["title-kk", "title-ru", "title-en"],
];
