import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
};

/** Static files beside this one: name below /assets/ to body and media type. Files of unknown type are left out. */
export function readAssets(): ReadonlyMap<string, { body: string; type: string }> {
  const folder = fileURLToPath(new URL("./assets/", import.meta.url));
  const files = readdirSync(folder).flatMap((name) => {
    const type = TYPES[extname(name)];
    return type === undefined ? [] : [[name, { body: readFileSync(join(folder, name), "utf8"), type }] as const];
  });
  const sheets = files.map(
    ([name, file]) => [name, name === "style.css" ? { ...file, body: whole(file.body) } : file] as const,
  );
  return new Map(sheets);
}

/** The sheet with the parts of it that stand in files of their own. */
function whole(sheet: string): string {
  const folder = fileURLToPath(new URL("./styles/", import.meta.url));
  return [sheet, ...readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))].join("\n");
}
