import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import type { Files } from "../evidence/files.ts";
import { unpackZip } from "../evidence/zip.ts";

const BYTES_MAX = 1024 * 1024 * 1024;
const FILES_MAX = 10_000;

/**
 * The files of a bundle, zip or folder; null when the file is neither (an archive then). Errors: `bad_input` for what
 * cannot be read, a link in a folder, a damaged zip, more than a gibibyte.
 */
export function readBundle(place: string): Files | null {
  try {
    const stat = lstatSync(place);
    if (stat.isDirectory()) return readFolder(place);
    if (stat.size > BYTES_MAX) return null;
    const bytes = readFileSync(place);
    return bytes.subarray(0, 2).toString("latin1") === "PK" ? unpackZip(bytes) : null;
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("bad_input", `Cannot read ${place} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}

function readFolder(root: string): Files {
  const files = new Map<string, Uint8Array>();
  const folders = [""];
  let bytes = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (!entry.isFile()) throw new CodedError("bad_input", `${path} is no plain file.`);
      else {
        bytes += lstatSync(join(root, path)).size;
        if (bytes > BYTES_MAX || files.size >= FILES_MAX)
          throw new CodedError("bad_input", `${root} is larger than a bundle may be.`);
        files.set(path, readFileSync(join(root, path)));
      }
    }
  return files;
}
