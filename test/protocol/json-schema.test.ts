import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonSchemaFiles } from "../../protocol/json-schema.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("jsonSchemaFiles", () => {
  test("are those in docs/schema: after a change of protocol/, run `npm run schema` and commit", () => {
    const stored = readdirSync(join(ROOT, "docs/schema")).filter((name) => name.endsWith(".json"));
    expect(stored.sort()).toEqual([...jsonSchemaFiles().keys()].sort());
    for (const [name, text] of jsonSchemaFiles())
      expect(readFileSync(join(ROOT, "docs/schema", name), "utf8") === text, `docs/schema/${name} is out of date`).toBe(
        true,
      );
  });

  test("are the same bytes each time", () => {
    expect([...jsonSchemaFiles()]).toEqual([...jsonSchemaFiles()]);
  });

  test("allow unknown fields in bodies, and only there where the wire does", () => {
    const hello = JSON.parse(jsonSchemaFiles().get("batch.json") ?? "") as { additionalProperties?: boolean };
    expect(hello.additionalProperties).toBe(false);
    const incident = JSON.parse(jsonSchemaFiles().get("incident.json") ?? "") as { additionalProperties?: boolean };
    expect(incident.additionalProperties).toBeUndefined();
  });
});

describe("npm run schema", () => {
  let dir = "";
  const script = () => join(dir, "schema.mjs");
  const run = (...argv: string[]) =>
    spawnSync(process.execPath, [script(), "--out", join(dir, "out"), ...argv], { encoding: "utf8" });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "kuager-schema-"));
    await build({
      entryPoints: [join(ROOT, "bin/schema.ts")],
      outfile: script(),
      bundle: true,
      platform: "node",
      format: "esm",
    });
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test("writes the files, finds them current with --check, and exits 1 once one of them is stale", () => {
    expect(run("--check").status).toBe(1);
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    expect(run("--check").status).toBe(0);
    writeFileSync(join(dir, "out", "entry.json"), "{}");
    writeFileSync(join(dir, "out", "gone.json"), "{}");
    const stale = run("--check");
    expect(stale.status).toBe(1);
    expect(stale.stderr).toContain("entry.json, gone.json. Run 'npm run schema'");
    expect(run().status).toBe(0);
    expect(readdirSync(join(dir, "out"))).not.toContain("gone.json");
    expect(run("--check").status).toBe(0);
  });

  test("refuses an unknown flag with exit code 2", () => {
    expect(run("--chek")).toMatchObject({ status: 2, stderr: expect.stringContaining("Unknown option '--chek'") });
  });
});
