import { utf8 } from "../../protocol/bytes.ts";

/** Files by path; paths are relative, with slashes. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Whether a path may be written below a folder: no way out of it, no drive, no control character. */
export function isSafePath(path: string): boolean {
  if (path === "" || path.length > 512 || path.startsWith("/") || /[\\\p{Cc}:]/u.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** Lines as a file of text, each ended by a line feed. */
export function linesFile(lines: readonly string[]): Uint8Array {
  return utf8(lines.map((line) => `${line}\n`).join(""));
}
