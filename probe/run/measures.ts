import type { Io } from "../../protocol/command-line.ts";
import { loadBlockPages } from "../../targets/load.ts";
import { mediumOf } from "../link/interfaces.ts";
import { defaultRoute } from "../link/route.ts";
import { followUpBudget } from "../measure/follow-up-budget.ts";
import { readHostFacts } from "../measure/host-facts.ts";
import { measureIm } from "../measure/im.ts";
import { measureSpeed } from "../measure/speed.ts";
import { measureWeb, systemResolvers } from "../measure/web.ts";
import { isKnownBlockPage } from "../schedule/block-page.ts";
import type { MeasureMessenger } from "../schedule/messengers.ts";
import type { Measure } from "../schedule/round.ts";
import type { MeasurePair } from "../schedule/speeds.ts";
import { isLaboratory, type RunSettings } from "./settings.ts";

/** The steps that measure, as this process was told to. */
export type Measures = { web: Measure; messenger: MeasureMessenger; pair: MeasurePair };

/** Makes the steps. `mayFollowUp` is asked once for each measurement that met an anomaly, with the target's id. */
export function createMeasures(
  settings: RunSettings,
  env: Io["env"],
  mayFollowUp: (target: string) => boolean,
): Measures {
  const blockPages = loadBlockPages(settings.targetsDir);
  const { publicResolvers, doh, ca, allowPrivate, controlSni } = settings;
  const facts = fresh(() => readHostFacts(env));
  const common = () => ({
    systemResolvers: systemResolvers(),
    publicResolvers,
    doh,
    ca,
    allowPrivate,
    host: facts(),
    isBlockPage: (page: Parameters<typeof isKnownBlockPage>[0]) => isKnownBlockPage(page, blockPages),
  });
  return {
    web: (target, round, signal) => {
      const { id, url, addresses = [] } = target;
      const followups = () => mayFollowUp(id);
      return measureWeb({ ...common(), target: id, url, round, addresses, controlSni, followups }, signal);
    },
    messenger: (messenger, round, signal) => measureIm({ ...common(), messenger, round }, signal),
    pair: ({ target, pair, metered, direction }, signal) =>
      measureSpeed({ target, ...pair, metered, direction, ca }, signal),
  };
}

/** Sites measured within this time are measured on the same host: its files are not read again for each. */
const FACTS_MS = 5_000;

function fresh<T>(read: () => T): () => T {
  let known: { value: T; untilMs: number } | null = null;
  return () => {
    const nowMs = performance.now();
    if (known === null || known.untilMs < nowMs) known = { value: read(), untilMs: nowMs + FACTS_MS };
    return known.value;
  };
}

/** An hour, or in laboratories four rounds, which is an hour in the usual cadence. */
const FOLLOW_UPS_EVERY = { ms: 3_600_000, labRounds: 4 };

/** Whether a target may have a set of follow-ups now; notes that it has. */
export function takeFollowUps(
  books: { followUps: Parameters<typeof followUpBudget>[0] },
  target: string,
  nowMs: number,
  roundS: number,
): boolean {
  const everyMs = isLaboratory(roundS) ? roundS * 1000 * FOLLOW_UPS_EVERY.labRounds : FOLLOW_UPS_EVERY.ms;
  const { allowed, made } = followUpBudget(books.followUps, target, nowMs, everyMs);
  books.followUps = made;
  return allowed;
}

/** Whether the way out is a mobile modem, whose bytes may cost money. */
export function isOnModem(): boolean {
  const route = defaultRoute();
  return route ? mediumOf(route.interface) === "wwan" : false;
}
