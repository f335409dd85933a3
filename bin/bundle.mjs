// Bundles the volunteer's program into one ESM file: dist/bundle/kuager-probe.mjs and its data beside it.
// The database driver is native and stays outside. Smaller and quicker to start than the same code with its packages.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { plugins } from "./bundle-plugins.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Another folder may be named, for a build beside this one. */
const folder = resolve(process.argv[2] ?? join(root, "dist/bundle"));

/** What lies open in the file; and its packed parts, each with its first file. Which command lies where: one-file.mjs. */
const RUN = ["./commands/run.ts"];
const MEASURE = ["./measure/command.ts"];
const PACKED = {
  measure: { entry: "bin/measuring.ts", isHere: (path) => MEASURE.includes(path) },
  other: { entry: "bin/kuager-probe.ts", isHere: (path) => !RUN.includes(path) && !MEASURE.includes(path) },
};

async function bundled(entry, isHere, more) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(root, "dist/bundle/kuager-probe.mjs"),
    write: false,
    bundle: true,
    minify: true,
    legalComments: "none",
    platform: "node",
    target: "node20",
    external: ["bufferutil", "utf-8-validate"],
    plugins: plugins(isHere),
    ...more,
  });
  // One letter beyond Latin-1 would double what V8 keeps of the whole text. esbuild escapes them in strings, here the rest.
  return outputFiles[0].text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A packed part has no files of its own to load later: what is loaded later lies in it, not yet run. */
const INSIDE = { format: "cjs", supported: { "dynamic-import": false }, define: { "import.meta.url": "__url" } };

async function packed([name, { entry, isHere }]) {
  const text = await bundled(entry, isHere, { ...INSIDE, banner: { js: "const __require=require;" } });
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return [name, brotliCompressSync(text, { params }).toString("base64")];
}

/** As in probe/run/small-memory.ts, before anything else is done. */
const SMALL =
  "import{setFlagsFromString as __sf}from'node:v8';for(const f of['--semi-space-growth-factor=1','--no-opt'])__sf(f);";
/** Packages written as CommonJS ask for `require` and for their own place. */
const OUTSIDE = {
  format: "esm",
  banner: {
    js: `${SMALL}import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url),__require=require;import{fileURLToPath as __fp}from'node:url';import{dirname as __dn}from'node:path';const __filename=__fp(import.meta.url),__dirname=__dn(__filename);`,
  },
};

/** The table names places behind it in the same file: numbers of one width keep its length. */
const place = ([name, at, bytes]) => `${name}:[${String(at).padStart(8)},${String(bytes).padStart(8)}]`;
const table = (places) => `{${places.map(place).join(",")}}`;

async function oneFile() {
  const parts = await Promise.all(Object.entries(PACKED).map(packed));
  const open = await bundled("bin/one-file.mjs", (path) => RUN.includes(path), OUTSIDE);
  const [before, after, ...more] = open.split('"TABLE OF PARTS"');
  if (after === undefined || more.length > 0) throw new Error("bin/one-file.mjs does not name its table once");
  const lines = parts.map(([name, text]) => ({ name, title: `// ${name}, packed:\n//`, text }));
  const length = before.length + table(parts.map(([name]) => [name, 0, 0])).length + after.length;
  const places = lines.map(({ name, title, text }, index) => {
    const earlier = lines.slice(0, index).reduce((sum, one) => sum + one.title.length + one.text.length + 1, 0);
    return [name, length + earlier + title.length, text.length];
  });
  return `${before}${table(places)}${after}${lines.map(({ title, text }) => `${title}${text}\n`).join("")}`;
}

const whole = await oneFile();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "kuager-probe.mjs"), whole);
// What a probe reads, and no more: no list of rallies or reports lies on a volunteer's disk.
for (const name of ["anchors", "block-pages", "messengers", "targets"])
  cpSync(join(root, `targets/data/${name}.ndjson`), join(folder, `data/${name}.ndjson`));
process.stdout.write(`${join(folder, "kuager-probe.mjs")} ${whole.length} bytes\n`);
