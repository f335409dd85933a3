import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measureSpeed } from "../../../probe/measure/speed.ts";
import type { SpeedRules } from "../../../probe/measure/speed-due.ts";
import { measureWeb } from "../../../probe/measure/web.ts";
import type { Books } from "../../../probe/schedule/books.ts";
import { createBudget } from "../../../probe/schedule/budget.ts";
import { type Seen, seenAfter } from "../../../probe/schedule/seen.ts";
import { runSpeeds, type SpeedsOptions } from "../../../probe/schedule/speeds.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import type { SpeedBody } from "../../../protocol/records/speed.ts";
import type { Target } from "../../../protocol/target.ts";
import { nextAddress, startWorld, type World } from "../../world/index.ts";
import { createBucket, type Pace, startThrottle } from "../../world/throttle.ts";
import { webSettings } from "../measure/web-settings.ts";
import { folders, openJournal, SILENT } from "../support.ts";

const temporary = folders();
const never = new AbortController().signal;
const OBJECT = `<title>A page</title>${"k".repeat(64 * 1024)}`;
const CAPS = { bytes: 48 * 1024, timeMs: 1_000, tailMs: 4_000, restMs: 0 };
const RULES: SpeedRules = { bytesPerDay: 1e9, metered: false, pairsPerRound: 2 };
const NAMES = ["slow.test", "plain.test", "far.test", "inland.test"] as const;

let world: World;
/** An even pace, so that chance makes neither of two sites look slow. */
const EVEN: Pace = { shape: { bytesPerS: 200_000, delayMs: 0 } };
/** What the throttle in front of two names at one address does to each. */
const paces = new Map<string, Pace>();
const urls = new Map<string, string>();

beforeAll(async () => {
  world = await startWorld();
  const credentials = await world.authority.issue({ names: [...NAMES] });
  const answer = () => ({ body: OBJECT });
  for (const name of NAMES) urls.set(name, (await world.addSite({ name, credentials, answer })).url);
  const [upstream] = (await world.addSite({ name: "behind.test", credentials, answer })).origins;
  if (upstream === undefined) throw new Error("no origin");
  const place = { address: nextAddress(), port: world.port };
  const decide = (sni: string | null) => paces.get(sni ?? "") ?? EVEN;
  const { address } = world.keep(await startThrottle(place, { upstream, decide }));
  for (const zone of [world.isp.zone, world.publicDns.zone, world.doh.zone])
    for (const name of ["slow.test", "plain.test"]) zone[name] = { a: [address] };
});
afterAll(async () => {
  await world.close();
  temporary.clean();
});

const target = (id: string, some: Partial<Target> = {}): Target => ({
  id,
  url: urls.get(id) ?? "",
  category: "social",
  names: { kk: id, ru: id, en: id },
  why: "test",
  source: "test",
  hostedIn: null,
  risk: 1,
  kind: "web",
  ...some,
});
const abroad = () => target("far.test", { category: "international-organisation" });

/** What web measurements of these targets leave behind. */
async function seenOf(targets: readonly Target[]): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (const { id, url } of targets) {
    const body = await measureWeb(webSettings(world, url, { target: id, followups: false }), never);
    seen.set(id, seenAfter(body, undefined, []));
  }
  return seen;
}

async function bench(targets: readonly Target[], more: Partial<SpeedsOptions> = {}) {
  const { journal } = openJournal(temporary.make());
  const time = { nowMs: 1e9 };
  const books: Books = { im: {}, speed: null, followUps: new Map(), budget: null };
  const options: SpeedsOptions = {
    targets,
    seen: await seenOf(targets),
    measure: ({ target: id, pair, metered, direction }, signal) =>
      measureSpeed({ target: id, ...pair, metered, direction, caps: CAPS, ca: [world.authority.ca] }, signal),
    rules: RULES,
    books,
    onBooked: () => {},
    budget: createBudget(1e9, () => time.nowMs),
    journal,
    monoMs: () => time.nowMs,
    log: SILENT,
    random: () => 0,
    ...more,
  };
  const bodies = (): SpeedBody[] => {
    journal.flush();
    return [...journal.read(0, 100, 1e9)].flatMap(({ text }) => {
      const entry = parseJson(Entry, text);
      return entry.ok && entry.value.kind === "speed" ? [entry.value.body] : [];
    });
  };
  return { options, time, journal, bodies };
}

