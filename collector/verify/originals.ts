import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import { type SignedEntry, signedEntryOf } from "../evidence/judge-again.ts";
import { eachLine, textLines } from "./lines.ts";
import { CONTEXT_FILE, RECORD_FILES } from "./record-files.ts";

/** What the files with originals hold besides the originals. */
export type Surroundings = {
  /** Lines that tell of probes, targets and events. */
  readonly context: readonly string[];
  /** Roles of probes as the context tells them. */
  readonly roles: ReadonlyMap<string, string>;
  /** Files that cannot be read, and lines that are none, by file and number. */
  readonly wrong: readonly string[];
};

const ProbeLine = z.looseObject({ type: z.literal("probe"), id: z.string(), role: z.string() });

/**
 * Reads signed originals, one after the other in the order of the files: `take` is told each, with the place of its file
 * in {@link RECORD_FILES}. `unpacked` gives a file by its path, null where there is none to read.
 */
export function readOriginals(
  unpacked: (path: string) => Uint8Array | null,
  take: (original: SignedEntry, file: number) => void,
): Surroundings {
  const wrong: string[] = [];
  const plain = (path: string) => {
    const found = unpacked(path);
    if (found === null) wrong.push(path);
    return found;
  };
  const context = textLines(plain(CONTEXT_FILE));
  for (const [file, { path }] of RECORD_FILES.entries()) {
    let number = 0;
    for (const line of eachLine(plain(path))) {
      number += 1;
      const original = signedEntryOf(line);
      if (original === null) wrong.push(`${path}:${number}`);
      else take(original, file);
    }
  }
  return { context, roles: rolesOf(context), wrong };
}

function rolesOf(context: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    context.flatMap((line) => {
      const parsed = parseJson(ProbeLine, line);
      return parsed.ok ? [[parsed.value.id, parsed.value.role] as const] : [];
    }),
  );
}
