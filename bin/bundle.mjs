// Bundles the volunteer's program into one ESM file: dist/bundle/kuager-probe.mjs and its data beside it.
// The database driver is native and stays outside. Smaller and quicker to start than the same code with its packages.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { plugins, seldomText } from "./bundle-plugins.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Another folder may be named, for a build beside this one. */
const folder = resolve(process.argv[2] ?? join(root, "dist/bundle"));

/** What lies open in the file; and its packed parts, each with its first file. Which command lies where: one-file.mjs. */
const RUN = ["./commands/run.ts"];
const MEASURE = ["./measure/command.ts"];
const PACKED = {
  measure: { entry: "bin/measuring.ts", isHere: (path) => MEASURE.includes(path) },
  other: { entry: "bin/kuager-probe.ts", isHere: (path) => !RUN.includes(path) && !MEASURE.includes(path) },
  seldom: { stdin: { contents: seldomText(), resolveDir: join(root, "probe") }, isHere: () => false },
};

/** ws would look for two packages that are never there, in each folder above, at every start. */
const ALONE = { "process.env.WS_NO_BUFFER_UTIL": "'1'", "process.env.WS_NO_UTF_8_VALIDATE": "'1'" };

async function bundled(from, isHere, more) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    ...from,
    outfile: join(root, "dist/bundle/kuager-probe.mjs"),
    write: false,
    bundle: true,
    minify: true,
    legalComments: "none",
    platform: "node",
    target: "node20",
    // What probe/small-zod lacks of zod.
    logOverride: { "import-is-undefined": "error" },
    plugins: plugins(isHere, more === OUTSIDE),
    ...more,
    define: { ...ALONE, ...more.define },
  });
  // One letter beyond Latin-1 would double what V8 keeps of the whole text. esbuild escapes them in strings, here the rest.
  return outputFiles[0].text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A packed part has no files of its own to load later: what is loaded later lies in it, not yet run. */
const INSIDE = { format: "cjs", supported: { "dynamic-import": false }, define: { "import.meta.url": "__url" } };

async function inside([name, { entry, stdin, isHere }]) {
  const from = stdin === undefined ? { entryPoints: [entry] } : { stdin };
  return [name, await bundled(from, isHere, { ...INSIDE, banner: { js: "const __require=require;" } })];
}

/** All packed parts in one stream, so that what they share is there once. */
function packed(texts) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(texts.join(""), { params }).toString("base64");
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

/** Where the packed stream lies behind this table, and each part in it unpacked; numbers of one width keep its length. */
const place = ([at, bytes]) => `[${String(at).padStart(8)},${String(bytes).padStart(8)}]`;
function table(stream, lengths) {
  const parts = Object.entries(lengths).map(([name, bytes], index, all) => {
    const before = all.slice(0, index).reduce((sum, [, earlier]) => sum + earlier, 0);
    return `${name}:${place([before, bytes])}`;
  });
  return `{stream:${place(stream)},${parts.join(",")}}`;
}

/**
 * Asks for Node's own modules by `require`, where a file imports them. Imported, each is asked for all that it has, also
 * what is only made when it is asked for: WebCrypto, and the public roots as text.
 */
function byRequire(text) {
  const asked = [];
  const statement = /\bimport(?: ?([\w$]+) ?,?)?(?: ?\*as ([\w$]+) )?(\{[^{}"]*\})?from"((?:node:)?[a-z\d_/]+)";/g;
  const rest = text.replace(statement, (_, whole, all, some, module) => {
    for (const names of [whole, all, some?.replaceAll(" as ", ":")])
      if (names !== undefined) asked.push(`const ${names}=require("${module}");`);
    return "";
  });
  const [left] = /\bimport[^(;"]*from"[^"]*"/.exec(rest) ?? [];
  if (left !== undefined) throw new Error(`the open part imports in a way that is not foreseen: ${left}`);
  return rest.replace(OUTSIDE.banner.js, (banner) => banner + asked.join(""));
}

async function oneFile() {
  const parts = await Promise.all(Object.entries(PACKED).map(inside));
  const lengths = Object.fromEntries(parts.map(([name, text]) => [name, text.length]));
  const stream = packed(parts.map(([, text]) => text));
  const open = byRequire(await bundled({ entryPoints: ["bin/one-file.mjs"] }, (path) => RUN.includes(path), OUTSIDE));
  const [before, after, ...more] = open.split('"TABLE OF PARTS"');
  if (after === undefined || more.length > 0) throw new Error("bin/packed-parts.mjs has no one place for its table");
  const title = "// What other commands need, packed (bin/bundle.mjs):\n//";
  const at = before.length + table([0, 0], lengths).length + after.length + title.length;
  return `${before}${table([at, stream.length], lengths)}${after}${title}${stream}\n`;
}

const whole = await oneFile();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "kuager-probe.mjs"), whole);
// What a probe reads, and no more: no list of rallies or reports lies on a volunteer's disk.
for (const name of ["anchors", "block-pages", "messengers", "targets"])
  cpSync(join(root, `targets/data/${name}.ndjson`), join(folder, `data/${name}.ndjson`));
process.stdout.write(`${join(folder, "kuager-probe.mjs")} ${whole.length} bytes\n`);
