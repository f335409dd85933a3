import { existsSync, renameSync } from "node:fs";
import type { Logger } from "pino";
import { z } from "zod";
import { CHAIN_START, type ChainHead } from "../../protocol/chain.ts";
import { errorCode } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import { ProbeId } from "../../protocol/primitives.ts";
import { Continues } from "../../protocol/records/life.ts";
import { numberedPath, numbersOf, pathOf, readText, removeFile, storageError, writeText } from "../data-folder.ts";
import { type Identity, loadEarlier, replaceIdentity } from "../identity/identity.ts";
import { loadMembership, saveMembership } from "../membership/membership.ts";
import { openAsIs, openForWriting } from "./database.ts";
import { inspectJournal } from "./inspect.ts";
import { DEFAULTS } from "./options.ts";
import { prepareRows, type Rows } from "./rows.ts";
import { salvage } from "./salvage.ts";

/** What is being done, kept on disk until it is done, so that it may be killed anywhere and taken up again. */
const Plan = z.object({ number: z.int().min(1), why: Continues.shape.why, probe: ProbeId });
type Plan = z.infer<typeof Plan>;

/** Names under which the new journal keeps what it goes on from, for its first entry. */
export const CONTINUES_NOTE = "continues";
export const LAST_NOTE = "lastBefore";

/**
 * Where the journal cannot be gone on with, sets it aside, saves what can be read, and makes a new key: a lost tail must
 * never grow into a second history of the same key. Every step may be repeated. Returns the key to record with, the one
 * given where all is well. Needs the folder's lock. Throws `cannot_write`, `io`, `config`.
 */
export function recoverJournal(folder: string, identity: Identity, log: Logger): Identity {
  const plan = readPlan(folder) ?? makePlan(folder, identity.probe);
  if (plan === null) {
    for (const number of numbersOf(folder, "damaged")) save(folder, number, log);
    return identity;
  }
  log.error({ why: plan.why, number: plan.number }, "the journal cannot be gone on with: set aside, a new key goes on");
  try {
    setAside(folder, plan.number);
  } catch (error) {
    throw storageError(error, folder);
  }
  const next = replaceIdentity(folder, plan.probe, plan.number);
  const membership = loadMembership(folder);
  if (membership !== null) saveMembership(folder, { ...membership, probe: next.probe });
  save(folder, plan.number, log);
  begin(folder, plan);
  removeFile(folder, "recover");
  removeFile(folder, "recovery");
  return next;
}

function readPlan(folder: string): Plan | null {
  const parsed = parseJson(Plan, readText(folder, "recovery") ?? "");
  return parsed.ok ? parsed.value : null;
}

function makePlan(folder: string, probe: string): Plan | null {
  const why = inspectJournal(folder);
  if (why === null) return null;
  const number = 1 + Math.max(0, ...numbersOf(folder, "damaged"), ...numbersOf(folder, "identity"));
  const plan = { number, why, probe };
  writeText(folder, "recovery", JSON.stringify(plan));
  return plan;
}

/** The file itself first: where it has moved and one stands in its place, that one is the new journal. */
function setAside(folder: string, number: number): void {
  const damaged = numberedPath(folder, "damaged", number);
  if (existsSync(damaged) && existsSync(pathOf(folder, "journal"))) return;
  for (const [name, end] of [
    ["journal", ""],
    ["journalWal", "-wal"],
    ["journalShm", "-shm"],
  ] as const)
    if (existsSync(pathOf(folder, name))) renameSync(pathOf(folder, name), damaged + end);
}

/** Saves what can be read, once. A disk without room for it does not stop the probe: the next start tries again. */
function save(folder: string, number: number, log: Logger): void {
  const damaged = numberedPath(folder, "damaged", number);
  const saved = numberedPath(folder, "saved", number);
  const probe = loadEarlier(folder, number)?.probe ?? null;
  if (!existsSync(damaged) || existsSync(saved) || probe === null) return;
  try {
    log.info({ number, ...salvage(damaged, saved, probe) }, "saved from the journal that was set aside");
  } catch (error) {
    log.error({ number, code: errorCode(error) ?? String(error) }, "nothing could be saved yet of the old journal");
  }
}

/** Makes the new journal and puts into it what its first entry will say. */
function begin(folder: string, { number, why, probe }: Plan): void {
  const before = lookInto(numberedPath(folder, "saved", number));
  const database = openForWriting(folder, DEFAULTS.fileBytes);
  try {
    const rows = prepareRows(database);
    if (rows.note(CONTINUES_NOTE) !== null || rows.head().seq > 0) return;
    const { seq, hash } = before.head;
    const continues: Continues = { probe, seq, hash, why };
    database
      .transaction(() => {
        for (const { name, text } of before.notes) rows.setNote(name, text);
        rows.setNote(CONTINUES_NOTE, JSON.stringify(continues));
        if (before.last !== null) rows.setNote(LAST_NOTE, JSON.stringify(before.last));
      })
      .immediate();
  } catch (error) {
    throw storageError(error, folder);
  } finally {
    database.close();
  }
}

type Before = {
  head: ChainHead;
  last: { kind: string; at: string; text: string } | null;
  notes: { name: string; text: string }[];
};

/** What the old journal knew that the new one goes on with: all its notes but those about its own chain. */
function lookInto(saved: string): Before {
  if (!existsSync(saved)) return { head: CHAIN_START, last: null, notes: [] };
  const database = openAsIs(saved);
  try {
    const rows: Rows = prepareRows(database);
    const last = rows.last();
    const notes = database.prepare<[], { name: string; text: string }>("SELECT name, text FROM note").all();
    return {
      head: rows.head(),
      last: last === null ? null : { kind: last.kind, at: last.at, text: last.kind === "stop" ? last.text : "" },
      notes: notes.filter(({ name }) => !/^(?:acknowledged|continues|lastBefore)/.test(name)),
    };
  } finally {
    database.close();
  }
}
