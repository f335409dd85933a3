#!/usr/bin/env node
// Writes the JSON Schemas of protocol/ to docs/schema (or the folder named by --out); with --check only compares.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CodedError } from "../protocol/coded-error.ts";
import { readArguments } from "../protocol/command-line.ts";
import { EXIT } from "../protocol/exit-code.ts";
import { jsonSchemaFiles } from "../protocol/json-schema.ts";

const USAGE = "npm run schema -- [--check] [--out DIR]";

/** Names of files that are missing, different, or no longer made. */
function staleFiles(folder: string, wanted: ReadonlyMap<string, string>): string[] {
  const present = new Map(schemaFilesIn(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const changed = [...wanted].filter(([name, text]) => present.get(name) !== text).map(([name]) => name);
  const left = [...present.keys()].filter((name) => !wanted.has(name));
  return [...changed, ...left].sort();
}

function schemaFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function write(folder: string, wanted: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const name of schemaFilesIn(folder)) if (!wanted.has(name)) rmSync(join(folder, name));
  for (const [name, text] of wanted) writeFileSync(join(folder, name), text);
}

function run(argv: readonly string[]): number {
  const { values } = readArguments(argv, USAGE, { check: { type: "boolean" }, out: { type: "string" } });
  const folder = values.out ?? join("docs", "schema");
  const wanted = jsonSchemaFiles();
  const stale = staleFiles(folder, wanted);
  if (values.check === true && stale.length > 0) {
    process.stderr.write(
      `Out of date in ${folder}: ${stale.join(", ")}. Run 'npm run schema' and commit the result.\n`,
    );
    return EXIT.failed;
  }
  if (values.check !== true) write(folder, wanted);
  process.stdout.write(`${wanted.size} schemas in ${folder}, ${stale.length} of them changed.\n`);
  return EXIT.ok;
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof CodedError && error.code === "usage" ? EXIT.usage : EXIT.cannotWrite;
}
