// Packs the offline verifier into one HTML file: dashboards/verifier with the checks of collector/verify, and what they know.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "dashboards/verifier");

/** The page before its parts are put in: it allows its own script and style by their hashes, and nothing else. */
const PAGE = `<!doctype html>
<html lang="kk"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-@SCRIPT_HASH@'; style-src 'sha256-@STYLE_HASH@'; worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>Kuager: offline verifier</title>
<style>@STYLE@</style></head>
<body><main id="page"><noscript><p>This page needs its own script. Without it: VERIFY.en.txt in the bundle. · Этой странице нужен её собственный скрипт. Без него: VERIFY.ru.txt в пакете. · Бұл бетке өз скрипті керек. Онсыз: бумадағы VERIFY.kk.txt.</p></noscript></main>
<script>@SCRIPT@</script></body></html>
`;

/** Modules that ask Node, and what stands in their place in a browser. */
const REPLACED = new Map(
  [
    ["protocol/hash.ts", "hash.ts"],
    ["protocol/ed25519.ts", "ed25519.ts"],
    ["collector/evidence/deflate.ts", "deflate.ts"],
  ].map(([from, to]) => [join(root, from), join(folder, "modules", to)]),
);

/** Texts that the build puts in, by file. */
function filled(texts) {
  return {
    name: "filled",
    setup(packing) {
      packing.onLoad({ filter: /dashboards\/verifier\/[\w-]+\.ts$/ }, ({ path }) => {
        const text = texts[path.slice(folder.length + 1)];
        return text === undefined ? undefined : { contents: `export default ${JSON.stringify(text)};`, loader: "ts" };
      });
    },
  };
}

const inBrowser = {
  name: "in-browser",
  setup(packing) {
    // zod explains itself in forty languages, which nobody here reads; named one by one, what is never called of it is left out.
    packing.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
    packing.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const instead = REPLACED.get(path) ?? path;
      const contents = readFileSync(instead, "utf8").replace('import { z } from "zod";', 'import * as z from "zod";');
      return { contents, loader: "ts", resolveDir: dirname(instead) };
    });
    // What is left of Node is never called here; should it be, it says so.
    packing.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "node" }));
    packing.onLoad({ filter: /.*/, namespace: "node" }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter(
        (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default",
      );
      const refuse = `const refuse = () => { throw new Error(${JSON.stringify(`${path} is not in a browser`)}); };`;
      return {
        contents: `${refuse}\n${names.map((name) => `export const ${name} = refuse;`).join("\n")}\nexport default refuse;`,
      };
    });
  },
};

async function packed(entry, texts) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: ["es2022"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    plugins: [filled(texts), inBrowser],
  });
  return outputFiles[0].text.trim();
}

const { loadCatalogue } = await import(pathToFileURL(join(root, "dist/collector/catalogue.js")).href);
const { knowledge, regions } = loadCatalogue();
const text = JSON.stringify(
  { knowledge, regions: regions.map(({ code, timeZone }) => ({ code, timeZone })) },
  (_key, value) => {
    if (value instanceof Map) return { $map: [...value] };
    return value instanceof Set ? { $set: [...value] } : value;
  },
);
const worker = await packed("worker.ts", { "knowledge.ts": text });
// Within HTML no script may hold the end of a script.
const script = (await packed("main.ts", { "worker-source.ts": worker })).replaceAll("</script", "<\\/script");
const style = readFileSync(join(folder, "style.css"), "utf8").replaceAll(/\s+/g, " ");
const sha256 = (content) => createHash("sha256").update(content).digest("base64");
const parts = { SCRIPT: script, STYLE: style, SCRIPT_HASH: sha256(script), STYLE_HASH: sha256(style) };
const page = PAGE.replaceAll(/@([A-Z_]+)@/g, (_all, name) => parts[name]);
writeFileSync(join(root, "dist/collector/verify/verify-offline.html"), page);
