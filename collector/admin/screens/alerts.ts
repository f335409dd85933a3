import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { plainProblem, problemTexts } from "../../../protocol/plain-problem.ts";
import { testMessage } from "../../alerts/message.ts";
import { addSubscription, channelOf, Subscription, shownChannel, subscriptions } from "../../alerts/subscription.ts";
import type { Config } from "../../config.ts";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import type { AlertRowView, AlertsView, SubscriptionRow } from "../types.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

const FIELDS = [
  "channel",
  "address",
  "label",
  "language",
  "confidence",
  "regions",
  "asns",
  "targets",
  "kinds",
] as const;
const RECENT = 100;

/** Who is told of incidents, and what became of what was sent. */
export function addAlerts(app: FastifyInstance, desk: Desk): void {
  const role = "operator";
  addScreen(app, desk, { path: "/alerts", role, get: (visit) => list(desk, visit), post: (visit) => add(desk, visit) });
  addScreen(app, desk, { path: "/alerts/remove", role, post: (visit) => remove(desk, visit) });
  addScreen(app, desk, { path: "/alerts/test", role, post: (visit) => tryOut(desk, visit) });
  addScreen(app, desk, { path: "/alerts/again", role, post: (visit) => again(desk, visit) });
}

type More = { wish?: Record<string, string>; secret?: string | null; problem?: string | null };

async function list(desk: Desk, { frame }: Visit, { wish = {}, secret = null, problem = null }: More = {}) {
  const { admin } = desk.reader.store;
  const [all, recent] = await Promise.all([subscriptions(admin.subscriptions), admin.alerts.recent(RECENT)]);
  const view: AlertsView = {
    subscriptions: all.map(
      ({ id, created, subscription: { channel, ...rest } }): SubscriptionRow => ({
        ...{ id, created: utc(created), kind: channel.kind, to: shownChannel(channel) },
        ...rest,
      }),
    ),
    recent: recent.map(
      ({ id, subscription, incident, phase, state, created, tries, problem: why }): AlertRowView => ({
        ...{ id, subscription, incident, phase, state, created: utc(created), tries, problem: why },
      }),
    ),
    ready: readyChannels(desk.config),
    ...{ wish, secret },
  };
  return { page: desk.pages.alerts(view, { ...frame, problem }), ...(problem !== null && { status: 400 }) };
}

/** Kinds of channel for which this collector is set up. */
function readyChannels({ smtpUrl, mailFrom, telegramToken, matrixUrl, matrixToken }: Config): string[] {
  return [
    "webhook",
    ...(smtpUrl !== null && mailFrom !== null ? ["email"] : []),
    ...(telegramToken === null ? [] : ["telegram"]),
    ...(matrixUrl !== null && matrixToken !== null ? ["matrix"] : []),
    "ntfy",
  ];
}

async function add(desk: Desk, visit: Visit) {
  const { form, session } = visit;
  const wish = Object.fromEntries(FIELDS.map((name) => [name, form.one(name)]));
  const list_ = (name: string) =>
    form
      .one(name)
      .split(/[\s,]+/)
      .filter((part) => part !== "");
  const wanted = {
    channel: channelOf(form.one("channel"), form.one("address")),
    ...{ label: form.one("label"), language: form.one("language"), confidence: form.one("confidence") },
    ...{ regions: list_("regions"), targets: list_("targets"), kinds: list_("kinds") },
    asns: list_("asns").map((text) => Number(text.replace(/^as/i, ""))),
  };
  const parsed = Subscription.safeParse(wanted, { error: plainProblem });
  if (!parsed.success) {
    const problem = problemTexts(parsed.error).join("; ");
    return list(desk, visit, { wish, problem });
  }
  const { reader, audit } = desk;
  const id = await addSubscription(reader.store.admin.subscriptions, parsed.data, reader.now());
  const { channel } = parsed.data;
  await audit.record({ by: session.account.name, act: "alert added", subject: id, detail: channel.kind });
  return channel.kind === "webhook"
    ? list(desk, visit, { secret: channel.secret })
    : { to: "/alerts", done: "saved" as const };
}

async function remove(desk: Desk, visit: Visit) {
  const found = await subscriptionOf(desk, visit);
  if (found === null) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const subject = `${found.subscription.label} ${shownChannel(found.subscription.channel)}`.trim();
  const question = asked(desk, visit, "removeAlert", { subject, back: "/alerts" });
  if (question !== null) return question;
  await desk.reader.store.admin.subscriptions.remove(found.id);
  await desk.audit.record({ by: visit.session.account.name, act: "alert removed", subject: found.id });
  return { to: "/alerts", done: "removed" as const };
}

async function tryOut(desk: Desk, visit: Visit) {
  const found = await subscriptionOf(desk, visit);
  if (found === null) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const message = testMessage(found.subscription, desk.words, desk.reader.now());
  const outcome = await desk.sendAlert(found.subscription.channel, { key: randomUUID(), message });
  await desk.audit.record({ by: visit.session.account.name, act: "alert tried", subject: found.id });
  return outcome.ok ? { to: "/alerts", done: "tried" as const } : list(desk, visit, { problem: outcome.problem });
}

async function again(desk: Desk, visit: Visit) {
  const id = visit.form.one("alert");
  const { store, now } = desk.reader;
  const revived = /^\d{1,15}$/.test(id) && (await store.admin.alerts.revive(Number(id), now()));
  return revived
    ? { to: "/alerts", done: "revived" as const }
    : { page: desk.pages.refused("missing", visit.frame), status: 404 };
}

async function subscriptionOf({ reader }: Desk, { form }: Visit) {
  const all = await subscriptions(reader.store.admin.subscriptions);
  return all.find(({ id }) => id === form.one("subscription")) ?? null;
}
