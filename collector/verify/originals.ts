import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import type { Archive } from "../evidence/judge-again.ts";
import { eachLine, textLines } from "./lines.ts";
import { collectOriginals, enclosedIn, type OriginalColumns, recordsIn } from "./original-columns.ts";
import { CONTEXT_FILE, RECORD_FILES, type Unpacked } from "./record-files.ts";
import type { Records } from "./records.ts";

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

/** Signed originals, and what surrounds them. */
export type Originals = Surroundings & { readonly columns: OriginalColumns };

/** Reads the originals of a bundle, in the order of its files. Throws for nothing that the files hold. */
export function readOriginals(files: Unpacked): Originals {
  const wrong: string[] = [];
  const collected = collectOriginals();
  const plain = (path: string) => {
    const found = files.get(path) ?? null;
    if (found === null) wrong.push(path);
    return found;
  };
  const context = textLines(plain(CONTEXT_FILE));
  for (const [file, { path }] of RECORD_FILES.entries()) {
    let number = 0;
    for (const line of eachLine(plain(path))) {
      number += 1;
      if (!collected.take(line, file)) wrong.push(`${path}:${number}`);
    }
  }
  return { context, roles: rolesOf(context), wrong, columns: collected.columns() };
}

/** They as they are checked; the files are those that were read. */
export function recordsOf({ columns, ...around }: Originals, files: Unpacked): Records {
  return { ...around, ...recordsIn(columns, files), archive: null };
}

/** They as they are judged again. */
export function archiveIn({ columns, context }: Originals, files: Unpacked): Archive {
  return { context, entries: enclosedIn(columns, files) };
}

function rolesOf(context: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    context.flatMap((line) => {
      const parsed = parseJson(ProbeLine, line);
      return parsed.ok ? [[parsed.value.id, parsed.value.role] as const] : [];
    }),
  );
}
