import type { Logger } from "pino";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Analysis, EpochMs, Item, Judged } from "../analysis/types.ts";
import { importTaken, importWaiting } from "../exchange/import-mark.ts";
import { createPublisher } from "../publication/publisher.ts";
import { substanceText } from "../publication/substance.ts";
import type { Store } from "../store/store.ts";
import { storedItems } from "./stored-items.ts";

/** The analysis beside its store: takes committed facts, keeps what follows from them. */
export type AnalysisRunner = {
  /** Applies facts of one turn and stores the verdicts and incidents that follow. Never throws: a fault is logged. */
  feed: (items: readonly Item[], at: EpochMs) => Promise<void>;
  /** Rebuilds when another process imported records since the last rebuild. For use inside a turn. */
  rebuildAfterImport: () => Promise<void>;
  readonly rulesVersion: string;
};

export type RunnerParts = {
  readonly store: Store;
  readonly makeAnalysis: () => Analysis;
  readonly log: Logger;
  readonly now?: () => EpochMs;
  /** A published incident gets a new version when it has not changed for this long. */
  readonly settleMs?: number;
  /** Told of the verdicts that live facts brought, as they are made. */
  readonly onVerdicts?: (verdicts: readonly Judged[], at: EpochMs) => void;
};

const DAY_MS = 86_400_000;
const WINDOW_MS = 30 * DAY_MS;
/** Before an open incident, for what the detectors must have seen to date its start again. */
const LEAD_MS = 2 * DAY_MS;
const PAGE = 1000;
const SETTLE_MS = 900_000;
/** Verdicts that wait for a disk with room; beyond it the oldest go (a restart makes them again). */
const PENDING_MAX = 50_000;

/**
 * Rebuilds the analysis from what is stored (30 days, or as far back as an incident is open or records were imported),
 * then takes live facts. Never throws: collecting goes on without an analysis rather than not at all, and a fault is
 * logged.
 */
export async function startAnalysis({
  store,
  makeAnalysis,
  log,
  now = Date.now,
  settleMs = SETTLE_MS,
  onVerdicts,
}: RunnerParts): Promise<AnalysisRunner> {
  let current = idleAnalysis;
  let output = createOutput(store, current, log);
  const publisher = createPublisher({ store, settleMs, log });

  async function rebuild(): Promise<void> {
    try {
      const wanted = await importWaiting(store);
      const analysis = makeAnalysis();
      const from = Math.min(await rebuildFrom(store, now(), log), wanted?.from ?? Number.POSITIVE_INFINITY);
      const rebuilt = createOutput(store, analysis, log);
      const items = await applyStored({ store, analysis, output: rebuilt, from, log });
      [current, output] = [analysis, rebuilt];
      await output.keep(now());
      await output.withdrawOthers(await horizonOf(store, from), now());
      publisher.changed();
      await publisher.settle(now(), analysis.rulesVersion);
      if (wanted !== null) await importTaken(store, wanted);
      log.info({ items, from: new Date(from).toISOString() }, "analysis rebuilt from stored records");
    } catch (error) {
      log.error({ err: error }, "the analysis could not be rebuilt; collecting goes on");
    }
  }

  await rebuild();
  return {
    get rulesVersion() {
      return current.rulesVersion;
    },
    rebuildAfterImport: async () => {
      if ((await importWaiting(store)) !== null) await rebuild();
    },
    feed: async (batch, at) => {
      for (const item of batch) applySafely(current, item, log);
      onVerdicts?.(output.take(), at);
      try {
        if (await output.keep(at)) publisher.changed();
        await publisher.settle(at, current.rulesVersion);
      } catch (error) {
        log.warn({ err: error }, "verdicts could not be stored yet");
      }
    },
  };
}

/** Stands in while there is no analysis: finds nothing. */
const idleAnalysis: Analysis = {
  apply: () => undefined,
  takeVerdicts: () => [],
  incidents: () => [],
  rulesVersion: "none",
};

type Rebuilding = { store: Store; analysis: Analysis; output: Output; from: EpochMs; log: Logger };

