import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measureIm } from "../../../probe/measure/im.ts";
import type { Books } from "../../../probe/schedule/books.ts";
import { createBudget } from "../../../probe/schedule/budget.ts";
import { agreedMessengers, type MessengersOptions, runMessengers } from "../../../probe/schedule/messengers.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import { loadTargetList } from "../../../targets/load.ts";
import { loadMessengers, type Messenger } from "../../../targets/messengers.ts";
import { closedPort, nextAddress } from "../../world/index.ts";
import { type Centre, startCentre } from "../../world/messenger.ts";
import { QUICK, QUIET_HOST } from "../measure/web-settings.ts";
import { folders, openJournal, SILENT } from "../support.ts";

const temporary = folders();
const never = new AbortController().signal;
let centre: Centre;
let refused: { ip: string; ports: number[] };
beforeAll(async () => {
  centre = await startCentre(2);
  const ip = nextAddress();
  refused = { ip, ports: [await closedPort(ip)] };
});
afterAll(async () => {
  await centre.close();
  temporary.clean();
});

const well = (service: Messenger["service"]): Messenger => ({
  service,
  addresses: [{ ip: centre.address, ports: centre.ports }],
  names: [],
  sites: [],
  roots: [],
});
const broken = (service: Messenger["service"]): Messenger => ({ ...well(service), addresses: [refused] });
const emptyBooks = (): Books => ({ im: {}, speed: null, followUps: new Map(), budget: null });

/** A round of messengers on a journal of its own, at a time of the test's own. */
function bench(more: Partial<MessengersOptions> = {}) {
  const { journal } = openJournal(temporary.make());
  const time = { nowMs: 1e6 };
  const options: MessengersOptions = {
    messengers: [well("telegram"), well("signal")],
    measure: (messenger, round, signal) =>
      measureIm(
        {
          messenger,
          round,
          systemResolvers: [],
          publicResolvers: [],
          doh: [],
          deadlines: QUICK,
          allowPrivate: true,
          lookup: null,
          host: QUIET_HOST,
        },
        signal,
      ),
    round: randomUUID(),
    books: emptyBooks(),
    onBooked: () => {},
    budget: createBudget(1e9, () => time.nowMs),
    journal,
    monoMs: () => time.nowMs,
    log: SILENT,
    ...more,
  };
  const services = () => {
    journal.flush();
    return [...journal.read(0, 100, 1e9)].map(({ text }) => {
      const entry = parseJson(Entry, text);
      return entry.ok && entry.value.kind === "im" ? entry.value.body.service : entry;
    });
  };
  return { options, time, journal, services };
}

describe("messengers in a round", () => {
  it("are measured one after another and written, and not again within the hour", async () => {
    const { options, time, services, journal } = bench();
    expect(await runMessengers(options, never)).toBe(2);
    expect(services()).toEqual(["telegram", "signal"]);
    time.nowMs += 3_599_000;
    expect(await runMessengers(options, never)).toBe(0);
    time.nowMs += 1_000;
    expect(await runMessengers(options, never)).toBe(2);
    journal.close();
  });

  it("that are not in order go to the disk at once, and come again in the next round", async () => {
    const { options, time, journal } = bench({ messengers: [broken("telegram"), well("signal")] });
    expect(await runMessengers(options, never)).toBe(2);
    expect(journal.head().seq).toBe(1);
    expect(options.books.im).toMatchObject({ telegram: { anomalous: true }, signal: { anomalous: false } });
    time.nowMs += 900_000;
    expect(await runMessengers(options, never)).toBe(1);
    journal.close();
  });

  it("end when the day's bytes are used up", async () => {
    const { options, services, journal } = bench();
    const budget = createBudget(1, options.monoMs);
    expect(await runMessengers({ ...options, budget }, never)).toBe(1);
    expect(services()).toEqual(["telegram"]);
    journal.close();
  });

  it("that a deadline broke off are not written, and count as measured all the same", async () => {
    const stop = new AbortController();
    const { options, services, journal } = bench({ onBooked: () => stop.abort() });
    expect(await runMessengers(options, stop.signal)).toBe(0);
    expect([services(), options.books.im.telegram]).toEqual([[], { atMs: 1e6, anomalous: expect.any(Boolean) }]);
    journal.close();
  });

  it("are spared by a fault of one of them", async () => {
    const { options, journal } = bench();
    const measure: MessengersOptions["measure"] = (messenger, round, signal) =>
      messenger.service === "telegram"
        ? Promise.reject(new Error("a fault"))
        : options.measure(messenger, round, signal);
    expect(await runMessengers({ ...options, measure }, never)).toBe(1);
    journal.close();
  });
});

describe("which messengers may be measured", () => {
  const { targets } = loadTargetList();
  const services = (...[of, agreed]: [typeof targets, Parameters<typeof agreedMessengers>[2]]) =>
    agreedMessengers(loadMessengers(), of, agreed).map(({ service }) => service);

  it("are those of the list, when the volunteer agreed to the category and the risk", () => {
    expect(services(targets, { risk: 2, without: [] })).toEqual(["telegram", "whatsapp", "signal"]);
    expect(services(targets, { risk: 3, without: ["messenger"] })).toEqual([]);
    const risky = targets.map((one) => (one.id === "t.me" ? { ...one, risk: 3 as const } : one));
    expect(services(risky, { risk: 2, without: [] })).toEqual(["whatsapp", "signal"]);
  });

  it("are none that the list does not name", () => {
    const less = targets.filter(({ id }) => id !== "signal.org");
    expect(services(less, { risk: 2, without: [] })).toEqual(["telegram", "whatsapp"]);
  });

  it("may be named by the service itself", () => {
    const [some] = targets;
    if (some === undefined) throw new Error("an empty list");
    const named = { ...some, id: "signal", kind: "im" as const, category: "messenger" as const, risk: 1 as const };
    expect(services([named], { risk: 1, without: [] })).toEqual(["signal"]);
  });
});
