import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = mkdtempSync(join(tmpdir(), "kuager-bundle-"));
const [first, second] = [join(folder, "first"), join(folder, "second")];

beforeAll(() => {
  for (const out of [first, second]) execFileSync(process.execPath, [join(ROOT, "bin/bundle.mjs"), out]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names and hashes of all files below a folder. */
function hashes(place: string): [string, string][] {
  const names = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .map(({ parentPath, name }): [string, string] => {
      const path = join(parentPath, name);
      return [path.slice(place.length), createHash("sha256").update(readFileSync(path)).digest("hex")];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

test("the bundle made twice is the same, byte for byte", () => {
  expect(hashes(first).map(([name]) => name)).toContain("/kuager-probe.mjs");
  expect(hashes(second)).toEqual(hashes(first));
});

test("the bundle runs with nothing beside it but its data, the driver and what that one needs", () => {
  const alone = join(folder, "alone");
  cpSync(first, alone, { recursive: true });
  mkdirSync(join(alone, "node_modules"));
  for (const name of ["better-sqlite3", "bindings", "file-uri-to-path"])
    symlinkSync(join(ROOT, "node_modules", name), join(alone, "node_modules", name));
  const words = [join(alone, "kuager-probe.mjs"), "status", "--json", "--data", join(folder, "data")];
  const said = execFileSync(process.execPath, words, { cwd: alone, encoding: "utf8" });
  expect(JSON.parse(said)).toMatchObject({ joined: false });
});

test("the bundle holds no code of the collector, and letters of ASCII only", () => {
  const code = readFileSync(join(first, "kuager-probe.mjs"), "latin1");
  expect(code).not.toMatch(/fastify|intl-messageformat|INSERT INTO verdict/i);
  expect([...code].every((letter) => letter.charCodeAt(0) < 128)).toBe(true);
});

test("the bundle lays no list of rallies or reports on a volunteer's disk", () => {
  const data = readdirSync(join(first, "data")).sort();
  expect(data).toEqual(["anchors.ndjson", "block-pages.ndjson", "messengers.ndjson", "targets.ndjson"]);
});
