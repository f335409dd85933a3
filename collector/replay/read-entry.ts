import { check, type Parsed } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { isPlainEntry } from "./plain-entry.ts";

const SOME_ID = "0".repeat(32);
/** Failures that only a server that answered can cause: an alert, or a certificate that does not hold. */
const ANSWERED = /^ssl_/;

/**
 * An entry from the `entry` field of an archive line. Two liberties of the archive: probe ids may be any short text, and a
 * TLS step may leave out `answered`, which then follows from what came back.
 */
export function readEntry(value: unknown): Parsed<Entry> {
  if (isPlainEntry(value)) return { ok: true, value };
  const entry = withAnswers(value);
  const foreign = probeOf(entry);
  const checked = check(Entry, foreign === null ? entry : { ...Object(entry), probe: SOME_ID });
  if (!checked.ok) return { ok: false, problems: checked.problems.map((problem) => `entry.${problem}`) };
  // The cast is sound: the schema has accepted all but the id, and that is a short text.
  return { ok: true, value: entry as Entry };
}

/** An id of an archive made elsewhere; null for one of ours, or for none. */
function probeOf(value: unknown): string | null {
  const probe = isObject(value) ? value.probe : null;
  return isForeignId(probe) ? probe : null;
}

/** Whether a probe id is short text without spaces or bars, though not one of ours. */
export function isForeignId(id: unknown): id is string {
  return typeof id === "string" && /^[^\s|"\\]{1,64}$/.test(id) && !/^[0-9a-f]{32}$/.test(id);
}

function withAnswers(entry: unknown): unknown {
  if (!isObject(entry) || !isObject(entry.body) || !Array.isArray(entry.body.tls)) return entry;
  const { tls } = entry.body;
  if (tls.every((step) => !isObject(step) || step.answered !== undefined)) return entry;
  return { ...entry, body: { ...entry.body, tls: tls.map(withAnswer) } };
}

function withAnswer(step: unknown): unknown {
  if (!isObject(step) || step.answered !== undefined) return step;
  const { failure, chain } = step;
  const answered = failure === null || (Array.isArray(chain) && chain.length > 0) || ANSWERED.test(String(failure));
  return { ...step, answered };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
