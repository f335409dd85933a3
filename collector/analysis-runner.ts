import type { Logger } from "pino";
import { canonicalJson } from "../protocol/canonical-json.ts";
import type { Incident } from "../protocol/incident.ts";
import type { Analysis, EpochMs, Item, Judged } from "./analysis/types.ts";
import type { Store } from "./store/store.ts";
import { storedItems } from "./stored-items.ts";

/** The analysis beside its store: takes committed facts, keeps what follows from them. */
export type AnalysisRunner = {
  /** Applies facts of one turn and stores the verdicts and incidents that follow. Never throws: a fault is logged. */
  feed: (items: readonly Item[], at: EpochMs) => Promise<void>;
  readonly rulesVersion: string;
};

export type RunnerParts = {
  readonly store: Store;
  readonly makeAnalysis: () => Analysis;
  readonly log: Logger;
  readonly now?: () => EpochMs;
};

const DAY_MS = 86_400_000;
const WINDOW_MS = 30 * DAY_MS;
/** Before an open incident, for what the detectors must have seen to date its start again. */
const LEAD_MS = 2 * DAY_MS;
const PAGE = 1000;
/** Verdicts that wait for a disk with room; beyond it the oldest go (a restart makes them again). */
const PENDING_MAX = 50_000;

/**
 * Rebuilds the analysis from what is stored (30 days, or as far back as an incident is open), then takes live facts.
 * Errors: what the store throws while reading.
 */
export async function startAnalysis({
  store,
  makeAnalysis,
  log,
  now = Date.now,
}: RunnerParts): Promise<AnalysisRunner> {
  const analysis = makeAnalysis();
  const output = createOutput(store, analysis);
  const from = await rebuildFrom(store, now());
  let items = 0;
  for await (const item of storedItems(store, from)) {
    applySafely(analysis, item, log);
    items += 1;
    if (items % PAGE === 0) await output.keepVerdicts();
  }
  await output.keep(now());
  await output.withdrawOthers(from, now());
  log.info({ items, from: new Date(from).toISOString() }, "analysis rebuilt from stored records");
  return {
    rulesVersion: analysis.rulesVersion,
    feed: async (batch, at) => {
      for (const item of batch) applySafely(analysis, item, log);
      try {
        await output.keep(at);
      } catch (error) {
        log.warn({ err: error }, "verdicts could not be stored yet");
      }
    },
  };
}

async function rebuildFrom(store: Store, at: EpochMs): Promise<EpochMs> {
  const open = await store.incidents.list({ from: 0, to: at, asOf: null, openOnly: true, limit: 1000 });
  const starts = open.map(({ start }) => Date.parse(start.earliest) - LEAD_MS);
  return Math.max(0, Math.min(at - WINDOW_MS, ...starts));
}

function applySafely(analysis: Analysis, item: Item, log: Logger): void {
  try {
    analysis.apply(item);
  } catch (error) {
    // One record that the analysis cannot digest must not end the collecting of all others.
    const subject = item.type === "entry" ? { kind: item.entry.kind, seq: item.entry.seq } : {};
    log.error({ err: error, item: item.type, ...subject }, "the analysis has a fault");
  }
}

function createOutput({ verdicts, incidents }: Store, analysis: Analysis) {
  let pending: Judged[] = [];
  const known = new Map<string, string>();
  async function keepVerdicts(): Promise<void> {
    pending = [...pending, ...analysis.takeVerdicts()].slice(-PENDING_MAX);
    if (pending.length === 0) return;
    await verdicts.put(pending);
    pending = [];
  }
  async function keepIncidents(at: EpochMs): Promise<void> {
    const current = new Map(analysis.incidents().map((incident) => [incident.id, incident]));
    const texts = new Map([...current].map(([id, incident]) => [id, canonicalJson(incident)]));
    const changed = [...current.values()].filter(({ id }: Incident) => known.get(id) !== texts.get(id));
    const gone = [...known.keys()].filter((id) => !current.has(id));
    if (changed.length > 0) await incidents.put(changed, at);
    if (gone.length > 0) await incidents.withdraw(gone, at);
    for (const { id } of changed) known.set(id, texts.get(id) ?? "");
    for (const id of gone) known.delete(id);
  }
  return {
    keepVerdicts,
    keep: async (at: EpochMs) => {
      await keepVerdicts();
      await keepIncidents(at);
    },
    /** Ends stored incidents that a rebuild over their time no longer finds. */
    withdrawOthers: async (from: EpochMs, at: EpochMs) => {
      const others = (await incidents.idsSince(from)).filter((id) => !known.has(id));
      if (others.length > 0) await incidents.withdraw(others, at);
    },
  };
}
