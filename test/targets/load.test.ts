import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CodedError } from "../../protocol/coded-error.ts";
import {
  loadBlockPages,
  loadEvents,
  loadInterception,
  loadNetworks,
  loadRegions,
  loadReports,
  loadTargetList,
} from "../../targets/load.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "kuager-targets-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const target = {
  id: "orda.kz",
  url: "https://orda.kz/",
  category: "independent-media",
  names: { kk: "Орда", ru: "Орда", en: "Orda" },
  why: "a reason",
  source: "a report",
  hostedIn: "KZ",
  risk: 2,
};
const region = {
  code: "KZ-75",
  names: { kk: "Алматы", ru: "Алматы", en: "Almaty" },
  aliases: [],
  validFrom: null,
  validTo: null,
  timeZone: "Asia/Almaty",
  tile: [5, 4],
};
const report = {
  id: "r1",
  title: { kk: "а", ru: "б", en: "c" },
  place: "KZ-75",
  start: "2022-01-05T10:30:00.000Z",
  end: null,
  precision: "minute",
  grade: "A",
  kind: "shutdown",
  targets: [],
  source: "s",
};
const root = { name: "a", sha256: null, sha1: null, issuerPattern: "O=ISCA", from: null, to: null, source: "s" };
const page = {
  id: "p",
  country: "KZ",
  match: { status: null, title: null, bodyContains: "a block page", headerContains: null },
  authority: null,
  basis: "generic",
  source: "s",
};

function put(name: string, ...lines: unknown[]): void {
  writeFileSync(
    join(dir, name),
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );
}

function problemOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(CodedError);
    expect((error as CodedError).code).toBe("bad_input");
    return (error as CodedError).message.replaceAll(`${dir}/`, "");
  }
  throw new Error("nothing was refused");
}

