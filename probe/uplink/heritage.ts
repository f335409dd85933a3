import { existsSync } from "node:fs";
import type { Logger } from "pino";
import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { CollectorFrame, type ContinueRequest, continueMessage, JoinResponse } from "../../protocol/wire.ts";
import { numberedPath, numbersOf } from "../data-folder.ts";
import { type Identity, loadEarlier } from "../identity/identity.ts";
import { type Database, openAsIs } from "../journal/database.ts";
import type { Journal } from "../journal/journal.ts";
import type { Stamped } from "../journal/pending.ts";
import { prepareRows, type Row } from "../journal/rows.ts";
import { worthOf } from "../journal/value.ts";
import type { Addresses } from "./addresses.ts";
import { type PostEnd, refusalOf } from "./batches.ts";
import type { Source } from "./export-file.ts";
import { packRows } from "./pack.ts";
import type { Refusal } from "./refusal.ts";
import { request } from "./request.ts";
import { retire } from "./retire.ts";
import type { Way } from "./way.ts";

/** What this host's earlier keys left to do: to name their successor, and to hand over what was saved of their journals. */
export type Heritage = {
  /** Does what is left over HTTPS. `ok` when nothing is, or nothing more can be done here. Never throws for the network. */
  settle: (to: Addresses, signal: AbortSignal) => Promise<PostEnd>;
};

export type HeritageOptions = { folder: string; identity: Identity; journal: Journal; log: Logger; way?: Way };

/** Refusals that pass with time; after any other the rest of an earlier key is left for a file. */
const PASSING = new Set(["too_fast", "cannot_store", "going_away"]);
const DONE: PostEnd = { ok: true };

/** Makes the heritage of a data folder. Keys and files are erased once the collector has what they held. */
export function createHeritage(options: HeritageOptions): Heritage {
  const { folder, log } = options;
  const enrolled = new Set<number>();
  const given = new Set<number>();
  return {
    settle: async (to, signal) => {
      const numbers = numbersOf(folder, "identity");
      for (const number of numbers.filter((one) => !enrolled.has(one))) {
        const end = await enrol(options, { to, number }, signal);
        if (!end.ok) return end;
        enrolled.add(number);
      }
      for (const number of numbers.filter((one) => !given.has(one))) {
        const end = await handOver(options, { to, number }, signal);
        if (!end.ok && (end.refusal === null || PASSING.has(end.refusal.code))) return end;
        given.add(number);
        if (end.ok) retire(folder, number);
        else
          log.error({ ...end.refusal, number }, "what was saved of an older journal is not taken: export it to a file");
      }
      return DONE;
    },
  };
}

type Task = { to: Addresses; number: number };

/** The key after a number: the next that is kept, else the present one. */
function successor({ folder, identity }: Pick<HeritageOptions, "folder" | "identity">, number: number): Identity {
  const next = numbersOf(folder, "identity").find((one) => one > number);
  return (next === undefined ? null : loadEarlier(folder, next)) ?? identity;
}

/** What an earlier key says of its successor, signed by both; null when that key is gone. */
export function continuation(
  options: Pick<HeritageOptions, "folder" | "identity">,
  number: number,
): ContinueRequest | null {
  const old = loadEarlier(options.folder, number);
  if (old === null) return null;
  const next = successor(options, number);
  const said = { probe: old.probe, publicKey: next.publicKey };
  const message = continueMessage(said);
  return { ...said, signature: old.sign("continue", message), proof: next.sign("continue", message) };
}

async function enrol(options: HeritageOptions, { to, number }: Task, signal: AbortSignal): Promise<PostEnd> {
  const said = continuation(options, number);
  if (said === null) return DONE;
  const answer = await post(options, { url: to.continue, body: JSON.stringify(said) }, signal);
  if (answer === null) return { ok: false, refusal: null };
  if (answer.status === 200 && parseJson(JoinResponse, answer.text).ok) return DONE;
  const refusal = refusalOf(answer);
  options.log.error(
    { ...refusal, number },
    "the collector does not take the new key for the old one: join anew if it stays so",
  );
  return { ok: false, refusal };
}

async function post(
  { way }: HeritageOptions,
  {
    url,
    body,
    gzip = false,
    onConnect,
  }: { url: string; body: string | Buffer; gzip?: boolean; onConnect?: () => void },
  signal: AbortSignal,
) {
  const headers = { "content-type": "application/json", ...(gzip && { "content-encoding": "gzip" }) };
  const more = { ...(way && { way }), ...(onConnect && { onConnect }) };
  return request({ method: "POST", url, headers, body, ...more }, signal).catch(() => null);
}

/** By the key, not the number: numbers are used again. */
const markName = (probe: string) => `saved-${probe}`;

type Notes = { note: (name: string) => string | null };

/**
 * Number of the last entry of an earlier key that needs no more handing over. What that key's journal knew of
 * acknowledgements does not count: where it had lost its tail and grown another, they were of entries that are gone, and
 * others bear their numbers now. The collector drops what it has already.
 */
