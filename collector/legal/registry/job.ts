import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { RegistryLookup } from "../../../protocol/publication.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { Outward } from "../../outward.ts";
import type { Store } from "../../store/store.ts";
import { lookUp } from "./look-up.ts";

export type RegistryParts = {
  readonly store: Pick<Store, "registry">;
  readonly outward: Outward;
  readonly address: string;
  /** Ids of targets. */
  readonly targets: readonly string[];
  /** A name that is known to be listed: while the registry does not find it, it is not asked for others. Null: none. */
  readonly control: string | null;
  readonly log: Logger;
  readonly pace?: Pace;
  readonly now?: () => EpochMs;
  readonly random?: () => number;
};

/** How the registry is asked: one name at a time, and less when it does not answer. */
export type Pace = {
  /** Each name, and the control, is asked for once in this time. */
  readonly everyMs: number;
  /** Between two questions, on average. */
  readonly betweenMs: number;
  /** After a failure, doubled with each further one. */
  readonly backOffMs: number;
  readonly backOffMostMs: number;
  readonly deadlineMs: number;
};

const HOUR_MS = 3_600_000;
const PACE: Pace = {
  everyMs: 24 * HOUR_MS,
  betweenMs: 20_000,
  backOffMs: 60_000,
  backOffMostMs: 6 * HOUR_MS,
  deadlineMs: 30_000,
};

/**
 * Asks a public registry of prohibited resources for every target once a day, one at a time, from this collector (never
 * from a probe), and keeps what it answers. `close` ends it and waits for what runs.
 */
export function startRegistry(parts: RegistryParts): { close: () => Promise<void> } {
  const stop = new AbortController();
  const running = run(parts, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) parts.log.error({ err: error }, "the registry is not asked any more");
  });
  return {
    close: async () => {
      stop.abort();
      await running;
    },
  };
}

/** What is known of the registry's willingness. */
type Mood = { failures: number; controlAt: EpochMs | null; tried: Map<string, EpochMs> };

async function run(parts: RegistryParts, signal: AbortSignal): Promise<void> {
  const { pace = PACE, now = Date.now, random = Math.random } = parts;
  const mood: Mood = { failures: 0, controlAt: null, tried: new Map() };
  for (;;) {
    await delay(waitMs(mood, pace, random), undefined, { signal });
    try {
      const asked = await askNext(parts, mood, { pace, at: now(), random });
      if (asked !== null) mood.failures = asked === "lookup_failed" ? mood.failures + 1 : 0;
    } catch (error) {
      // The disk may be full, or the store busy: it passes.
      mood.failures += 1;
      parts.log.warn({ err: error }, "an answer of the registry could not be kept");
    }
  }
}

function waitMs({ failures }: Mood, { betweenMs, backOffMs, backOffMostMs }: Pace, random: () => number): number {
  const base = failures === 0 ? betweenMs : Math.min(backOffMostMs, backOffMs * 2 ** Math.min(failures - 1, 20));
  return base * (0.5 + random());
}

type Moment = { pace: Pace; at: EpochMs; random: () => number };

/** Asks what is due, the control first; the status of the answer, null when nothing is due. */
async function askNext(parts: RegistryParts, mood: Mood, moment: Moment): Promise<RegistryLookup["status"] | null> {
  const { control, store, log } = parts;
  const { pace, at, random } = moment;
  if (control !== null && (mood.controlAt === null || at - mood.controlAt >= pace.everyMs)) {
    const { status, failure } = await keep(parts, control, moment, heldToBeListed);
    if (status === "lookup_failed")
      log.warn({ control, failure }, "the registry does not find a name known to be listed");
    else mood.controlAt = at;
    return status;
  }
  const last = new Map((await store.registry.newest()).map((lookup) => [lookup.target, lookup]));
  const due = parts.targets.filter((target) => at - answeredAt(last.get(target)) >= pace.everyMs);
  const [target] = due
    .map((one) => ({ one, tried: mood.tried.get(one) ?? 0, chance: random() }))
    .sort((a, b) => a.tried - b.tried || a.chance - b.chance)
    .map(({ one }) => one);
  if (target === undefined) return null;
  mood.tried.set(target, at);
  return (await keep(parts, target, moment)).status;
}

/** When a target was last asked for with success; a failure leaves it due. */
function answeredAt(lookup: RegistryLookup | undefined): EpochMs {
  const answered = lookup !== undefined && lookup.status !== "lookup_failed";
  return answered ? Date.parse(lookup.asked) : Number.NEGATIVE_INFINITY;
}

async function keep(
  { store, outward, address, log }: RegistryParts,
  target: string,
  { at, pace }: Moment,
  judge: (lookup: RegistryLookup) => RegistryLookup = (lookup) => lookup,
): Promise<RegistryLookup> {
  const { lookup, bytes } = await lookUp(outward, { address, target, at, deadlineMs: pace.deadlineMs });
  const judged = judge(lookup);
  await store.registry.add(judged, bytes);
  log.debug({ target, status: judged.status, failure: judged.failure }, "the registry was asked");
  return judged;
}

/** A registry that does not find what it lists answers nothing of use. */
function heldToBeListed(lookup: RegistryLookup): RegistryLookup {
  return lookup.status === "not_listed"
    ? { ...lookup, status: "lookup_failed", failure: "http_request_failed" }
    : lookup;
}
