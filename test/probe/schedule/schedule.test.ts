import fc from "fast-check";
import { validate } from "node-cron";
import { afterAll, describe, expect, it } from "vitest";
import { createClock } from "../../../probe/clock.ts";
import { isAnomalous } from "../../../probe/schedule/anomaly.ts";
import { bytesOf, createBudget } from "../../../probe/schedule/budget.ts";
import { cadenceOf } from "../../../probe/schedule/cadence.ts";
import { agreedTargets, shuffled } from "../../../probe/schedule/plan.ts";
import { type RoundOptions, runRound } from "../../../probe/schedule/round.ts";
import { startRounds } from "../../../probe/schedule/rounds.ts";
import type { TcpStep } from "../../../protocol/records/web.ts";
import type { Target } from "../../../protocol/target.ts";
import { folders, openJournal, SILENT, until, webBody } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);
const never = new AbortController().signal;

const target = (id: string, some: Partial<Target> = {}): Target => ({
  id,
  url: `https://${id}/`,
  category: "social",
  names: { kk: id, ru: id, en: id },
  why: "test",
  source: "test",
  hostedIn: null,
  risk: 1,
  kind: "web",
  ...some,
});
const failedTcp = (ip: string, failure: TcpStep["failure"]): TcpStep => ({
  id: 1,
  ip,
  port: 443,
  startMs: 0,
  durationMs: 1,
  failure,
});

describe("cadences", () => {
  it.each([
    [5, "*/5 * * * * *"],
    [60, "*/1 * * * *"],
    [900, "*/15 * * * *"],
    [7, "* * * * * *"],
    [420, "* * * * *"],
    [3600, "* * * * *"],
  ])("of %i s tick at %s", (roundS, cron) => {
    expect(cadenceOf(roundS).cron).toBe(cron);
  });

  it("are always an expression that node-cron takes, due no later than the cadence", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 86_400 }), fc.double({ min: 1, max: 86_400, noNaN: true })),
        (s) => {
          const { cron, everyMs, dueAfterMs } = cadenceOf(s);
          expect(validate(cron)).toBe(true);
          expect(dueAfterMs).toBeGreaterThan(0);
          expect(dueAfterMs).toBeLessThanOrEqual(everyMs);
        },
      ),
    );
  });
});

describe("the plan", () => {
  it("leaves out what was not agreed to", () => {
    const list = [
      target("a"),
      target("b", { risk: 2 }),
      target("c", { risk: 3 }),
      target("d", { category: "messenger" }),
    ];
    const ids = (risk: 1 | 2 | 3, without: Target["category"][]) =>
      agreedTargets(list, { risk, without }).map(({ id }) => id);
    expect(ids(2, [])).toEqual(["a", "b", "d"]);
    expect(ids(3, ["messenger"])).toEqual(["a", "b", "c"]);
    expect(ids(1, ["social"])).toEqual(["d"]);
  });

  it("shuffles without losing or doubling anything", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat()),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (list, chances) => {
          const random = () => chances.next().value ?? 0;
          expect(shuffled(list, random).sort()).toEqual([...list].sort());
        },
      ),
    );
  });
});

describe("the budget", () => {
  it("stops at a day's bytes and refills through the day", () => {
    let now = 0;
    const budget = createBudget(1000, () => now);
    budget.spend(1500);
    expect(budget.allows()).toBe(false);
    now = 43_200_000;
    expect(budget.allows()).toBe(false);
    now = 50_000_000;
    expect(budget.allows()).toBe(true);
  });

  it("counts bodies and what each step costs on the wire", () => {
    expect(bytesOf(webBody())).toBe(0);
    expect(bytesOf(webBody("a.org", 2000))).toBeGreaterThan(2000);
  });
});

