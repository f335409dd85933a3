import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import type { Archive } from "../evidence/judge-again.ts";
import { eachLine, endOfLines, textOfLine } from "./lines.ts";
import { collectOriginals, enclosedIn, type OriginalColumns, recordsIn } from "./original-columns.ts";
import { ARCHIVE_FILES, RECORD_FILES, type Unpacked } from "./record-files.ts";
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

/** A file of which the first bytes are there: all when they are as many as it has. */
export type Piece = { readonly path: string; readonly bytes: Uint8Array; readonly upTo: number };

/** Reads the originals of a bundle, in the order of its files. Throws for nothing that the files hold. */
export function readOriginals(files: Unpacked): Originals {
  const reader = originalsReader();
  for (const path of ARCHIVE_FILES) {
    const bytes = files.get(path) ?? null;
    if (bytes === null) reader.missing(path);
    else reader.take({ path, bytes, upTo: bytes.length });
  }
  return reader.originals();
}

/** Reads originals while their files are unpacked: `take` is told each time how far that is, one file after the other. */
export function originalsReader() {
  const [context, wrong]: [string[], string[]] = [[], []];
  const collected = collectOriginals();
  /** Bytes that came, and bytes and lines that were read, by path. */
  const read = new Map<string, { came: number; bytes: number; lines: number }>();
  return {
    missing: (path: string): void => void wrong.push(path),
    take: ({ path, bytes, upTo }: Piece): void => {
      const done = read.get(path) ?? { came: 0, bytes: 0, lines: 0 };
      read.set(path, done);
      // What came before holds no end of a line that was not read: a line as long as the file is looked through once.
      const end = upTo === bytes.length ? upTo : (endOfLines(bytes, done.came, upTo) ?? done.bytes);
      const file = RECORD_FILES.findIndex((one) => one.path === path);
      for (const line of eachLine(bytes, done.bytes, end)) {
        done.lines += 1;
        if (line !== null && file === -1) context.push(textOfLine(line));
        else if (line === null || !collected.take(line, file)) wrong.push(`${path}:${done.lines}`);
      }
      done.came = upTo;
      done.bytes = end;
    },
    originals: (): Originals => ({ context, roles: rolesOf(context), wrong, columns: collected.columns() }),
  };
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
