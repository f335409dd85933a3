import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LegalBasis, RegistryLookup } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { tagsOf } from "./markup.ts";
import { NASTY } from "./nasty.ts";
import { LEGAL_VIEWS, PUBLISHED_VIEWS, STATEMENTS_VIEWS } from "./published-views.ts";

const skeleton = (page: string) => tagsOf(page).map((tag) => `${tag.name} ${tag.attributes.join()}`);
const { published, documented, oldVersion } = PUBLISHED_VIEWS;

const statement = (text: string) => {
  const [one] = STATEMENTS_VIEWS.some.statements;
  const names = { kk: text, ru: text, en: text };
  return one === undefined ? [] : [{ ...one, id: "s", speaker: text, summary: names, source: text }];
};
const legal = (text: string): LegalBasis[] =>
  LEGAL_VIEWS.some.legal.map((one) => ({
    ...one,
    ...{ authority: text, statute: text, remedy: text, source: text },
    document: { title: text, number: text, date: text, url: text, sha256: null },
  }));
const registry = (text: string): RegistryLookup[] =>
  documented.publication.registry.map((one) => ({
    ...one,
    ...{ target: text, failure: text },
    entries: [{ id: text, name: text, category: text, court: text, date: text, document: text }],
  }));

describe("no text from outside", () => {
  it.each([
    [
      "an incident's laws, notes and statements",
      (text: string) => {
        const versions = documented.publication.versions.map((one) => ({ ...one, note: { en: text }, role: text }));
        const law = { legal: legal(text), registry: registry(text), statements: statement(text) };
        return pages.incident({ ...documented, publication: { ...documented.publication, ...law, versions } }, "en");
      },
    ],
    [
      "two versions side by side",
      (text: string) => {
        const fields = [{ field: "method", before: `m${text}`, after: [{ x: text }] }];
        return pages.incident({ ...oldVersion, difference: { from: 1, to: 2, fields } }, "ru");
      },
    ],
    [
      "the ledger of statements",
      (text: string) => pages.statements({ ...STATEMENTS_VIEWS.some, statements: statement(text) }, "kk"),
    ],
    ["the page of legal bases", (text: string) => pages.legal({ ...LEGAL_VIEWS.some, legal: legal(text) }, "en")],
  ] as const)("breaks out of %s", (_name, make) => {
    const clean = skeleton(make("x"));
    fc.assert(
      fc.property(NASTY, (text) => {
        expect(skeleton(make(text))).toEqual(clean);
      }),
      { numRuns: 40 },
    );
  });

  it("of a site's name leaves the code on the page whole", () => {
    expect(pages.incident(published, "en")).toMatch(
      /<svg class="qr"[^>]*><rect[^>]*\/><path d="[Mhv0-9 z-]+" fill="#000"\/><\/svg>/,
    );
  });
});
