import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import type { Judged } from "../analysis/types.ts";
import { utc } from "../time.ts";

export type VerdictFile = {
  write: (verdicts: readonly Judged[]) => void;
  /** Writes what is held and gives the file its name. */
  finish: () => void;
  /** Removes what was not finished. */
  close: () => void;
};

const HELD_CHARS = 256 * 1024;

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
        const line = `${canonicalJson({ ...measurement, measuredAt: utc(measuredAt), ...verdict })}\n`;
        held.push(line);
        chars += line.length;
      }
      if (chars >= HELD_CHARS) flush();
    },
    finish: () => {
      flush();
      shut();
      attempt(file, () => renameSync(part, file));
    },
    close: () => {
      shut();
      rmSync(part, { force: true });
    },
  };
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
