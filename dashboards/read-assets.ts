import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
};

/** Beside the compiled code lies all; beside the sources, only what is not built, and the rest in dist/. */
const FOLDERS = ["./assets/", "../dist/dashboards/assets/"];

/** Static files: name below /assets/ to body and media type. Files of unknown type are left out. */
export function readAssets(): ReadonlyMap<string, { body: string; type: string }> {
  const folders = FOLDERS.map((folder) => fileURLToPath(new URL(folder, import.meta.url))).filter(existsSync);
  const files = new Map(folders.flatMap(filesOf));
  const sheet = files.get("style.css");
  if (sheet !== undefined) files.set("style.css", { ...sheet, body: `${sheet.body}\n${evidenceStyles()}` });
  return files;
}

function evidenceStyles(): string {
  return readFileSync(fileURLToPath(new URL("./styles/evidence.css", import.meta.url)), "utf8");
}

function filesOf(folder: string) {
  return readdirSync(folder).flatMap((name) => {
    const type = TYPES[extname(name)];
    return type === undefined ? [] : [[name, { body: readFileSync(join(folder, name), "utf8"), type }] as const];
  });
}
