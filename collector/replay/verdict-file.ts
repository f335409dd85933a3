import { closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import type { Judged } from "../analysis/types.ts";
import { readLines } from "../exchange/read-lines.ts";
import { utc } from "../time.ts";

export type VerdictFile = {
  write: (verdicts: readonly Judged[]) => void;
  /** Writes what is held, leaves out verdicts that later ones replaced, and gives the file its name. */
  finish: () => Promise<void>;
  /** Removes what was not finished. */
  close: () => void;
};

const HELD_CHARS = 256 * 1024;
const HELD_LINES = 1000;
/** A verdict's reasons are a few sentences. */
const LINE_BYTES = 1024 * 1024;

/**
 * A file of judged measurements, one canonical JSON object a line: probe, seq, target, asn, region, measuredAt, and the
 * fields of the verdict. It appears under its name only when it is whole. Errors: `cannot_write`, `io`.
 */
export function openVerdictFile(file: string): VerdictFile {
  const part = `${file}.part`;
  const descriptor = attempt(file, () => openSync(part, "w"));
  let held: string[] = [];
  let chars = 0;
  let open = true;
  let lines = 0;
  const inconclusive = new Map<string, number>();
  const replaced = new Set<number>();
  const flush = () => {
    const bytes = Buffer.from(held.join(""));
    for (let done = 0; done < bytes.length; ) done += attempt(file, () => writeSync(descriptor, bytes, done));
    [held, chars] = [[], 0];
  };
  const shut = () => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return {
    write: (verdicts) => {
      for (const { verdict, measuredAt, ...measurement } of verdicts) {
        lines += 1;
        // Only what was inconclusive is ever judged again.
        const key = `${measurement.probe} ${measurement.seq}`;
        const before = inconclusive.get(key);
        if (before !== undefined) replaced.add(before);
        if (verdict.code === "inconclusive") inconclusive.set(key, lines);
        const line = `${canonicalJson({ ...measurement, measuredAt: utc(measuredAt), ...verdict })}\n`;
        held.push(line);
        chars += line.length;
      }
      if (chars >= HELD_CHARS) flush();
    },
    finish: async () => {
      flush();
      shut();
      if (replaced.size > 0) await leaveOut(part, replaced, file);
      attempt(file, () => renameSync(part, file));
    },
    close: () => {
      shut();
      rmSync(part, { force: true });
    },
  };
}

/** Writes a file again without some of its lines. */
async function leaveOut(part: string, without: ReadonlySet<number>, file: string): Promise<void> {
  const rest = `${part}2`;
  const descriptor = attempt(file, () => openSync(rest, "w"));
  try {
    let held: string[] = [];
    for await (const line of readLines(part, LINE_BYTES)) {
      if ("text" in line && !without.has(line.number)) held.push(`${line.text}\n`);
      if (held.length < HELD_LINES) continue;
      attempt(file, () => writeFileSync(descriptor, held.join("")));
      held = [];
    }
    attempt(file, () => writeFileSync(descriptor, held.join("")));
  } finally {
    closeSync(descriptor);
  }
  attempt(file, () => renameSync(rest, part));
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    const kind = ["ENOENT", "EACCES", "ENOTDIR", "EISDIR", "EROFS"].includes(code) ? "cannot_write" : "io";
    throw new CodedError(kind, `Cannot write ${file} (${code}). Choose another place with --verdicts.`, {
      cause: error,
    });
  }
}