describe("speed in a round", () => {
  it("is measured in pairs at one address, no more than a round takes, and not again within the hour", async () => {
    const { options, time, bodies, journal } = await bench([target("slow.test"), target("plain.test")]);
    expect(await runSpeeds({ ...options, rules: { ...RULES, pairsPerRound: 1 } }, never)).toBe(1);
    expect(await runSpeeds(options, never)).toBe(1);
    expect(bodies().map((body) => body.control.choice)).toEqual(["same-address", "same-address"]);
    expect(bodies().map((body) => body.target)).toEqual(["slow.test", "plain.test"]);
    time.nowMs += 3_599_000;
    expect(await runSpeeds(options, never)).toBe(0);
    time.nowMs += 1_000;
    expect(await runSpeeds(options, never)).toBe(2);
    journal.close();
  });

  it("of a throttled site goes to the disk at once, and the site goes first an hour later", async () => {
    const { options, time, bodies, journal } = await bench([target("plain.test"), target("slow.test")]);
    paces.set("slow.test", { police: createBucket(16_000, 4_000) });
    try {
      expect(await runSpeeds(options, never)).toBe(2);
      expect(options.seen.get("slow.test")).toMatchObject({ crawled: true });
      expect(journal.head().seq).toBe(2);
      time.nowMs += 3_600_000;
      await runSpeeds({ ...options, rules: { ...RULES, pairsPerRound: 1 } }, never);
      expect(bodies().map((body) => body.target)).toEqual(["plain.test", "slow.test", "slow.test"]);
    } finally {
      paces.clear();
    }
    journal.close();
  });

  it("has a neutral control abroad for sites abroad only; others give their turn away", async () => {
    const sites = [target("inland.test", { hostedIn: "KZ" }), target("slow.test"), abroad()];
    const { options, bodies, journal } = await bench(sites);
    // All of a world's sites are neighbours: those of the pair are put far from each other.
    const far = options.seen.get("far.test");
    if (far === undefined) throw new Error("not seen");
    options.seen.set("far.test", { ...far, addresses: ["127.0.0.9"] });
    await runSpeeds({ ...options, targets: [sites[0], sites[2]].flatMap((one) => one ?? []) }, never);
    expect([bodies(), options.books.speed?.last]).toEqual([[], { "inland.test": 1e9, "far.test": 1e9 }]);
    await runSpeeds({ ...options, targets: [sites[1], sites[2]].flatMap((one) => one ?? []) }, never);
    expect(bodies().map((body) => [body.target, body.control.choice])).toEqual([["slow.test", "foreign"]]);
    journal.close();
  });

  it("is of handshakes only where every byte costs", async () => {
    const { options, bodies, journal } = await bench([target("slow.test"), target("plain.test")]);
    expect(await runSpeeds({ ...options, rules: { ...RULES, metered: true } }, never)).toBe(2);
    for (const body of bodies()) expect(body).toMatchObject({ handshakeOnly: true, samples: { target: [] } });
    journal.close();
  });

  it("ends when its bytes, or all bytes of the day, are used up", async () => {
    const { options, journal } = await bench([target("slow.test"), target("plain.test")]);
    expect(await runSpeeds({ ...options, rules: { ...RULES, bytesPerDay: 1e6 } }, never)).toBe(0);
    expect(await runSpeeds({ ...options, budget: createBudget(1, options.monoMs) }, never)).toBe(1);
    journal.close();
  });

  it("writes nothing of a pair that was broken off", async () => {
    const stop = new AbortController();
    const { options, bodies, journal } = await bench([target("slow.test"), target("plain.test")], {
      onBooked: () => stop.abort(),
    });
    expect(await runSpeeds(options, stop.signal)).toBe(0);
    expect(bodies()).toEqual([]);
    journal.close();
  });
});

describe("what was seen of a site", () => {
  it("is its page, with the addresses that a certificate proved", async () => {
    const seen = await seenOf([target("far.test")]);
    const [address] = (await world.addSite({ name: "other.test" })).addresses;
    expect(seen.get("far.test")).toEqual({
      url: urls.get("far.test"),
      addresses: [expect.not.stringMatching(address ?? "")],
      bodyBytes: 32 * 1024,
      last: "page",
      slow: false,
      crawled: false,
    });
  });

  it("says nothing of speed when a site refuses, and stays beside a later silence", async () => {
    const refusing = await world.addSite({ name: "refusing.test", answer: () => ({ status: 403 }) });
    const silent = await world.addSite({ name: "silent.test", censor: { decide: () => "silence" } });
    const measured = (url: string) => measureWeb(webSettings(world, url, { followups: false }), never);
    expect(seenAfter(await measured(refusing.url), undefined, [])).toMatchObject({ last: "other", bodyBytes: null });
    const drop = await measured(silent.url);
    expect(seenAfter(drop, undefined, ["203.0.113.7"])).toMatchObject({
      last: "silence",
      addresses: ["203.0.113.7"],
      slow: false,
    });
    const before = seenAfter(await measured(urls.get("far.test") ?? ""), undefined, []);
    expect(seenAfter({ ...drop, round: randomUUID() }, before, [])).toEqual({ ...before, last: "silence" });
  });
});
