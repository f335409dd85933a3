import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { retryDelayMs } from "../../../collector/alerts/backoff.ts";
import { createChannels } from "../../../collector/alerts/channels.ts";
import { type Alerts, startAlerts } from "../../../collector/alerts/service.ts";
import { addSubscription, newWebhookSecret, Subscription } from "../../../collector/alerts/subscription.ts";
import { createAddresses } from "../../../collector/feeds/addresses.ts";
import { createMetrics } from "../../../collector/metrics/metrics.ts";
import { createOutward, type Outward } from "../../../collector/outward.ts";
import { review } from "../../../collector/publication/review.ts";
import { notice, testNotice } from "../../../dashboards/words/notice.ts";
import { NAMES } from "../../dashboards/view-names.ts";
import { type HardServer, startHardServer } from "../hard-server.ts";
import { at, block, type Desk, HOUR, MINUTE, openDesk, T0 } from "../publication/scene.ts";

const NO_PROXY = { proxy: null, smtpUrl: null, mailFrom: null, telegramUrl: "http://127.0.0.1:9", telegramToken: null };
const NOT_SET_UP = { ...NO_PROXY, matrixUrl: null, matrixToken: null, ntfyToken: null };

let desk: Desk;
let receiver: HardServer;
let outward: Outward;
let alerts: Alerts;
let now = 0;
let logs: string[] = [];
const metrics = createMetrics();

beforeEach(async () => {
  [desk, receiver, outward] = [await openDesk(), await startHardServer(), await createOutward(null)];
  logs = [];
  now = T0;
  alerts = begin();
});
afterEach(async () => {
  await outward.close();
  await alerts.close();
  await receiver.close();
  await desk.close();
});

function begin(): Alerts {
  const log = pino({ base: null, level: "trace" }, { write: (line: string) => void logs.push(line) });
  return startAlerts({
    ...{ store: desk.store, metrics, log, now: () => now, random: () => 1, everyMs: 3_600_000 },
    send: createChannels(NOT_SET_UP, outward, { now: () => now, deadlineMs: 5000 }),
    words: {
      ...{ notice, testNotice, names: NAMES, enoughProbes: () => 3 },
      addresses: createAddresses("https://kuager.example.org", "log"),
    },
  });
}

async function subscribe(more: Partial<Subscription> & { path?: string } = {}): Promise<string> {
  const { path = "/hook", ...wish } = more;
  const subscription = Subscription.parse({
    ...{ label: "", language: "en", confidence: "probable", regions: [], asns: [], targets: [], kinds: [] },
    channel: { kind: "webhook", url: `${receiver.url}${path}`, secret: newWebhookSecret() },
    ...wish,
  });
  return addSubscription(desk.store.admin.subscriptions, subscription, now - HOUR);
}

type Body = { type: string; title: string; url: string; version: { number: string } | null; incident: { id: string } };
const told = () =>
  receiver.heard.map(({ body }) => JSON.parse(body) as Body).map(({ type, title }) => `${type.slice(9)} ${title}`);
async function pass(afterMs: number): Promise<void> {
  now = T0 + afterMs;
  await desk.settle(afterMs);
  await alerts.run();
}
const open = block("one", 0, { detectedAt: at(0) });
const over = { ...open, end: { earliest: at(HOUR), latest: at(HOUR + MINUTE) } };