describe("an anomaly", () => {
  it("is any failed step, but not a host without IPv6", () => {
    expect(isAnomalous(webBody())).toBe(false);
    expect(isAnomalous({ ...webBody(), tcp: [failedTcp("203.0.113.7", "connection_reset")] })).toBe(true);
    expect(isAnomalous({ ...webBody(), tcp: [failedTcp("203.0.113.7", "network_unreachable")] })).toBe(true);
    expect(isAnomalous({ ...webBody(), tcp: [failedTcp("2001:db8::1", "network_unreachable")] })).toBe(false);
    expect(isAnomalous({ ...webBody(), tcp: [failedTcp("2001:db8::1", "connection_reset")] })).toBe(true);
  });
});

describe("a round", () => {
  const round = (some: Partial<RoundOptions>): RoundOptions & { close: () => void } => {
    const { journal, clock } = openJournal(temporary.make());
    return {
      targets: [],
      measure: async ({ id }) => webBody(id),
      journal,
      budget: createBudget(1e9, clock.monoMs),
      log: SILENT,
      concurrency: 2,
      deadlineMs: 10_000,
      jitterMs: 0,
      close: () => journal.close(),
      ...some,
    };
  };
  const many = Array.from({ length: 9 }, (_, index) => target(`t${index}.org`));

  it("measures every target once, no more at a time than allowed, and writes each", async () => {
    let now = 0;
    let most = 0;
    const options = round({
      targets: many,
      measure: async ({ id }) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now--;
        return webBody(id);
      },
    });
    expect(await runRound(options, never)).toMatchObject({ planned: 9, measured: 9, anomalies: 0 });
    options.journal.flush();
    expect([most, options.journal.head().seq]).toEqual([2, 9]);
    options.close();
  });

  it("writes anomalies to the disk at once", async () => {
    const measure = async () => ({ ...webBody(), tcp: [failedTcp("203.0.113.7", "connection_reset")] });
    const options = round({ targets: [target("a.org")], measure });
    expect(await runRound(options, never)).toMatchObject({ anomalies: 1 });
    expect(options.journal.head().seq).toBe(1);
    options.close();
  });

  it("stops when the day's bytes are used up, and a fault with one target spares the others", async () => {
    const spent = round({ targets: many, budget: { allows: () => false, spend: () => {} } });
    expect(await runRound(spent, never)).toMatchObject({ measured: 0 });
    spent.close();
    const measure: RoundOptions["measure"] = async ({ id }) => {
      if (id === "t3.org") throw new Error("a fault");
      return webBody(id);
    };
    const faulty = round({ targets: many, measure });
    expect(await runRound(faulty, never)).toMatchObject({ measured: 8 });
    faulty.close();
  });

  it("writes nothing of measurements that its deadline broke off", async () => {
    const measure: RoundOptions["measure"] = (_target, _round, signal) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve(webBody())));
    const options = round({ targets: many, measure, deadlineMs: 50 });
    expect(await runRound(options, never)).toMatchObject({ measured: 0 });
    options.close();
  });
});

describe("rounds", () => {
  it("begin at once, go on in their cadence, never overlap, and take extra rounds", async () => {
    const stop = new AbortController();
    const asked: (readonly string[] | null)[] = [];
    let running = 0;
    let overlapped = false;
    const rounds = startRounds(
      {
        clock: createClock(),
        log: SILENT,
        roundS: 1,
        round: async (targets) => {
          overlapped ||= running > 0;
          running++;
          asked.push(targets);
          await new Promise((resolve) => setImmediate(resolve));
          running--;
          return { round: "", planned: 0, measured: 0, anomalies: 0 };
        },
      },
      stop.signal,
    );
    await until("three rounds were run", () => asked.filter((targets) => targets === null).length >= 3);
    rounds.extra(["orda.kz"]);
    rounds.extra(["azattyq.org"]);
    await until("the extra rounds were run", () => asked.flat().includes("azattyq.org"));
    stop.abort();
    await rounds.close();
    expect(overlapped).toBe(false);
    expect(asked.flat()).toContain("orda.kz");
  });
});
