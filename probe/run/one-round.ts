import { setMaxListeners } from "node:events";
import { within } from "../../protocol/deadline.ts";
import type { Target } from "../../protocol/target.ts";
import { utc } from "../clock.ts";
import { tellsOfExtras } from "../consent/text.ts";
import { isOnModem } from "../link/modem.ts";
import { bogonTest } from "../measure/bogon.ts";
import { loadMembership } from "../membership/membership.ts";
import { agreedMessengers, runMessengers } from "../schedule/messengers.ts";
import { type Agreed, agreedTargets, shuffled } from "../schedule/plan.ts";
import { msUntilQuiet } from "../schedule/quiet-hours.ts";
import { type RoundResult, runRound } from "../schedule/round.ts";
import { seenAfter } from "../schedule/seen.ts";
import { runSpeeds } from "../schedule/speeds.ts";
import { uploadPair } from "../schedule/uploads.ts";
import type { Parts } from "./parts.ts";
import { isLaboratory } from "./settings.ts";

/**
 * Enough for a round of sixty sites with a dozen dead to end within a minute (docs/benchmarks.md); few enough for a
 * slow line: what is asked of it at once is less than before pages were cut at 32 KiB.
 */
const CONCURRENCY = 6;
/** A round lasts at most its cadence, but long enough for a few silent sites where the cadence is fast. */
const ROUND_LEAST_MS = 180_000;
/** While the line is down, a few sites are enough to say so. */
const OFFLINE_SAMPLE = 8;
/** Speed may use this part of the day's bytes, two pairs a round: each takes the line for a quarter of a minute. */
const SPEED = { share: 1 / 6, pairsPerRound: 2 };

/**
 * `ids` names the targets of an extra round; null means all that are agreed to. `jitter` marks rounds that nobody waits
 * for: they keep to the quiet hours.
 */
export type RoundManner = { ids: readonly string[] | null; offline: boolean; jitter: boolean };

/**
 * Runs one round: the sites, a few at a time, then what wants the line to itself, messengers and speed. Its result is
 * noted for `status` as soon as the sites are done. Extra rounds, and rounds while the line is down, are of sites only.
 */
export async function oneRound(parts: Parts, manner: RoundManner, signal: AbortSignal): Promise<RoundResult> {
  const { config, clock, journal, ledger } = parts;
  const { list, roundS } = config.get();
  const at = utc(clock.wallMs());
  const quietInMs = manner.jitter ? msUntilQuiet(parts.settings.quiet, trueMs(clock)) : Number.POSITIVE_INFINITY;
  if (quietInMs === 0) return { round: "", planned: 0, measured: 0, anomalies: 0 };
  const deadlineMs = Math.min(Math.max(ROUND_LEAST_MS, roundS * 900), quietInMs);
  const inTime = within(deadlineMs, signal);
  setMaxListeners(0, inTime);
  const agreed = agreedTargets(list.targets, agreedNow(parts)).filter(({ kind }) => kind === "web");
  const result = await measureSites(parts, agreed, { ...manner, deadlineMs }, signal);
  const { measured, anomalies } = result;
  parts.log.debug(result, "round");
  journal.setNote("lastRound", JSON.stringify({ at, measured, anomalies }));
  ledger.keep();
  journal.flush();
  if (manner.ids === null && !manner.offline) await measureExtras(parts, agreed, result.round, inTime);
  return result;
}

/** What is agreed to as it stands in the folder: `kuager probe sites` may have changed it since the start. */
function agreedNow({ settings, membership }: Pick<Parts, "settings" | "membership">): Agreed {
  try {
    return loadMembership(settings.folder)?.agreed ?? membership.agreed;
  } catch {
    return membership.agreed;
  }
}

function trueMs({ wallMs, offset }: Parts["clock"]): number {
  return wallMs() + offset().offsetMs;
}

async function measureSites(
  parts: Parts,
  agreed: readonly Target[],
  { ids, offline, jitter, deadlineMs }: RoundManner & { deadlineMs: number },
  signal: AbortSignal,
): Promise<RoundResult> {
  const { settings, seen, measures, journal, ledger, log } = parts;
  const { roundS } = parts.config.get();
  const wanted = ids === null ? agreed : agreed.filter(({ id }) => ids.includes(id));
  const targets = offline ? shuffled(wanted, Math.random).slice(0, OFFLINE_SAMPLE) : wanted;
  const spreadMs = (roundS * 500 * CONCURRENCY) / Math.max(1, targets.length);
  const isBogon = bogonTest(settings.allowPrivate);
  return runRound(
    {
      targets,
      measure: measures.web,
      journal,
      budget: ledger.budget,
      onMeasured: ({ id, addresses = [] }, body) => {
        const listed = addresses.filter((ip) => !isBogon(ip));
        seen.set(id, seenAfter(body, seen.get(id), listed));
        ledger.keep();
      },
      log,
      concurrency: CONCURRENCY,
      deadlineMs,
      jitterMs: jitter ? Math.min(2000, spreadMs) : 0,
    },
    signal,
  );
}

/** Messengers and speed, where they were told of and are wanted. */
async function measureExtras(parts: Parts, sites: readonly Target[], round: string, signal: AbortSignal) {
  const { settings, membership, measures, seen, ledger, journal, clock, log } = parts;
  if (!tellsOfExtras(membership.consent.version)) return;
  const { list, roundS } = parts.config.get();
  const { books, budget } = ledger;
  const common = { books, budget, onBooked: ledger.keep, journal, monoMs: clock.monoMs, log };
  if (settings.im ?? !isLaboratory(roundS)) {
    const messengers = agreedMessengers(parts.messengers, list.targets, agreedNow(parts));
    await runMessengers({ ...common, messengers, round, measure: measures.messenger }, signal);
  }
  if (settings.speed ?? !isLaboratory(roundS)) {
    for (const id of seen.keys()) if (!sites.some((site) => site.id === id)) seen.delete(id);
    const bytesPerDay = settings.budgetBytes * SPEED.share;
    const metered = settings.metered || isOnModem();
    const rules = { bytesPerDay, metered, pairsPerRound: SPEED.pairsPerRound };
    const [collector = ""] = membership.collectors;
    // Who reaches the collector by a proxy has a reason not to be seen beside it.
    const takesUploads = parts.config.get().takesUploads === true && parts.way.agent === undefined;
    const upload = (target: string) => uploadPair(target, { collector, takesUploads });
    await runSpeeds({ ...common, targets: sites, seen, measure: measures.pair, upload, rules }, signal);
  }
}
