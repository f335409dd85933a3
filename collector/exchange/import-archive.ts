import { setImmediate as breathe } from "node:timers/promises";
import { enrolSuccessor, noteSuccession } from "../ingest/continue.ts";
import type { StagedEntry, StagedPresence, Staging } from "../store/staging.ts";
import type { Store } from "../store/store.ts";
import { dropContradictions, dropUnproved } from "./check-chain.ts";
import { markImport } from "./import-mark.ts";
import { createReport, type ImportReport, type Reporter } from "./import-report.ts";
import type { SourceLine } from "./read-lines.ts";
import { type Staged, stageLines } from "./stage-lines.ts";

export type ImportParts = {
  readonly lines: AsyncIterable<SourceLine>;
  readonly staging: Staging;
  readonly store: Store;
  /** Take entries that no signature covers. Chains are checked all the same. */
  readonly unsigned: boolean;
  readonly now: () => number;
};

/**
 * Stores an archive (design: one JSON object a line, in any order), each entry once however often it comes. Wrong
 * lines are told and left out, the rest is stored. A collector that serves the same store rebuilds its analysis at its
 * next heartbeat. Errors: what the store throws; what was stored until then stays, and the same import goes on there.
 */
export async function importArchive(parts: ImportParts): Promise<ImportReport> {
  const { lines, staging, store, unsigned, now } = parts;
  const reporter = createReport();
  const staged = await stageLines({ lines, staging, now }, reporter);
  const earliest = staging.earliest();
  // Before the first record too: an import that is killed half-way must not leave records that nobody judges.
  if (earliest !== null) await markImport(store, earliest);
  try {
    for (const { probe, publicKey } of staged.probes.values()) {
      const isNew = await store.probes.addKnown(probe, unsigned ? null : publicKey);
      reporter.count("probes", isNew ? 1 : 0, 1);
      if (isNew) reporter.newSince(probe.from === undefined ? now() : Date.parse(probe.from));
    }
    for (const { probe, continues } of staged.probes.values())
      if (continues !== null) await noteSuccession(store, continues, probe.id);
    await storeSuccessors(parts, staged, reporter);
    for (const probe of staging.probes()) await storeChain(parts, probe, reporter);
    await storePresences(parts, staged, reporter);
    await storeEvents(parts, staged, reporter);
  } finally {
    if (reporter.report.from !== null) await markImport(store, reporter.report.from);
  }
  return reporter.report;
}

/** Whoever carries the file: both keys have signed that one goes on for the other. */
async function storeSuccessors({ store, now }: ImportParts, { continuations }: Staged, reporter: Reporter) {
  for (const { number, request } of continuations) {
    const enrolled = await enrolSuccessor(store, request, now());
    if (!enrolled.ok) reporter.refuse(number, enrolled.says);
    else {
      reporter.count("probes", enrolled.isNew ? 1 : 0, 1);
      if (enrolled.isNew) reporter.newSince(now());
    }
  }
}

async function storeChain({ staging, store, unsigned }: ImportParts, probe: string, reporter: Reporter) {
  const { entries, probes } = store;
  const known = await probes.byId(probe);
  if (known === null) {
    for (const { line } of pagesOf((after) => staging.entries(probe, after), seqOf))
      reporter.refuse(line, `neither the archive nor the store knows probe ${probe}`);
    return;
  }
  await dropContradictions({ probe, staging, entries, reporter });
  if (!unsigned) dropUnproved({ probe, staging, reporter }, known.publicKey);
  for (let after = 0; ; ) {
    const page = staging.entries(probe, after);
    const last = page.at(-1);
    if (last === undefined) return;
    const added = await entries.addKnown(probe, page);
    reporter.count("entries", added, page.length);
    if (added > 0) reporter.newSince(Math.min(...page.map(({ received }) => received)));
    after = last.seq;
    await breathe();
  }
}

/** Younger silence at the end of an archive is not silence: what came after is not known. */
const SILENCE_MS = 90_000;

async function storePresences({ staging, store }: ImportParts, { end }: Staged, { report, count, newSince }: Reporter) {
  const known = new Set((await store.probes.all()).map(({ id }) => id));
  for (let after = { from: 0, id: 0 }; ; ) {
    const page = staging.presences(after);
    const last = page.at(-1);
    if (last === undefined) return;
    const rows: StagedPresence[] = page
      .filter(({ probe }) => known.has(probe))
      .map((row) => (row.received === end && end - row.to < SILENCE_MS ? { ...row, received: row.to } : row));
    report.refusedLines += page.length - rows.length;
    const added =
      (await store.presence.addKnown(rows.filter(({ route }) => route === null))) +
      (await store.dnsPresence.addKnown(rows.filter(({ route }) => route === "dns")));
    count("presences", added, rows.length);
    if (added > 0) newSince(Math.min(...rows.map(({ from }) => from)));
    after = last;
  }
}

async function storeEvents({ store, now }: ImportParts, { events }: Staged, { count }: Reporter) {
  count("events", await store.events.addKnown(events, now()), events.length);
}

const seqOf = ({ seq }: StagedEntry) => seq;

function* pagesOf<Row>(read: (after: number) => readonly Row[], place: (row: Row) => number): Generator<Row> {
  for (let page = read(0); page.length > 0; ) {
    yield* page;
    const last = page.at(-1);
    page = last === undefined ? [] : read(place(last));
  }
}
