import type { Files } from "../evidence/files.ts";

/** Where the enclosed records of a bundle lie, and whose they are. */
export const RECORD_FILES = [
  { path: "data/measurements.ndjson.gz", role: "witness" },
  { path: "data/controls.ndjson.gz", role: "control" },
] as const;
export const CONTEXT_FILE = "data/context.ndjson.gz";

/** The files that judging again needs, and nothing else of a bundle; null where one is missing, as in the public edition. */
export function archiveFiles(files: Files): Files | null {
  const own = new Map<string, Uint8Array>();
  for (const path of [CONTEXT_FILE, ...RECORD_FILES.map((file) => file.path)]) {
    const bytes = files.get(path);
    if (bytes !== undefined) own.set(path, bytes);
  }
  return own.size === RECORD_FILES.length + 1 ? own : null;
}
