import { afterEach, describe, expect, it } from "vitest";
import { createClock } from "../../../probe/clock.ts";
import { agreedTime, type DateReading, readDates } from "../../../probe/link/dates.ts";
import { keepTime } from "../../../probe/link/keep-time.ts";
import { createNames } from "../../../probe/link/names.ts";
import type { Anchor } from "../../../protocol/target.ts";
import { type Credentials, createAuthority, expired, selfSigned } from "../../world/authority.ts";
import { nextAddress, type Origin, startOrigin } from "../../world/index.ts";
import { SILENT, until } from "../support.ts";

const never = new AbortController().signal;
const origins: Origin[] = [];
afterEach(async () => {
  for (const origin of origins.splice(0)) await origin.close();
});

const HOURS_9 = 9 * 3_600_000;
const names = createNames({ servers: () => [], isBogon: () => false });

/** An anchor on loopback that says it is `wrongMs` later than it is. */
async function anchorAt(operator: string, credentials: Credentials, wrongMs = 0): Promise<Anchor> {
  const headers = () => ({ date: new Date(Date.now() + wrongMs).toUTCString() });
  const origin = await startOrigin({ address: nextAddress() }, () => ({ headers: headers() }), credentials);
  origins.push(origin);
  const place = { host: `${operator}.test`, port: origin.port, addresses: [origin.address] };
  return { id: operator, group: "foreign", operator, source: "test", ...place };
}

describe("the time as anchors tell it", () => {
  it("is the median of three operators: one that is hours off does not matter", async () => {
    const authority = await createAuthority();
    const issued = (operator: string, more = {}) => authority.issue({ names: [`${operator}.test`], ...more });
    const anchors = [
      await anchorAt("one", await issued("one")),
      await anchorAt("two", await issued("two")),
      await anchorAt("three", await issued("three", expired())),
      await anchorAt("wrong", await issued("wrong"), HOURS_9),
    ];
    const clock = createClock();
    const options = { anchors, names, ca: [authority.ca], timeoutMs: 5000, monoMs: clock.monoMs };
    const readings = await readDates(options, never);
    expect(readings.map(({ operator }) => operator).sort()).toEqual(["one", "three", "two", "wrong"]);
    const agreed = agreedTime(readings);
    const saidMs = (agreed?.trueMinusMonoMs ?? 0) + clock.monoMs();
    expect(Math.abs(saidMs - Date.now())).toBeLessThanOrEqual((agreed?.errorMs ?? 0) + 1000);
  });

  it("is not taken from whoever answers in the anchors' place, however many they are", async () => {
    const authority = await createAuthority();
    const anchors = await Promise.all(
      ["one", "two", "three", "four"].map(async (operator) =>
        anchorAt(operator, await selfSigned({ names: [`${operator}.test`], ...expired() }), HOURS_9),
      ),
    );
    const options = { anchors, names, ca: [authority.ca], timeoutMs: 5000, monoMs: () => performance.now() };
    expect(await readDates(options, never)).toEqual([]);
  });

  it("is asked for while the collector is away, and then stands in the records as such", async () => {
    const clock = createClock({ wallMs: () => Date.now() - HOURS_9 });
    const over = new AbortController();
    const reading = (operator: string): DateReading => {
      const trueMinusMonoMs = Date.now() - clock.monoMs();
      return { operator, trueMinusMonoMs, errorMs: 520 };
    };
    const readDatesOnce = async () => ["a", "b", "c"].map(reading);
    const kept = keepTime(
      { clock, log: SILENT, state: () => "domestic", readDates: readDatesOnce, everyMs: 5 },
      over.signal,
    );
    await until("the time is known", () => clock.offset().source === "https");
    over.abort();
    await kept;
    expect(Math.abs(clock.offset().offsetMs - HOURS_9)).toBeLessThanOrEqual(600);
  });
});

describe("agreement", () => {
  const at = (operator: string, trueMinusMonoMs: number, errorMs = 500): DateReading => ({
    operator,
    trueMinusMonoMs,
    errorMs,
  });

  it("needs three operators and most of those asked", () => {
    expect(agreedTime([])).toBeNull();
    expect(agreedTime([at("a", 0), at("b", 0)])).toBeNull();
    expect(agreedTime([at("a", 0), at("a", 0), at("b", 0)])).toBeNull();
    expect(agreedTime([at("a", 0), at("b", 9e6), at("c", -9e6)])).toBeNull();
    expect(agreedTime([at("a", 0), at("b", 100), at("c", -100)])).toEqual({ trueMinusMonoMs: 0, errorMs: 500 });
  });
});
