import type { Logger } from "pino";
import type { Io } from "../../protocol/command-line.ts";
import type { Target } from "../../protocol/target.ts";
import { loadBlockPages } from "../../targets/load.ts";
import type { ProbeClock } from "../clock.ts";
import type { Identity } from "../identity/identity.ts";
import type { Journal } from "../journal/journal.ts";
import { createAuthenticity } from "../link/authentic.ts";
import { createNames } from "../link/names.ts";
import { type Sensed, sense } from "../link/sense.ts";
import { bogonTest } from "../measure/bogon.ts";
import { readHostFacts } from "../measure/host-facts.ts";
import { measureWeb, systemResolvers } from "../measure/web.ts";
import type { Membership } from "../membership/membership.ts";
import { isKnownBlockPage } from "../schedule/block-page.ts";
import { type Budget, createBudget } from "../schedule/budget.ts";
import { agreedTargets, shuffled } from "../schedule/plan.ts";
import { type Measure, type RoundResult, runRound } from "../schedule/round.ts";
import type { CurrentConfig } from "./current-config.ts";
import type { RunSettings } from "./settings.ts";

/** Everything a running probe shares between its jobs. */
export type Parts = {
  settings: RunSettings;
  membership: Membership;
  identity: Identity;
  journal: Journal;
  clock: ProbeClock;
  config: CurrentConfig;
  budget: Budget;
  measure: Measure;
  look: (withPorts: boolean, signal: AbortSignal) => Promise<Sensed>;
  log: Logger;
};

const CONCURRENCY = 4;
/** A round lasts at most its cadence, but long enough for a few silent sites where the cadence is fast. */
const ROUND_LEAST_MS = 180_000;
/** While the line is down, a few sites are enough to say so. */
const OFFLINE_SAMPLE = 8;

/** Makes the step that measures one target, from what this process was told. */
export function createMeasure(settings: RunSettings, env: Io["env"]): Measure {
  const blockPages = loadBlockPages();
  return (target, round, signal) =>
    measureWeb(
      {
        target: target.id,
        url: target.url,
        round,
        systemResolvers: systemResolvers(),
        publicResolvers: settings.publicResolvers,
        doh: settings.doh,
        addresses: target.addresses ?? [],
        controlSni: settings.controlSni,
        followups: true,
        ca: settings.ca,
        allowPrivate: settings.allowPrivate,
        host: readHostFacts(env),
        isBlockPage: (page) => isKnownBlockPage(page, blockPages),
      },
      signal,
    );
}

/** Makes the look at the line; names learned are remembered between looks. */
export function createLook(settings: RunSettings, config: CurrentConfig): Parts["look"] {
  const isBogon = bogonTest(settings.allowPrivate);
  const names = createNames({ servers: () => systemResolvers(), isBogon });
  const authenticity = createAuthenticity(settings.ca);
  return (withPorts, signal) => {
    const { list, linkS } = config.get();
    const timeoutMs = Math.min(3000, Math.max(1500, linkS * 500));
    const { anchors } = list;
    return sense({ anchors, names, authenticity, timeoutMs, withPorts, random: Math.random }, signal);
  };
}

/** Makes the day's allowance of bytes. */
export function createDailyBudget(settings: RunSettings, clock: ProbeClock): Budget {
  return createBudget(settings.budgetBytes, clock.monoMs);
}

/** Runs one round of the agreed targets (or of those named), and notes it for `status`. */
export async function oneRound(
  parts: Parts,
  ids: readonly string[] | null,
  { offline, jitter }: { offline: boolean; jitter: boolean },
  signal: AbortSignal,
): Promise<RoundResult> {
  const { config, clock, journal } = parts;
  const { list, roundS } = config.get();
  const agreed = agreedTargets(list.targets, parts.membership.agreed).filter(({ kind }) => kind === "web");
  const wanted = ids === null ? agreed : agreed.filter(({ id }) => ids.includes(id));
  const targets: Target[] = offline ? shuffled(wanted, Math.random).slice(0, OFFLINE_SAMPLE) : wanted;
  const startedAt = new Date(clock.wallMs()).toISOString();
  const spreadMs = (roundS * 500 * CONCURRENCY) / Math.max(1, targets.length);
  const result = await runRound(
    {
      targets,
      measure: parts.measure,
      journal,
      budget: parts.budget,
      log: parts.log,
      concurrency: CONCURRENCY,
      deadlineMs: Math.max(ROUND_LEAST_MS, roundS * 900),
      jitterMs: jitter ? Math.min(2000, spreadMs) : 0,
    },
    signal,
  );
  journal.setNote(
    "lastRound",
    JSON.stringify({ at: startedAt, measured: result.measured, anomalies: result.anomalies }),
  );
  return result;
}
