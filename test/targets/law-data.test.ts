import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadLegal, loadRegions, loadStatements, loadTargetList } from "../../targets/load.ts";
import { namesBannedMovement } from "../../targets/rules.ts";
import { temporaryFolder } from "../end-to-end/processes.ts";

const targets = new Set(loadTargetList().targets.map(({ id }) => id));
const regions = new Set(loadRegions().map(({ code }) => code));
const statements = loadStatements();
const legal = loadLegal();

describe("statements", () => {
  test("have a source, words in three languages, and speak of places and sites that are known", () => {
    expect(statements.length).toBeGreaterThanOrEqual(10);
    for (const { id, source, summary, speakerNames, place, targets: sites, regions: places } of statements) {
      expect(source.length, id).toBeGreaterThan(10);
      expect(new Set(Object.values(summary)).size, id).toBe(3);
      expect(new Set(Object.values(speakerNames ?? {})).size, id).toBe(3);
      for (const site of sites) expect(targets, id).toContain(site);
      for (const code of [...places, ...(place === "KZ" ? [] : [place])]) expect(regions, id).toContain(code);
      expect(namesBannedMovement([id, ...Object.values(summary)]), id).toBe(false);
    }
  });

  test("hold the explanations and denials that the field's record tells of", () => {
    const ids = statements.map(({ id }) => id);
    for (const id of ["2022-11-26-power", "2022-01-17-ministry-orda", "2022-01-04-kcell", "2026-01-05-ministry"])
      expect(ids).toContain(id);
    expect(ids.filter((id) => id.startsWith("2021-10-hola-"))).toHaveLength(3);
  });

  test("tell what a denial denies, and speak after the beginning of what they speak of, as far as days go", () => {
    for (const { id, claim, denied, at, from, precision } of statements) {
      expect(denied !== undefined, id).toBe(claim === "denies");
      if (from !== null && precision === "day") expect(at.slice(0, 10) >= from.slice(0, 10), id).toBe(true);
    }
  });
});

describe("legal bases", () => {
  test("are of sites that are measured, each with a source; only a document makes a court or an order", () => {
    for (const { id, subject, basis, document, source } of legal) {
      expect(targets, id).toContain("target" in subject ? subject.target : "");
      expect(source.length, id).toBeGreaterThan(10);
      if (basis === "court decision" || basis === "administrative order") expect(document, id).not.toBeNull();
      if (basis === "no known legal basis") expect(document, id).toBeNull();
    }
  });

  test("say in three languages who decided, by which law, in which document, and what came of it", () => {
    for (const { id, authority, statute, document, remedy, names = {} } of legal)
      for (const [told, named] of [
        [authority, names.authority],
        [statute, names.statute],
        [document?.title ?? null, names.document],
        [remedy, names.remedy],
      ] as const) {
        expect(named?.en ?? null, id).toBe(told);
        if (named !== undefined) expect(new Set(Object.values(named)).size, `${id}: ${told}`).toBe(3);
      }
  });

  test("never speak of what is illegal", () => {
    expect(JSON.stringify([legal, statements])).not.toMatch(/illegal(?! advertising)|unlawful|незаконн|заңсыз/i);
  });
});

test("a wrong line is named by file, line and field", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder.path, "legal.ndjson"), `${JSON.stringify({ ...legal[0], basis: "guess" })}\n`);
  writeFileSync(join(folder.path, "statements.ndjson"), `${JSON.stringify({ ...statements[0], extra: 1 })}\n`);
  expect(() => loadLegal(folder.path)).toThrow(/legal\.ndjson:1: basis/);
  expect(() => loadStatements(folder.path)).toThrow(/statements\.ndjson:1: .*extra/);
  folder.remove();
});
