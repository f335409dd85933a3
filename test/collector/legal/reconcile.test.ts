import { describe, expect, test } from "vitest";
import type { TargetCell } from "../../../collector/api/types.ts";
import { basisOf, inForce } from "../../../collector/legal/in-force.ts";
import { quarterlyRows, quarterNamed, quarterOf } from "../../../collector/legal/quarterly.ts";
import { reconcile } from "../../../collector/legal/reconcile.ts";
import type { LegalBasis, PublishedVersion, RegistryLookup } from "../../../protocol/publication.ts";
import type { VerdictCode } from "../../../protocol/verdict.ts";
import { at, block, HOUR } from "../publication/scene.ts";

const lookup = (target: string, status: RegistryLookup["status"]): RegistryLookup => ({
  ...{
    target,
    status,
    asked: at(0),
    url: "https://example.org",
    httpStatus: 200,
    answerSha256: null,
    answerBytes: null,
  },
  ...{ entries: [], failure: null },
});
const cell = (target: string, code: VerdictCode, asn = 9198): TargetCell => ({
  ...{ target, asn, region: "KZ-75", code, probes: 4, agreeing: 4, lastAt: at(0) },
});
const basis = (id: string, of: string, word: LegalBasis["basis"], more: Partial<LegalBasis> = {}): LegalBasis => ({
  ...{
    id,
    version: 1,
    subject: of.startsWith("KZ-") ? { incident: of } : { target: of },
    basis: word,
    authority: null,
  },
  ...{ statute: null, document: null, remedy: null, source: "s", recordedAt: at(0), ...more },
});

describe("the registry held against measurements", () => {
  const known = {
    targets: ["a.kz", "b.kz", "c.kz", "d.kz", "failed.kz", "never.kz", "odd.kz", "seen.kz"],
    lookups: [
      ...[lookup("a.kz", "listed_court"), lookup("b.kz", "listed_no_court"), lookup("c.kz", "not_listed")],
      ...[lookup("d.kz", "not_listed"), lookup("failed.kz", "lookup_failed"), lookup("odd.kz", "not_listed")],
      lookup("seen.kz", "not_listed"),
    ],
    legal: [basis("l", "a.kz", "court decision")],
    open: [
      block("one", 0, { targets: ["a.kz", "c.kz"] }),
      block("weak", 0, { targets: ["seen.kz"], confidence: "observed" }),
      block("slow", 0, { targets: ["d.kz"], kind: "throttle" }),
    ],
    cells: [
      ...[cell("b.kz", "ok"), cell("b.kz", "ok", 29355), cell("d.kz", "ok"), cell("failed.kz", "ok")],
      ...[cell("odd.kz", "ok"), cell("odd.kz", "tls_drop", 29355), cell("seen.kz", "inconclusive")],
    ],
    heads: new Map([["one", { number: "KZ-2026-0001", version: 2, over: false }]]),
  };

  test("puts each site in its cell, with the incidents behind it", () => {
    const { rows, counts } = reconcile(known);
    expect(counts).toEqual({
      ...{ listedBlocked: 1, listedReachable: 1, unlistedBlocked: 1, unlistedReachable: 1 },
      ...{ unanswered: 2, unmeasured: 2 },
    });
    expect(rows.find(({ target }) => target === "a.kz")).toMatchObject({
      ...{
        listed: true,
        reach: "blocked",
        incidents: ["KZ-2026-0001"],
        basis: "court decision",
        status: "listed_court",
      },
    });
    expect(rows.find(({ target }) => target === "b.kz")).toMatchObject({
      listed: true,
      reach: "reachable",
      networks: 2,
    });
  });

  test("reads a failed lookup, and one never made, as no answer", () => {
    const { rows } = reconcile(known);
    for (const target of ["failed.kz", "never.kz"])
      expect(rows.find((row) => row.target === target)).toMatchObject({ listed: null });
  });

  test("says neither blocked nor reachable where networks differ, or nothing tells", () => {
    const { rows } = reconcile(known);
    for (const target of ["odd.kz", "seen.kz", "never.kz"])
      expect(rows.find((row) => row.target === target)).toMatchObject({ reach: "unclear" });
  });
});

describe("legal bases", () => {
  test("count by the newest version on record at the moment asked for", () => {
    const records = [
      basis("l", "a.kz", "not yet known"),
      basis("l", "a.kz", "court decision", { version: 2, recordedAt: at(2 * HOUR) }),
    ];
    expect(inForce(records, null).map(({ basis: word }) => word)).toEqual(["court decision"]);
    expect(inForce(records, Date.parse(at(HOUR))).map(({ basis: word }) => word)).toEqual(["not yet known"]);
  });

  test("of the incident itself come before those of its sites; without any it is not yet known", () => {
    const records = [
      basis("x", "KZ-2026-0001", "administrative order"),
      basis("y", "a.kz", "court decision", { recordedAt: at(HOUR) }),
    ];
    expect(basisOf(records)).toBe("administrative order");
    expect(basisOf(records.slice(1))).toBe("court decision");
    expect(basisOf([])).toBe("not yet known");
  });
});

describe("the quarterly table", () => {
  const version = (
    number: string,
    incident: PublishedVersion["incident"],
    change: PublishedVersion["change"] = "first",
  ): PublishedVersion => ({
    ...{
      number,
      version: 1,
      publishedAt: at(0),
      change,
      changed: [],
      note: null,
      erratum: false,
      other: null,
      incident,
    },
  });
  const quarter = quarterNamed("2026-Q1");
  if (quarter === null) throw new Error("no quarter");

  test("has a row for each site of an incident, one for a whole service, by category", () => {
    const rows = quarterlyRows(
      [
        version("KZ-2026-0001", block("a", 0, { targets: ["a.kz", "b.kz"] })),
        version("KZ-2026-0002", block("b", 0, { kind: "shutdown", targets: [] })),
      ],
      [
        basis("l", "a.kz", "court decision", { authority: "A court" }),
        basis("m", "KZ-2026-0002", "no known legal basis"),
      ],
      quarter,
    );
    expect(rows.map(({ number, target, basis: word, authority }) => [number, target, word, authority])).toEqual([
      ["KZ-2026-0001", "a.kz", "court decision", "A court"],
      ["KZ-2026-0001", "b.kz", "not yet known", null],
      ["KZ-2026-0002", null, "no known legal basis", null],
    ]);
  });

  test("leaves out what was withdrawn or merged, losses by accident, and other quarters", () => {
    const left = [
      version("KZ-2026-0003", block("c", 0), "tombstone"),
      version("KZ-2026-0004", block("d", 0), "merged"),
      version("KZ-2026-0005", block("e", 0, { kind: "outage", targets: [] })),
      version("KZ-2026-0006", block("f", 40 * 24 * HOUR)),
    ];
    expect(quarterlyRows(left, [], quarter)).toEqual([]);
  });

  test("knows its quarters by UTC", () => {
    expect(quarterOf(Date.parse("2026-03-31T23:59:59Z"))).toBe("2026-Q1");
    expect(quarterOf(Date.parse("2026-04-01T00:00:00Z"))).toBe("2026-Q2");
    expect(quarterNamed("2026-Q4")).toEqual({ name: "2026-Q4", from: Date.UTC(2026, 9), to: Date.UTC(2027, 0) });
    for (const name of ["2026-Q5", "2026", "x"]) expect(quarterNamed(name)).toBeNull();
  });
});
