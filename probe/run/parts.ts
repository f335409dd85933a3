import type { Logger } from "pino";
import type { Messenger } from "../../targets/messengers.ts";
import type { ProbeClock } from "../clock.ts";
import type { Identity } from "../identity/identity.ts";
import type { Journal } from "../journal/journal.ts";
import { createLook as createLineLook, type Look, type LookOptions } from "../link/look.ts";
import { bogonTest } from "../measure/bogon.ts";
import { systemResolvers } from "../measure/system-resolvers.ts";
import type { Measures } from "../measurer/measures.ts";
import type { Membership } from "../membership/membership.ts";
import { type Books, keepBooks, openBooks } from "../schedule/books.ts";
import { type Budget, createBudget } from "../schedule/budget.ts";
import type { Seen } from "../schedule/seen.ts";
import type { Heritage } from "../uplink/heritage.ts";
import type { Way } from "../uplink/way.ts";
import type { CurrentConfig } from "./current-config.ts";
import type { RunSettings } from "./settings.ts";

/** Everything a running probe shares between its jobs. */
export type Parts = {
  settings: RunSettings;
  membership: Membership;
  identity: Identity;
  heritage: Heritage;
  journal: Journal;
  clock: ProbeClock;
  config: CurrentConfig;
  ledger: Ledger;
  measures: Measures;
  messengers: readonly Messenger[];
  /** What this process saw of each target, by id. */
  seen: Map<string, Seen>;
  /** How the collectors are reached. */
  way: Way;
  look: (more: Pick<LookOptions, "clock" | "routes" | "isDirect">) => Look;
  log: Logger;
};

/** What the schedule remembers, and the day's allowance of bytes: both outlive the process. */
export type Ledger = { books: Books; budget: Budget; keep: () => void };

/** Opens what an earlier process kept in the journal. `keep` writes it with the journal's next commit. */
export function openLedger(settings: RunSettings, journal: Journal, clock: ProbeClock): Ledger {
  const books = openBooks(journal, clock);
  const budget = createBudget(settings.budgetBytes, clock.monoMs, books.budget, settings.budgetMonthBytes);
  const keep = () => {
    books.budget = budget.state();
    keepBooks(journal, clock, books);
  };
  return { books, budget, keep };
}

/** A word of the collector stands for its reachability until the next heartbeat is overdue. */
const PATIENCE = { beats: 1.05, moreMs: 1000 };

/** How the line is looked at, but for what only a running probe has. */
export function createLook(settings: RunSettings, config: CurrentConfig): Parts["look"] {
  const isBogon = bogonTest(settings.allowPrivate);
  return (more) =>
    createLineLook({
      ...more,
      ca: settings.ca,
      isBogon,
      servers: () => systemResolvers(),
      anchors: () => config.get().list.anchors,
      timeoutMs: () => Math.min(3000, Math.max(1500, config.get().linkS * 500)),
      patienceMs: () => config.get().heartbeatS * 1000 * PATIENCE.beats + PATIENCE.moreMs,
    });
}