function handedOver(journal: Notes, probe: string): number {
  return Number(journal.note(markName(probe)) ?? 0);
}

/** What was saved under earlier keys and waits, for a file. Each is to be closed. */
export function savedSources(folder: string, journal: Notes): { source: Source; close: () => void }[] {
  return numbersOf(folder, "identity").flatMap((number) => {
    const identity = loadEarlier(folder, number);
    const path = numberedPath(folder, "saved", number);
    if (identity === null || !existsSync(path)) return [];
    const saved = openAsIs(path);
    const after = handedOver(journal, identity.probe);
    return [{ source: { rows: prepareRows(saved), identity, after }, close: () => saved.close() }];
  });
}

/** Sends what was saved, run by run of whole chain; what the collector has otherwise goes on under the present key. */
async function handOver(options: HeritageOptions, task: Task, signal: AbortSignal): Promise<PostEnd> {
  const { folder, journal } = options;
  const path = numberedPath(folder, "saved", task.number);
  const old = loadEarlier(folder, task.number);
  if (old === null) return DONE;
  if (!existsSync(path))
    return existsSync(numberedPath(folder, "damaged", task.number))
      ? { ok: false, refusal: { code: "unsaved", retryAfterS: null } }
      : DONE;
  const saved = openAsIs(path);
  try {
    const sent = { after: handedOver(journal, old.probe), count: LIMITS.entriesPerBatch as number };
    for (
      let run = nextRun(saved, sent.after, sent.count);
      run.length > 0;
      run = nextRun(saved, sent.after, sent.count)
    ) {
      if (signal.aborted) return { ok: false, refusal: null };
      const end = await sendRun(options, { to: task.to, old, rows: run }, signal);
      if (end.ok) {
        sent.after = run.at(-1)?.seq ?? sent.after;
        sent.count = Math.min(LIMITS.entriesPerBatch, sent.count * 2);
        journal.setNote(markName(old.probe), String(sent.after));
        continue;
      }
      const fewer = fewerAfter(end, run.length);
      if (fewer !== null) sent.count = fewer;
      else if (end.refusal?.code !== "fork") return end;
      else if (!carryRest(options, { saved, probe: old.probe, sent })) return { ok: false, refusal: null };
    }
    return DONE;
  } finally {
    saved.close();
  }
}

/** How many entries to send instead of those that were refused or broke the line; null when that would not help. */
function fewerAfter({ refusal, broke }: { refusal: Refusal | null; broke?: boolean }, count: number): number | null {
  if (count === 1) return null;
  if (broke) return Math.ceil(count / 4);
  return refusal?.code === "fork" || refusal?.code === "too_big" ? Math.ceil(count / 2) : null;
}

/** The collector has another entry in the place of the next one: all that follow from it go on under the present key. */
function carryRest(
  { journal }: HeritageOptions,
  { saved, probe, sent }: { saved: Database; probe: string; sent: { after: number } },
): boolean {
  const rest = nextRun(saved, sent.after, LIMITS.entriesPerBatch);
  const after = rest.at(-1)?.seq ?? sent.after;
  if (!journal.carry(rest.flatMap(stampedOf), { name: markName(probe), text: String(after) })) return false;
  sent.after = after;
  return true;
}

/** The next entries after `seq` that follow each other without a hole. */
function nextRun(saved: Database, seq: number, count: number): Row[] {
  const run: Row[] = [];
  let bytes = 0;
  for (const row of prepareRows(saved).after(seq, count)) {
    const before = run.at(-1);
    bytes += row.bytes;
    const follows =
      before === undefined || (row.seq === before.seq + 1 && row.text.includes(`"prev":"${before.hash}"`));
    if (!follows || (before !== undefined && bytes > LIMITS.batchBytes / 2)) break;
    run.push(row);
  }
  return run;
}

async function sendRun(
  options: HeritageOptions,
  { to, old, rows }: { to: Addresses; old: Identity; rows: readonly Row[] },
  signal: AbortSignal,
): Promise<PostEnd & { broke?: boolean }> {
  const packed = await packRows(rows, old);
  if (packed === null) return DONE;
  let stood = false;
  const onConnect = () => {
    stood = true;
  };
  const answer = await post(options, { url: to.batches, body: packed.data, gzip: true, onConnect }, signal);
  if (answer === null) return { ok: false, refusal: null, broke: stood };
  const ack = answer.status === 200 ? parseJson(CollectorFrame, answer.text) : null;
  return ack?.ok && ack.value.t === "ack" ? DONE : { ok: false, refusal: refusalOf(answer) };
}

/** An entry as it was before it got its place in the old chain. */
function stampedOf({ text, value, bytes }: Row): Stamped[] {
  const parsed = parseJson(Entry, text);
  if (!parsed.ok) return [];
  const { kind, body, boot, mono, at, clock } = parsed.value;
  const draft = { kind, body } as Stamped["draft"]; // The pair comes from one parsed entry.
  return [{ draft, value: worthOf(draft, value > 1), bytes, stamp: { boot, mono, at, clock } }];
}
