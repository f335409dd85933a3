import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Language } from "../../../../collector/api/types.ts";
import { Facts } from "../../../../collector/evidence/facts.ts";
import { reportHtml } from "../../../../collector/evidence/report/html.ts";
import { reportPdf } from "../../../../collector/evidence/report/pdf.ts";
import { PAGE } from "../../../../collector/evidence/report/pdf-paper.ts";
import { SECTIONS } from "../../../../collector/evidence/report/words.ts";
import { INCIDENT_WORDS } from "../../../../collector/wording/sentences.ts";
import { runs } from "../../../requires.ts";
import { fullFacts } from "../full-facts.ts";
import { makeScene, type Scene } from "../scene.ts";
import { numbersIn, readable } from "./told-numbers.ts";

const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];

let scene: Scene;
let plain: Facts;
let full: Facts;
beforeAll(async () => {
  scene = await makeScene();
  const files = await scene.bundle();
  plain = Facts.parse(JSON.parse(files.get("data/incident.json")?.toString("utf8") ?? ""));
  full = Facts.parse(fullFacts(plain));
}, 60_000);
afterAll(() => scene.remove());

const cases = LANGUAGES.flatMap((language) => (["plain", "full"] as const).map((which) => ({ language, which })));
const factsOf = (which: "plain" | "full") => (which === "plain" ? plain : full);

describe("a report as HTML", () => {
  test.each(cases)("in $language ($which) has no number that is not in incident.json", ({ language, which }) => {
    const facts = factsOf(which);
    const known = new Set(numbersIn(JSON.stringify(facts)));
    const told = numbersIn(readable(reportHtml(facts, language)));
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((number) => !known.has(number))).toEqual([]);
  });

  test("tells the numbers of the facts and no others, whatever they are", () => {
    const big = fc.integer({ min: 100_000, max: 900_000_000 });
    fc.assert(
      fc.property(fc.array(big, { minLength: 8, maxLength: 8 }), fc.constantFrom(...LANGUAGES), (numbers, language) => {
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = numbers;
        const tally = { measurements: e, interfered: f, clear: g, unclear: h };
        const facts: Facts = {
          ...full,
          incident: { ...full.incident, witnesses: a, measurements: b },
          counts: { entries: { witnesses: c, controls: d }, verdicts: { ok: e }, excluded: f },
          cells: full.cells.map((cell) => (cell.few ? cell : { ...cell, probes: h, during: tally })),
          targets: full.targets.map((row) => ({ ...row, ...tally })),
          publication: full.publication && {
            ...full.publication,
            statements: full.publication.statements.map(({ measured, ...one }) => ({
              ...one,
              measured: { ...measured, watched: { min: g, max: h, expected: h } },
            })),
          },
        };
        const text = readable(reportHtml(facts, language));
        const known = new Set(numbersIn(JSON.stringify(facts)));
        expect(numbersIn(text).filter((number) => !known.has(number))).toEqual([]);
        for (const number of numbers) expect(numbersIn(text)).toContain(String(number));
      }),
      { numRuns: 20 },
    );
  });

  test.each(LANGUAGES)("in %s sets what was measured, and a verdict on each claim, beside a statement", (language) => {
    const text = readable(reportHtml(full, language));
    const { statement, held } = INCIDENT_WORDS[language];
    for (const told of [
      ...[statement.watched(43, 67), "KZ-2022-0043", "53 hosts kept their power"],
      ...[held.contradicted, held.untestable, statement.reason.records, statement.reason["not measured"]],
      ...["the machines go off themselves", statement.hypothesis["no order"]],
    ])
      expect(text).toContain(told);
  });

  test.each(LANGUAGES)("in %s needs no script and nothing from outside", (language) => {
    for (const facts of [plain, full]) {
      const html = reportHtml(facts, language);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).not.toMatch(/<script|<link|<img|<iframe|src=|href=|url\(|@import/i);
      expect(reportHtml(facts, language)).toBe(html);
    }
  });

  test.each(LANGUAGES)("in %s has every section, in its order", (language) => {
    const ids = [...reportHtml(full, language).matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(SECTIONS.filter((section) => section !== "cite"));
  });

  test("escapes what strangers wrote", () => {
    const html = reportHtml({ ...full, incident: { ...full.incident, method: "<script>alert(1)</script>" } }, "en");
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;");
  });

  test("counts neither one or two witnesses, nor what points at them", () => {
    for (const language of LANGUAGES) {
      const incident = {
        ...full.incident,
        witnesses: 1,
        causes: [
          {
            cause: "single probe" as const,
            score: 1,
            verdict: "untestable" as const,
            because: ["only one probe saw it"],
          },
        ],
      };
      const html = reportHtml({ ...full, incident }, language);
      expect(html).toContain("1–2");
      expect(html).not.toContain("only one probe saw it");
    }
  });
});