describe("loadTargetList", () => {
  test("reads a folder's targets and takes the anchors of the package when the folder has none", () => {
    put("targets.ndjson", target);
    const list = loadTargetList(dir);
    expect(list.targets).toEqual([{ ...target, kind: "web" }]);
    expect(list.anchors).toEqual(loadTargetList().anchors);
  });

  test("gives the same version for the same content whatever the order of keys, and another for another content", () => {
    put("targets.ndjson", target);
    const first = loadTargetList(dir).version;
    put("targets.ndjson", Object.fromEntries(Object.entries(target).reverse()));
    expect(loadTargetList(dir).version).toBe(first);
    put("targets.ndjson", { ...target, why: "another reason" });
    expect(loadTargetList(dir).version).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
  });

  test("names file, line and field of a wrong value", () => {
    put("targets.ndjson", target, { ...target, id: "a.kz", url: "https://a.kz/", hostedIn: "Kazakhstan" });
    expect(problemOf(() => loadTargetList(dir))).toContain(
      "targets.ndjson:2: hostedIn: expected a two-letter country code such as KZ",
    );
  });

  test("lists every problem of both files at once", () => {
    put("targets.ndjson", { ...target, risk: 4 }, "{broken", { ...target, why: "" });
    put("anchors.ndjson", { id: "x" });
    const problem = problemOf(() => loadTargetList(dir));
    for (const place of [":1: risk", "targets.ndjson:2: not JSON", ":3: why", "anchors.ndjson:1: group"])
      expect(problem).toContain(place);
  });

  test("refuses a second line with the same id and names both lines", () => {
    put("targets.ndjson", target, "", target);
    expect(problemOf(() => loadTargetList(dir))).toContain("targets.ndjson:3: id: 'orda.kz' stands already on line 1");
  });

  test("refuses a misspelt field", () => {
    put("targets.ndjson", { ...target, hostedin: "KZ" });
    expect(problemOf(() => loadTargetList(dir))).toMatch(/targets\.ndjson:1: .*hostedin/);
  });

  test("refuses an id that is not the host and path of the address", () => {
    put("targets.ndjson", { ...target, url: "https://vlast.kz/" });
    expect(problemOf(() => loadTargetList(dir))).toContain("targets.ndjson:1: id: must be the host of the url");
  });

  test("refuses an address that is not a web address", () => {
    put("targets.ndjson", { ...target, url: "ftp://orda.kz/" });
    expect(problemOf(() => loadTargetList(dir))).toContain("targets.ndjson:1: url: expected an http or https address");
  });

  test("refuses a movement banned by a court, whatever the rest of the line says", () => {
    put("targets.ndjson", { ...target, id: "dvk.example", url: "https://dvk.example/" });
    expect(problemOf(() => loadTargetList(dir))).toContain("names a movement that a court has banned");
  });

  test("refuses more targets than a probe takes", () => {
    const many = Array.from({ length: 2001 }, (_, n) => ({ ...target, id: `s${n}.kz`, url: `https://s${n}.kz/` }));
    put("targets.ndjson", ...many);
    expect(problemOf(() => loadTargetList(dir))).toContain("at most 2000 are allowed");
  });

  test("shows a bounded number of problems and counts the rest", () => {
    put("targets.ndjson", ...Array.from({ length: 80 }, () => "[]"));
    const lines = problemOf(() => loadTargetList(dir)).split("\n");
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe("… and 30 more");
  });

  test("reads files with a byte order mark and Windows line ends", () => {
    writeFileSync(join(dir, "targets.ndjson"), `\uFEFF${JSON.stringify(target)}\r\n\r\n`);
    expect(loadTargetList(dir).targets).toHaveLength(1);
  });

  test("says so when the folder does not exist", () => {
    expect(problemOf(() => loadTargetList(join(dir, "nowhere")))).toMatch(/^There is no folder '/);
  });

  test("refuses a file that is too large to be a list", () => {
    writeFileSync(join(dir, "targets.ndjson"), Buffer.alloc(8 * 1024 * 1024 + 1, 0x20));
    expect(problemOf(() => loadTargetList(dir))).toContain("is larger than");
  });

  test("says so when a file cannot be read", () => {
    mkdirSync(join(dir, "targets.ndjson"));
    expect(problemOf(() => loadTargetList(dir))).toContain("targets.ndjson cannot be read");
  });
});

describe("loadRegions", () => {
  test("refuses a time zone that the system does not know", () => {
    put("regions.ndjson", { ...region, timeZone: "Asia/Atlantis" });
    expect(problemOf(() => loadRegions(dir))).toContain("regions.ndjson:1: timeZone: not a time zone");
  });

  test("refuses a malformed code and a tile off the map", () => {
    put("regions.ndjson", { ...region, code: "75" }, { ...region, tile: [7, 0] });
    const problem = problemOf(() => loadRegions(dir));
    expect(problem).toContain("regions.ndjson:1: code: expected an ISO 3166-2:KZ code");
    expect(problem).toContain("regions.ndjson:2: tile.0:");
  });
});

describe("loadReports and loadEvents", () => {
  test("refuse a place that no region has", () => {
    put("reports.ndjson", { ...report, place: "KZ-99" });
    expect(problemOf(() => loadReports(dir))).toContain("reports.ndjson:1: place: no region has the code 'KZ-99'");
  });

  test("accept a region that the folder's own file adds", () => {
    put("reports.ndjson", { ...report, place: "KZ-99" });
    put("regions.ndjson", { ...region, code: "KZ-99" });
    expect(loadReports(dir)).toHaveLength(1);
  });

  test("give the oldest first", () => {
    put("reports.ndjson", report, { ...report, id: "r0", start: "2020-01-01T00:00:00.000Z" });
    expect(loadReports(dir).map(({ id }) => id)).toEqual(["r0", "r1"]);
  });

  test("refuse an event without a web address as its source", () => {
    const event = { id: "e", kind: "rally", sanctioned: "unknown", place: "KZ", title: "t", end: null };
    put("events.ndjson", { ...event, start: report.start, precision: "day", source: "somebody said" });
    expect(problemOf(() => loadEvents(dir))).toContain("events.ndjson:1: source:");
  });
});

describe("the other loaders", () => {
  test("refuse a pattern that is no regular expression, and a certificate that nothing could match", () => {
    put("interception.ndjson", { ...root, issuerPattern: "O=(ISCA" }, { ...root, name: "b", issuerPattern: null });
    const problem = problemOf(() => loadInterception(dir));
    expect(problem).toContain("interception.ndjson:1: issuerPattern: not a regular expression");
    expect(problem).toContain("interception.ndjson:2: (line): needs sha256, sha1 or issuerPattern");
  });

  test("refuse upper-case fingerprints, which would never match", () => {
    put("interception.ndjson", { ...root, sha256: "AB".repeat(32) });
    expect(problemOf(() => loadInterception(dir))).toContain("sha256: expected 64 lower-case hex digits");
  });

  test("refuse a block page known by its status alone, or by a text of two letters", () => {
    put("block-pages.ndjson", { ...page, match: { ...page.match, status: 403, bodyContains: null } });
    expect(problemOf(() => loadBlockPages(dir))).toContain("match: needs a text");
    put("block-pages.ndjson", { ...page, match: { ...page.match, bodyContains: "РК" } });
    expect(problemOf(() => loadBlockPages(dir))).toContain("match.bodyContains: too short");
  });

  test("refuse two lines of one network", () => {
    const network = { asn: 9198, name: "n", access: "fixed", group: null, share: null, source: "s" };
    put("networks.ndjson", network, { ...network, name: "other" });
    expect(problemOf(() => loadNetworks(dir))).toContain("networks.ndjson:2: asn: '9198' stands already on line 1");
  });
});
