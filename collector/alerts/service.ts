import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import type { Logger } from "pino";
import type { EpochMs } from "../analysis/types.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { AlertRow, NewAlert } from "../store/admin-tables.ts";
import type { Store } from "../store/store.ts";
import { retryDelayMs } from "./backoff.ts";
import type { SendAlert } from "./channels.ts";
import { messageOf, readMessage, type Words } from "./message.ts";
import type { Outcome } from "./outcome.ts";
import { ALERT_SETTINGS, type AlertSettings, planAlerts } from "./plan.ts";
import { storiesSince } from "./stories.ts";
import { type Channel, type StoredSubscription, subscriptions } from "./subscription.ts";

export type AlertParts = {
  readonly store: Store;
  readonly send: SendAlert;
  readonly words: Words;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, "alertTry" | "alertsDropped" | "timed">;
  readonly now?: () => EpochMs;
  readonly random?: () => number;
  readonly settings?: AlertSettings;
  readonly everyMs?: number;
};

/** Tells subscribers of incidents, by an outbox in the store. */
export type Alerts = {
  /** Plans and delivers what is due now. */
  run: () => Promise<void>;
  /** Ends the clock and waits for what runs; what was not acknowledged is sent again after the next start. */
  close: () => Promise<void>;
};

const EVERY_MS = 5000;
/** Alerts that may wait; more are dropped and counted: a receiver that is down must not fill the disk. */
const WAITING_MAX = 5000;
const TRIES_MAX = 30;
const GIVE_UP_MS = 24 * 3_600_000;
const AT_ONCE = 8;
/** How long finished alerts are kept: no story is told again after that, because it is not fresh any more. */
const KEPT_MS = 90 * 86_400_000;

/**
 * Starts telling, and goes on by the clock. Each receiver is served by itself, one alert after another, so that one that
 * hangs keeps none of the others waiting.
 */
export function startAlerts(parts: AlertParts): Alerts {
  const { log, metrics, everyMs = EVERY_MS } = parts;
  const lines = deliveryLines(parts);
  let planning: Promise<void> = Promise.resolve();
  const plan = () => {
    planning = planning.catch(() => undefined).then(() => (lines.isClosed() ? undefined : queueAlerts(parts)));
    return planning;
  };
  const failed = (error: unknown) => log.warn({ err: error }, "alerts could not be told yet");
  const timer = setInterval(() => {
    metrics
      .timed("alerts", plan)
      .then(() => lines.start())
      .catch(failed);
  }, everyMs);
  return {
    run: async () => {
      await plan();
      await lines.start();
    },
    close: async () => {
      clearInterval(timer);
      await planning.catch(failed);
      await lines.close();
    },
  };
}

/** One line of delivery a subscription. */
function deliveryLines(parts: AlertParts) {
  const { store, log, now = Date.now } = parts;
  const limit = pLimit(AT_ONCE);
  const lines = new Map<string, Promise<void>>();
  let closed = false;
  const serve = async (first: AlertRow) => {
    let next: AlertRow | undefined = first;
    while (next !== undefined && !closed) {
      const subscribers = await subscriptions(store.admin.subscriptions);
      const channel = subscribers.find(({ id }) => id === next?.subscription)?.subscription.channel;
      if (channel === undefined) return;
      await deliver(parts, next, channel, () => closed);
      const due = await store.admin.alerts.due(now());
      next = due.find(({ subscription }) => subscription === first.subscription);
    }
  };
  return {
    isClosed: () => closed,
    /** Begins what is due; resolves when it is done, which may take as long as the slowest receiver. */
    start: async () => {
      for (const alert of closed ? [] : await store.admin.alerts.due(now())) {
        if (lines.has(alert.subscription)) continue;
        const line = limit(serve, alert)
          .catch((error: unknown) => log.warn({ err: error }, "alerts of a subscription could not be sent yet"))
          .finally(() => lines.delete(alert.subscription));
        lines.set(alert.subscription, line);
      }
      await Promise.all(lines.values());
    },
    close: async () => {
      closed = true;
      await Promise.all(lines.values());
    },
  };
}

/** Puts into the outbox what is to be told and is not there yet. */
async function queueAlerts(parts: AlertParts): Promise<void> {
  const { store, log, metrics, now = Date.now } = parts;
  const subscribers = await subscriptions(store.admin.subscriptions);
  if (subscribers.length === 0) return;
  await store.admin.alerts.forget(now() - KEPT_MS);
  const alerts = await newAlerts(parts, subscribers);
  if (alerts.length === 0) return;
  const dropped = await store.admin.alerts.add(alerts, now(), WAITING_MAX);
  metrics.alertsDropped(dropped);
  if (dropped > 0) log.error({ dropped }, "the outbox of alerts is full; some were dropped");
}

async function newAlerts(parts: AlertParts, subscribers: readonly StoredSubscription[]): Promise<NewAlert[]> {
  const { store, words, now = Date.now, settings = ALERT_SETTINGS } = parts;
  const observed = subscribers.some(({ subscription }) => subscription.confidence === "observed");
  const stories = await storiesSince(store, now() - settings.freshMs, observed);
  const keys = stories.flatMap(({ key, aliases, chapters }) => [
    key,
    ...aliases,
    ...chapters.flatMap(({ version }) => (version?.other == null ? [] : [version.other])),
  ]);
  const told = await store.admin.alerts.ofIncidents([...new Set(keys)]);
  const planned = planAlerts(subscribers, { stories, told, now: now() }, settings);
  const byId = new Map(subscribers.map((one) => [one.id, one.subscription]));
  return planned.flatMap((one): NewAlert[] => {
    const subscription = byId.get(one.subscription);
    if (subscription === undefined) return [];
    const place = { subscription: one.subscription, incident: one.incident, phase: one.phase, key: randomUUID() };
    return one.silent
      ? [{ ...place, message: "", state: "sent" }]
      : [{ ...place, message: JSON.stringify(messageOf(one, subscription, words, now())), state: "waiting" }];
  });
}

async function deliver(parts: AlertParts, alert: AlertRow, channel: Channel, isClosed: () => boolean): Promise<void> {
  const { store, send, log, metrics, now = Date.now, random } = parts;
  const { alerts } = store.admin;
  const message = readMessage(alert.message);
  const outcome: Outcome =
    message === null
      ? { ok: false, lasting: true, problem: "its text cannot be read" }
      : await send(channel, { key: alert.key, message });
  const told = { incident: alert.incident, phase: alert.phase, channel: channel.kind };
  if (outcome.ok) {
    await alerts.sent(alert.id, now());
    metrics.alertTry(channel.kind, "sent");
    log.info(told, "alert sent");
    return;
  }
  // What the end of this process broke off is no fault of the receiver.
  if (isClosed()) return;
  const tries = alert.tries + 1;
  const dead = outcome.lasting || tries >= TRIES_MAX || now() - alert.created >= GIVE_UP_MS;
  await alerts.failed(alert.id, outcome.problem, now(), dead ? null : now() + retryDelayMs(alert.tries, random));
  metrics.alertTry(channel.kind, dead ? "dead" : "failed");
  log.warn({ ...told, tries, why: outcome.problem }, dead ? "alert given up" : "alert not sent yet");
}