describe.runIf(runs(hasPoppler()))("a report as PDF", () => {
  const read = (facts: Facts, language: Language, command: string, ...flags: string[]) =>
    reportPdf(facts, language).then((bytes) => {
      const file = join(scene.folder, "report.pdf");
      writeFileSync(file, bytes);
      return execFileSync(command, command === "pdftotext" ? [...flags, file, "-"] : [...flags, file], {
        encoding: "utf8",
      });
    });

  test.each(LANGUAGES)("in %s is the same bytes on each run", async (language) => {
    expect(await reportPdf(full, language)).toEqual(await reportPdf(full, language));
  });

  test.each(cases)(
    "in $language ($which) tells the numbers that the HTML tells, and no others",
    async ({ language, which }) => {
      const facts = factsOf(which);
      const text = await read(facts, language, "pdftotext", "-layout");
      // Numbers of pages stand below the text and are none of it; words that end a line may be divided.
      const told = numbersIn(text.replaceAll(/ \d+ \/ \d+$/gm, ""));
      const known = new Set(numbersIn(JSON.stringify(facts)));
      const pieces = new Set(JSON.stringify(facts).match(/\d/g));
      expect(told.length).toBeGreaterThan(20);
      expect(told.filter((number) => !known.has(number) && !JSON.stringify(facts).includes(number))).toEqual([]);
      expect(pieces.size).toBe(10);
      for (const number of numbersIn(readable(reportHtml(facts, language))).filter((one) => one.length < 6))
        expect(told, `${number} of the HTML`).toContain(number);
    },
  );

  test.each(LANGUAGES)(
    "in %s is tagged, with title, language, headings, tables with heads, lists and a figure",
    async (language) => {
      const info = await read(full, language, "pdfinfo");
      expect(info).toMatch(/Tagged:\s+yes/);
      expect(info).toMatch(/Title:\s+.*KZ-2022-0042-v3/);
      expect(info).toMatch(/Page size:.*A4/);
      const structure = await read(full, language, "pdfinfo", "-struct-text");
      for (const type of ["H1", "H2", "P", "L", "LI", "Table", "TR", "TH", "TD", "Figure"])
        expect(structure, type).toMatch(new RegExp(`^\\s*${type}\\b`, "m"));
      expect(structure.match(/^\s*H2/gm)?.length).toBe(SECTIONS.length - 1);
      expect(structure).toMatch(/\/Scope \/Column/);
      expect(structure).toMatch(/\/Scope \/Row/);
      const raw = Buffer.from(await reportPdf(full, language)).toString("latin1");
      expect(raw).toContain(`/Lang (${language})`);
      expect(raw).toContain("/DisplayDocTitle true");
    },
  );

  test.each(LANGUAGES)("in %s has its fonts inside, with every letter", async (language) => {
    const file = join(scene.folder, "fonts.pdf");
    writeFileSync(file, await reportPdf(full, language));
    const fonts = execFileSync("pdffonts", [file], { encoding: "utf8" }).trimEnd().split("\n").slice(2);
    expect(fonts.length).toBeGreaterThan(1);
    for (const font of fonts) expect(font).toMatch(/DejaVuSans.* yes yes yes/);
    const text = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
    if (language === "kk") expect(text).toMatch(/[әғқңөұүһі]/);
    expect(text).not.toMatch(/\ufffd/);
  });

  test.each(cases)("in $language ($which) has every word between the margins", async ({ language, which }) => {
    const boxes = await read(factsOf(which), language, "pdftotext", "-bbox");
    const words = [...boxes.matchAll(/<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)/g)];
    expect(words.length).toBeGreaterThan(200);
    const { left, right } = PAGE.margins;
    const outside = words.filter(([, from, to]) => Number(from) < left - 0.5 || Number(to) > PAGE.width - right + 0.5);
    expect(outside.map(([, , , word]) => word)).toEqual([]);
  });

  test("goes on over pages when there is much to tell, with the heads of its tables again", async () => {
    const row = full.targets[0];
    const targets = Array.from({ length: 120 }, (_, at) => ({
      ...(row ?? { target: "" }),
      target: `site-${at}.example`,
    }));
    const facts = Facts.parse({ ...full, targets });
    const text = await read(facts, "en", "pdftotext", "-layout");
    expect(text.match(/First interference/g)?.length).toBeGreaterThan(2);
    for (const at of [0, 60, 119]) expect(text).toContain(`site-${at}.example`);
  });
});

function hasPoppler(): boolean {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
