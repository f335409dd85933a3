import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROBLEMS } from "../../../collector/api/problem-words.ts";
import { REFERENCE_WORDS } from "../../../collector/api/reference/reference-view.ts";
import type { Language, ReferenceView } from "../../../collector/api/types.ts";
import { pages } from "../../../dashboards/pages.ts";
import { startCollector, type TestCollector, testPages } from "../test-collector.ts";
import { type Described, describedBy } from "./described.ts";

const LANGUAGES = ["kk", "ru", "en"] as const;
const views = new Map<Language, ReferenceView>();
const texts = new Map<Language, string>();
let collector: TestCollector;
let described: Described;

beforeAll(async () => {
  const reference: typeof pages.reference = (view, language) => {
    views.set(language, view);
    return pages.reference(view, language);
  };
  collector = await startCollector({ pages: { ...testPages, reference } });
  described = await describedBy(collector.url);
  for (const language of LANGUAGES) texts.set(language, await (await fetch(`${collector.url}/${language}/api`)).text());
});
afterAll(() => collector.close());

const operationsIn = (language: Language) => views.get(language)?.groups.flatMap(({ operations }) => operations) ?? [];
const meanings = (language: Language) => operationsIn(language).flatMap(({ parameters }) => parameters);

describe("the reference", () => {
  test("tells every route of the description, each once", () => {
    const ids = operationsIn("en").map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const told = operationsIn("en").flatMap(({ path, forms }) => [path, ...forms.map((form) => form.path)]);
    expect([...new Set(told)].sort()).toEqual(Object.keys(described.spec.paths).sort());
  });

  test("says what every parameter means, in each language", () => {
    const english = new Set(meanings("en").map(({ about }) => about));
    const silent = operationsIn("en").flatMap(({ id, parameters }) =>
      parameters.filter(({ about }) => about === "").map(({ name }) => `${id} ${name}`),
    );
    expect(silent).toEqual([]);
    for (const language of ["ru", "kk"] as const) {
      const known = Object.keys(REFERENCE_WORDS[language].parameters);
      expect([...english].filter((about) => !known.includes(about))).toEqual([]);
      expect(known.filter((about) => !english.has(about))).toEqual([]);
    }
  });

  test("has the same parts in each language", () => {
    const shape = (language: Language) =>
      views
        .get(language)
        ?.sections.map(({ id, items, paragraphs, code }) => [id, items?.length, paragraphs?.length, code?.length]);
    expect(shape("ru")).toEqual(shape("en"));
    expect(shape("kk")).toEqual(shape("en"));
  });

  test("asks its examples of this server, whose answers are as described", async () => {
    const shown = operationsIn("en").filter(({ example }) => example !== null);
    expect(shown.length).toBeGreaterThan(20);
    for (const { example, path } of shown) {
      const address = example?.curl.slice("curl '".length, -1) ?? "";
      const answer = await fetch(`${collector.url}${address}`, { headers: { accept: "application/json" } });
      const text = await answer.text();
      described.check(address, { status: answer.status, type: answer.headers.get("content-type") ?? "", text });
      // The test's collector has no records, no log and no such target of a registry: then the problem is shown.
      expect([200, 404, 400], path).toContain(answer.status);
    }
  });

  test("has a place for every problem, asks no other host and runs no script of its own", () => {
    for (const language of LANGUAGES) {
      const text = texts.get(language) ?? "";
      for (const code of Object.keys(PROBLEMS)) expect(text).toContain(`id="problem-${code}"`);
      expect([...text.matchAll(/(?:src|href)="(https?:)?\/\/[^"]*"/g)].map(([match]) => match)).toEqual([]);
      expect(text).not.toContain("<script>");
    }
  });

  test("is where the type of a problem leads", async () => {
    const problem = (await (await fetch(`${collector.url}/api/v1/verdicts?limit=0`)).json()) as { type: string };
    const [path, anchor] = problem.type.split("#");
    expect(path).toBe("/api");
    expect(texts.get("en")).toContain(`id="${anchor}"`);
  });
});