async function applyStored({ store, analysis, output, from, log }: Rebuilding): Promise<number> {
  let items = 0;
  const broken = (row: object, error: unknown) => log.error({ err: error, ...row }, "a stored record cannot be read");
  for await (const item of storedItems(store, from, broken)) {
    applySafely(analysis, item, log);
    items += 1;
    if (items % PAGE === 0) await output.keepVerdicts();
  }
  return items;
}

async function rebuildFrom(store: Store, at: EpochMs, log: Logger): Promise<EpochMs> {
  try {
    const open = await store.incidents.list({ from: 0, to: at, asOf: null, openOnly: true, limit: 1000 });
    const starts = open.map(({ start }) => Date.parse(start.earliest) - LEAD_MS);
    return Math.max(0, Math.min(at - WINDOW_MS, ...starts));
  } catch (error) {
    log.error({ err: error }, "open incidents cannot be read; they are found again if they are younger than 30 days");
    return at - WINDOW_MS;
  }
}

/**
 * The moment from which on a rebuild that began at `from` knows all that there is. What began shortly after `from` was
 * perhaps not found for want of what came before; it stays as it was known.
 */
async function horizonOf({ entries }: Store, from: EpochMs): Promise<EpochMs> {
  const [first] = await entries.inOrder({ received: 0, probe: "", seq: 0 }, 1);
  return first === undefined || first.received >= from ? from : from + LEAD_MS;
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

type Output = ReturnType<typeof createOutput>;

function createOutput({ verdicts, incidents }: Store, analysis: Analysis, log: Logger) {
  let pending: Judged[] = [];
  const known = new Map<string, string>();
  const substances = new Map<string, string>();
  function take(): Judged[] {
    const taken = analysis.takeVerdicts();
    pending = [...pending, ...taken].slice(-PENDING_MAX);
    return taken;
  }
  async function keepVerdicts(): Promise<void> {
    take();
    if (pending.length === 0) return;
    await putAll(pending, verdicts.put, ({ seq, target }) =>
      log.error({ seq, target }, "a verdict cannot be stored; it is left out"),
    );
    pending = [];
  }
  /** True when something of substance changed. */
  async function keepIncidents(at: EpochMs): Promise<boolean> {
    const current = new Map(analysis.incidents().map((incident) => [incident.id, incident]));
    const texts = new Map([...current].map(([id, incident]) => [id, canonicalJson(incident)]));
    const changed = [...current.values()].filter(({ id }: Incident) => known.get(id) !== texts.get(id));
    const gone = [...known.keys()].filter((id) => !current.has(id));
    await putAll(
      changed,
      (list) => incidents.put(list, at),
      ({ id }) => log.error({ incident: id }, "an incident cannot be stored; it is left out"),
    );
    if (gone.length > 0) await incidents.withdraw(gone, at);
    for (const { id } of changed) known.set(id, texts.get(id) ?? "");
    for (const id of gone) known.delete(id);
    const told = changed.map((incident) => [incident.id, substanceText(incident)] as const);
    const anew = told.filter(([id, text]) => substances.get(id) !== text);
    for (const [id, text] of anew) substances.set(id, text);
    for (const id of gone) substances.delete(id);
    return anew.length + gone.length > 0;
  }
  return {
    take,
    keepVerdicts,
    /** True when incidents changed in substance. */
    keep: async (at: EpochMs) => {
      await keepVerdicts();
      return keepIncidents(at);
    },
    /** Ends stored incidents that a rebuild over their time no longer finds. */
    withdrawOthers: async (from: EpochMs, at: EpochMs) => {
      const others = (await incidents.idsSince(from)).filter((id) => !known.has(id));
      if (others.length > 0) await incidents.withdraw(others, at);
    },
  };
}

/**
 * Stores all rows at once, or, where one of them is such that the store will never take it, all but that one. Throws
 * what passes with time (a full disk), so that the rows are tried again.
 */
async function putAll<Row>(
  rows: readonly Row[],
  put: (rows: readonly Row[]) => Promise<void>,
  leftOut: (row: Row) => void,
): Promise<void> {
  if (rows.length === 0) return;
  try {
    await put(rows);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) return leftOut(only);
    const half = Math.ceil(rows.length / 2);
    await putAll(rows.slice(0, half), put, leftOut);
    await putAll(rows.slice(half), put, leftOut);
  }
}