describe("a subscriber", () => {
  test("is told the start once and the end once, with how sure it is in the title and the page's address", async () => {
    await subscribe();
    await desk.holds([open], 0);
    await pass(0);
    expect(told()).toEqual([]);
    for (const minutes of [3, 4, 30]) await pass(minutes * MINUTE);
    await desk.holds([{ ...open, confidence: "confirmed" }], 40 * MINUTE);
    await pass(HOUR);
    expect(told()).toEqual(["started Probable: orda.kz: signs of blocking"]);
    await desk.holds([{ ...over, confidence: "confirmed" }], 2 * HOUR);
    for (const minutes of [130, 140, 200]) await pass(minutes * MINUTE);
    expect(told().slice(1)).toEqual(["ended Ended (Confirmed): orda.kz: signs of blocking"]);
    const [start] = receiver.heard.map(({ body }) => JSON.parse(body) as Body);
    expect(start).toMatchObject({
      url: "https://kuager.example.org/en/i/KZ-2026-0001/v1",
      version: { number: "KZ-2026-0001" },
    });
  });

  test("is told once of what flaps, and never of what is withdrawn at once", async () => {
    await subscribe();
    await desk.holds([open], 0);
    await pass(0);
    await desk.holds([], MINUTE);
    await pass(3 * MINUTE);
    await pass(HOUR);
    expect(told()).toEqual([]);
    await desk.holds([open], 2 * HOUR);
    await pass(2 * HOUR);
    await desk.holds([{ ...over, end: { earliest: at(2 * HOUR), latest: at(2 * HOUR) } }], 2 * HOUR + MINUTE);
    await desk.holds([open], 2 * HOUR + 2 * MINUTE);
    for (const minutes of [125, 130, 150, 180]) await pass(minutes * MINUTE);
    expect(told()).toHaveLength(1);
  });

  test("is told that an incident was withdrawn, when its start was told", async () => {
    await subscribe();
    await desk.holds([open], 0);
    await pass(3 * MINUTE);
    await pass(6 * MINUTE);
    const by = { reviewer: { role: "reviewer", name: "r" }, at: T0 + HOUR, rulesVersion: "test/1" };
    await review(desk.store, { act: "tombstone", subject: "KZ-2026-0001", note: { en: "wrong" } }, by);
    await pass(2 * HOUR);
    expect(told()).toEqual([
      "started Probable: orda.kz: signs of blocking",
      "ended Withdrawn: orda.kz: signs of blocking",
    ]);
  });

  test("of what is only observed is told under its id, and not again when it gets a number", async () => {
    await subscribe({ confidence: "observed" });
    await desk.holds([{ ...open, confidence: "observed" }], 0);
    await pass(3 * MINUTE);
    await desk.holds([open], 10 * MINUTE);
    for (const minutes of [11, 20, 60]) await pass(minutes * MINUTE);
    expect(told()).toEqual(["started Observed: orda.kz: signs of blocking"]);
    await desk.holds([over], 2 * HOUR);
    for (const minutes of [121, 140, 180]) await pass(minutes * MINUTE);
    expect(told().slice(1)).toEqual(["ended Ended (Probable): orda.kz: signs of blocking"]);
  });

  test("of what is only observed is told when the analysis takes it back", async () => {
    await subscribe({ confidence: "observed" });
    await desk.holds([{ ...open, confidence: "observed" }], 0);
    await pass(3 * MINUTE);
    await desk.holds([], 10 * MINUTE);
    await pass(20 * MINUTE);
    expect(receiver.heard.map(({ body }) => (JSON.parse(body) as Body).type)).toEqual([
      "incident.started",
      "incident.ended",
    ]);
  });

  test("is not told of what a reviewer holds back", async () => {
    await subscribe({ confidence: "observed" });
    await desk.holds([{ ...open, confidence: "observed" }], 0);
    const by = { reviewer: { role: "reviewer", name: "r" }, at: T0, rulesVersion: "test/1" };
    await review(desk.store, { act: "hold back", subject: "one" }, by);
    await pass(HOUR);
    expect(told()).toEqual([]);
  });

  test("hears nothing of an archive that is imported, however much is in it", async () => {
    await subscribe({ confidence: "observed" });
    const old = Array.from({ length: 50 }, (_, index) =>
      block(`old-${index}`, index * MINUTE, { targets: [`site-${index}.kz`], detectedAt: at(index * MINUTE) }),
    );
    await desk.holds(old, 5 * HOUR);
    for (const hours of [5, 6, 30]) await pass(hours * HOUR);
    expect(told()).toEqual([]);
  });
});

