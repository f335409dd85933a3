import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { z } from "zod";
import { valuesFor } from "./values-for-schema.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(root, "dist/small-zod-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files with schemas that `run` reads with. */
const FILES = [
  "protocol/wire.ts",
  "protocol/target.ts",
  "protocol/records/entry.ts",
  "protocol/records/link.ts",
  "protocol/records/life.ts",
  "protocol/records/local.ts",
  "protocol/dns-beat.ts",
  "protocol/publication.ts",
  "protocol/incident.ts",
  "targets/schema.ts",
  "probe/membership/membership.ts",
  "probe/life/sign-file.ts",
];
type Schemas = Readonly<Record<string, z.ZodType>>;

/** The schemas of these files as a program of its own holds them. */
async function schemas(name: string, more: readonly Plugin[]): Promise<Schemas> {
  const lines = FILES.map((file, index) => `export * as file${index} from "./${file}";`);
  const { outputFiles } = await build({
    stdin: { contents: lines.join("\n"), resolveDir: root, loader: "ts" },
    ...{ bundle: true, write: false, platform: "node", format: "esm" },
    external: ["better-sqlite3"],
    plugins: [...more],
  });
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, outputFiles[0]?.text ?? "");
  const files: Readonly<Record<string, Readonly<Record<string, unknown>>>> = await import(pathToFileURL(path).href);
  const all = Object.entries(files).flatMap(([file, exported]) =>
    Object.entries(exported).flatMap(([one, value]) =>
      isSchema(value) ? [[`${FILES[Number(file.slice(4))]} ${one}`, value] as const] : [],
    ),
  );
  return Object.fromEntries(all);
}

function isSchema(value: unknown): value is z.ZodType {
  return typeof value === "object" && value !== null && "safeParse" in value;
}

const small: Plugin = {
  name: "zod-in-small",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^zod$/ }, () => ({ path: "zod", namespace: "small" }));
    onLoad({ filter: /.*/, namespace: "small" }, () => ({
      contents: 'export * as z from "./probe/small-zod/zod.ts";',
      resolveDir: root,
    }));
  },
};
const theirs = await schemas("zod", []);
const ours = await schemas("small", [small]);

it("there are schemas to compare, the same with zod and with what the waiting process has in its place", () => {
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  expect(Object.keys(ours).length).toBeGreaterThan(50);
});

it.each(Object.keys(theirs))("%s accepts and gives what zod does, and finds fault in the same places", (name) => {
  const [zod, own] = [theirs[name], ours[name]];
  if (zod === undefined || own === undefined) throw new Error(name);
  fc.assert(
    fc.property(valuesFor(zod), (value) => {
      const [expected, found] = [zod.safeParse(value), own.safeParse(value)];
      expect(found.success).toBe(expected.success);
      if (expected.success) expect(found.data).toEqual(expected.data);
      else {
        // Of several kinds that do not fit zod may name the place in the likeliest.
        const at = `${found.error?.issues[0]?.path.join(".")}`;
        expect(expected.error.issues.map(({ path }) => path.join(".").slice(0, at.length))).toContain(at);
      }
    }),
    { numRuns: 300 },
  );
});
