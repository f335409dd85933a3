import type { Files } from "../evidence/files.ts";

/** A file of records holds no more than this when it is unpacked. */
export const UNPACKED_MAX = 2 * 1024 * 1024 * 1024 - 1;

export type Role = "witness" | "control";

/** Where the enclosed records of a bundle lie, and whose they are. */
export const RECORD_FILES: readonly { readonly path: string; readonly role: Role }[] = [
  { path: "data/measurements.ndjson.gz", role: "witness" },
  { path: "data/controls.ndjson.gz", role: "control" },
];
export const CONTEXT_FILE = "data/context.ndjson.gz";
/** The files that judging again needs. */
export const ARCHIVE_FILES = [CONTEXT_FILE, ...RECORD_FILES.map(({ path }) => path)];

/** Files with records by their path, unpacked; null for one that cannot be. */
export type Unpacked = ReadonlyMap<string, Uint8Array | null>;

/** Whose records the file at this place of {@link RECORD_FILES} holds. */
export function roleIn(file: number): Role {
  return RECORD_FILES[file]?.role ?? "witness";
}

/** The unpacked file at this place of {@link RECORD_FILES}. */
export function fileAt(files: Unpacked, file: number): Uint8Array | null {
  return files.get(RECORD_FILES[file]?.path ?? "") ?? null;
}

/** These alone of a bundle; null where one is missing, as in the public edition. */
export function archiveFiles(files: Files): Files | null {
  const own = new Map<string, Uint8Array>();
  for (const path of ARCHIVE_FILES) {
    const bytes = files.get(path);
    if (bytes !== undefined) own.set(path, bytes);
  }
  return own.size === ARCHIVE_FILES.length ? own : null;
}