describe("a receiver that is down", () => {
  test("gets what waits when it is back, in order, each once, under the same key at every try", async () => {
    await subscribe();
    await desk.holds([open], 0);
    await pass(0);
    receiver.act = 500;
    await pass(3 * MINUTE);
    await pass(4 * MINUTE);
    await desk.holds([over], 2 * HOUR);
    for (const minutes of [130, 140]) await pass(minutes * MINUTE);
    receiver.act = 200;
    for (const hours of [4, 6, 8]) await pass(hours * HOUR);
    const keys = receiver.heard.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(keys).size).toBe(2);
    expect(
      told()
        .slice(-2)
        .map((title) => title.split(" ")[0]),
    ).toEqual(["started", "ended"]);
    expect(await desk.store.admin.alerts.counts()).toEqual({ waiting: 0, sent: 2, dead: 0 });
  });

  test("is given up after a day, and can be tried again by hand", async () => {
    await subscribe();
    await desk.holds([open], 0);
    await pass(0);
    receiver.act = 503;
    for (let minutes = 3; minutes < 27 * 60; minutes += 61) await pass(minutes * MINUTE);
    expect(await desk.store.admin.alerts.counts()).toEqual({ waiting: 0, sent: 0, dead: 1 });
    const [dead] = await desk.store.admin.alerts.recent(1);
    expect(dead).toMatchObject({ state: "dead", problem: "the answer has status 503" });
    receiver.act = 200;
    expect(await desk.store.admin.alerts.revive(dead?.id ?? 0, now)).toBe(true);
    await pass(28 * HOUR);
    expect(await desk.store.admin.alerts.counts()).toMatchObject({ sent: 1, dead: 0 });
  });

  test("that refuses for good is given up at once, and keeps no other waiting", async () => {
    await subscribe({ path: "/first" });
    receiver.act = 404;
    await desk.holds([open], 0);
    await pass(3 * MINUTE);
    await pass(6 * MINUTE);
    expect(await desk.store.admin.alerts.counts()).toMatchObject({ dead: 1 });
  });

  test("that hangs keeps no other subscriber waiting", async () => {
    const slow = await startHardServer();
    slow.act = "hang";
    await subscribe({ channel: { kind: "webhook", url: slow.url, secret: newWebhookSecret() } });
    await subscribe();
    await desk.holds([open], 0);
    await pass(3 * MINUTE);
    await pass(6 * MINUTE);
    expect(told()).toHaveLength(1);
    expect(await desk.store.admin.alerts.counts()).toEqual({ waiting: 1, sent: 1, dead: 0 });
    await slow.close();
  });

  test("leaves no address, key or text of the message in the log, at any level", async () => {
    await subscribe({ path: "/SECRET-PATH?token=SECRET" });
    await desk.holds([open], 0);
    await pass(0);
    for (const [turn, act] of ([500, "hang", "reset", "megabytes", "redirect"] as const).entries()) {
      receiver.act = act;
      await pass(3 * MINUTE + turn * HOUR);
    }
    expect(logs.join("")).toContain("alert not sent yet");
    expect(logs.join("")).not.toMatch(/SECRET|127\.0\.0\.1|whsec|orda/);
  });
});

test("an outbox that is full drops what is new, counts it, and never grows beyond its bound", async () => {
  const { alerts: table } = desk.store.admin;
  const id = await subscribe();
  const rows = Array.from({ length: 12 }, (_, index) => ({
    ...{ subscription: id, incident: `i-${index}`, phase: "start" as const, key: `${index}`, message: "{}" },
    state: "waiting" as const,
  }));
  expect(await table.add(rows, T0, 10)).toBe(2);
  expect(await table.counts()).toMatchObject({ waiting: 10 });
  expect(await table.add(rows, T0, 10)).toBe(2);
  expect(await desk.store.admin.subscriptions.remove(id)).toBe(true);
  expect(await table.counts()).toEqual({ waiting: 0, sent: 0, dead: 0 });
});

test("waits between tries grow with chance, and never beyond an hour", () => {
  expect(retryDelayMs(0, () => 1)).toBe(10_000);
  expect(retryDelayMs(3, () => 0.5)).toBe(40_000);
  for (let tries = 0; tries < 100; tries++) expect(retryDelayMs(tries, () => 1)).toBeLessThanOrEqual(HOUR);
  expect(retryDelayMs(50, () => 0)).toBe(0);
  // The outbox keeps whole milliseconds and refuses others.
  for (let tries = 0; tries < 100; tries++) expect(retryDelayMs(tries)).toSatisfy(Number.isSafeInteger);
});
