import { describe, expect, test } from "vitest";
import type { Publication, PublishedVersion } from "../../../collector/api/types.ts";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { draftFacts } from "../../../collector/legal/drafts/facts.ts";
import { DRAFT_WORDS } from "../../../collector/legal/drafts/in-language.ts";
import { DRAFT_KINDS } from "../../../collector/legal/drafts/words.ts";
import { writeDraft } from "../../../collector/legal/drafts/write-draft.ts";
import { at, block, HOUR } from "../publication/scene.ts";

const catalogue = loadCatalogue();
const shown: PublishedVersion = {
  ...{
    number: "KZ-2026-0042",
    version: 3,
    publishedAt: at(0),
    change: "records",
    changed: [],
    note: null,
    erratum: false,
  },
  ...{
    other: null,
    incident: block("a", 0, { causes: [{ cause: "DDoS", score: 0, verdict: "contradicted", because: [] }] }),
  },
};
const legal = catalogue.legal.filter(({ subject }) => "target" in subject && subject.target === "orda.kz");
const publication: Publication = { number: shown.number, versions: [shown], legal, registry: [], statements: [] };
const LANGUAGES = ["kk", "ru", "en"] as const;
const CASES = LANGUAGES.flatMap((language) => DRAFT_KINDS.map((kind) => [language, kind] as const));

function draft(language: (typeof LANGUAGES)[number], kind: (typeof DRAFT_KINDS)[number], version = shown): string {
  const where = { language, site: "https://kuager.example", madeAt: "2026-11-28T00:00:00.000Z", enoughProbes: 3 };
  return writeDraft(kind, language, draftFacts(catalogue, { shown: version, publication }, where));
}

describe.each(CASES)("the draft in %s, %s", (language, kind) => {
  const text = draft(language, kind);

  test("is marked as a draft for a lawyer on its first line, and holds the facts of the version", () => {
    expect(text.startsWith(`*** ${DRAFT_WORDS[language].banner[0]}`)).toBe(true);
    for (const fact of ["KZ-2026-0042-v3", "orda.kz", "AS9198", "2026-03-01 05:00 (UTC+5) = 00:00 UTC"])
      expect(text, fact).toContain(fact);
    expect(text).toContain(`https://kuager.example/${language}/i/KZ-2026-0042/v3`);
  });

  test("claims and accuses of nothing", () => {
    const own = text.replace(/\[[^\]]*\]/g, "");
    expect(own).not.toMatch(
      /\bbecause\b|\bdue to\b|caused by|из-за|вследствие|виновен|виноват|салдарынан|кесірінен|кінәлі|guilty|\billegal/iu,
    );
  });

  test("leaves no name unfilled, and lines fit a page", () => {
    expect(text).not.toMatch(/\{\w+\}|undefined|null/);
    for (const line of text.split("\r\n")) expect(line.length, line).toBeLessThanOrEqual(130);
  });
});

describe("a draft", () => {
  test("does not tell how many saw it where they were one or two", () => {
    const few = { ...shown, incident: { ...shown.incident, witnesses: 2 } };
    expect(draft("en", "court", few)).toContain("so few that the number is not told");
  });

  test("of a cut that goes on says so, and names the line and not a site", () => {
    const cut = { ...shown, incident: block("c", -HOUR, { kind: "shutdown", method: null, targets: [], asns: [] }) };
    const text = draft("en", "un", cut);
    expect(text).toContain("Ended: not ended, as far as is known");
    expect(text).toContain("on the line itself");
    expect(text).toContain("all that were watched");
  });

  test("to the UN asks for what the mandate needs", () => {
    const text = draft("en", "un");
    for (const field of [
      "date, place, circumstances",
      "Medium affected",
      "Alleged perpetrators",
      "statute invoked",
      "domestic remedy",
    ])
      expect(text.toLowerCase()).toContain(field.toLowerCase());
  });
});
