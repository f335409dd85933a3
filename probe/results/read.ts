import { parseJson } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { storageError } from "../data-folder.ts";
import { openForReading } from "../journal/database.ts";
import { prepareRows, type Rows } from "../journal/rows.ts";
import { messengerOutcome, type Outcome, outcomeOf } from "./outcome.ts";

/** One measurement as `results` tells it. `at` is this host's clock when it was written. */
export type Result = {
  seq: number;
  at: string;
  kind: "web" | "im";
  target: string;
  outcome: Outcome;
  status: number | null;
  /** What on this host or line could explain it. */
  local: readonly string[];
};

/** Records looked through at most, the newest; some days of rounds. */
const WINDOW = 20_000;
/** Something answers in place of every anchor of the line, as its record's canonical JSON has it. */
const PORTAL = '"portal":true';

/** The newest `count` results of this probe, newest first; of one site or messenger if asked. Throws `io`. */
export function readResults(folder: string, count: number, target: string | null = null): Result[] {
  const database = openForReading(folder);
  if (database === null) return [];
  try {
    return newest(prepareRows(database), count, target);
  } catch (error) {
    throw storageError(error, folder);
  } finally {
    database.close();
  }
}

function newest(rows: Pick<Rows, "head" | "after">, count: number, target: string | null): Result[] {
  let found: Result[] = [];
  let portal = false;
  for (const { kind, seq, text } of rows.after(Math.max(0, rows.head().seq - WINDOW), WINDOW)) {
    // Of the line only this is asked: its records need not be read whole either.
    if (kind === "link") portal = text.includes(PORTAL);
    if (kind !== "web" && kind !== "im") continue;
    // A site's name stands in its record as it is typed: most records need not be read whole.
    if (target !== null && !text.includes(target)) continue;
    const result = resultOf(text, seq, portal);
    if (result === null || (target !== null && result.target !== target)) continue;
    found.push(result);
    if (found.length > 2 * count) found = found.slice(-count);
  }
  return found.slice(-count).reverse();
}

function resultOf(text: string, seq: number, portal: boolean): Result | null {
  const parsed = parseJson(Entry, text);
  if (!parsed.ok) return null;
  const { at, kind, body } = parsed.value;
  const common = (local: readonly { kind: string }[] = []) => ({ seq, at, local: local.map((one) => one.kind) });
  if (kind === "im") {
    const before = portal || body.local?.some((one) => one.kind === "captive_portal") === true;
    return { ...common(body.local), kind, target: body.service, outcome: messengerOutcome(body, before), status: null };
  }
  if (kind !== "web") return null;
  const status = body.http.findLast(({ purpose, failure }) => purpose === undefined && failure === null)?.status;
  return { ...common(body.local), kind, target: body.target, outcome: outcomeOf(body), status: status ?? null };
}

/** The newest result of each site, of results that stand newest first; by name. Pure. */
export function latestOfEach(results: readonly Result[]): Result[] {
  const seen = new Set<string>();
  const latest = results.filter(({ target }) => !seen.has(target) && seen.add(target));
  return latest.sort((a, b) => (a.target < b.target ? -1 : 1));
}
