import { statSync } from "node:fs";

/** Folders of which the compiler writes this file last. */
const COMPILED = ["collector", "protocol", "targets"];
const STAMP = ".tsbuildinfo";

/**
 * The file of a thread below a folder of compiled code: with all that it loads in one, as bin/build.mjs makes it, which is
 * ready sooner; or as it was compiled, where something was compiled since. Null where there is none, as in tests.
 */
export function threadFile(root: URL, path: string): URL | null {
  const [packed, compiled] = [new URL(`${path}.packed.js`, root), new URL(`${path}.js`, root)];
  const made = writtenAt(packed);
  const last = Math.max(...COMPILED.map((folder) => writtenAt(new URL(`${folder}/${STAMP}`, root)) ?? 0));
  if (made !== null && made >= last) return packed;
  return writtenAt(compiled) === null ? null : compiled;
}

function writtenAt(file: URL): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
