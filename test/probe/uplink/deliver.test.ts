import { afterAll, afterEach, expect, it } from "vitest";
import { Delivery, type DeliveryOptions } from "../../../probe/uplink/deliver.ts";
import { CHAIN_START, followChain } from "../../../protocol/chain.ts";
import { closedPort, startDyingLine } from "../../world/index.ts";
import { folders, linkBody, openJournal, SILENT, until, webBody } from "../support.ts";
import { type Double, type DoubleOptions, startDouble } from "./collector-double.ts";

const temporary = folders();
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
afterAll(temporary.clean);

/** A probe's side (journal, identity) and the means to start collectors and deliveries that end with the test. */
function world() {
  const opened = openJournal(temporary.make());
  const { journal, identity, clock } = opened;
  open.push(async () => journal.close());
  const write = (count: number) => {
    for (let index = 0; index < count; index++) journal.append({ kind: "web", body: webBody() });
    journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  };
  const collector = async (options: Partial<DoubleOptions> = {}): Promise<Double> => {
    const double = await startDouble({ publicKey: identity.publicKey, ...options });
    open.push(double.close);
    return double;
  };
  const deliver = (collectors: string[], options: Partial<DeliveryOptions> = {}): Delivery => {
    const delivery = new Delivery({
      collectors,
      identity,
      journal,
      clock,
      log: SILENT,
      heartbeatS: () => 30,
      listVersion: () => null,
      onConfig: () => {},
      onTask: () => {},
      beforePost: () => {},
      backoff: () => 20,
      ...options,
    });
    open.push(() => delivery.finish("end of test", 0));
    return delivery;
  };
  return { ...opened, write, collector, deliver };
}

function chainOf(stored: readonly string[]) {
  return followChain(
    CHAIN_START,
    stored.map((text) => JSON.parse(text) as { seq: number; prev: string }),
  );
}

it("delivers what was written before and after the connection, in order, and learns what is stored", async () => {
  const { journal, write, collector, deliver } = world();
  write(5);
  const double = await collector();
  const delivery = deliver([double.url]);
  await until("the first entries are acknowledged", () => journal.waiting() === 0);
  write(3);
  await until("the later ones are too", () => journal.waiting() === 0);
  expect(double.stored).toHaveLength(10);
  expect(chainOf(double.stored)).toEqual({ head: journal.head(), fault: null });
  expect(delivery.routes()).toEqual([{ route: double.url, ok: true }]);
});

it("learns the collector's time, so that entries say how the host's clock stands", async () => {
  const { clock, collector, deliver } = world();
  const double = await collector();
  expect(clock.offset()).toEqual({ offsetMs: 0, source: "none" });
  deliver([double.url]);
  await until("the time is known", () => clock.offset().source === "collector");
  expect(Math.abs(clock.offset().offsetMs)).toBeLessThan(1000);
});

it("sends beats in the collector's cadence", async () => {
  const { collector, deliver } = world();
  const double = await collector({ heartbeatS: 1 });
  deliver([double.url]);
  await until("three beats are heard", () => double.heard.filter((t) => t === "beat").length >= 3);
});

it("posts batches when WebSockets are refused", async () => {
  const { journal, write, collector, deliver } = world();
  write(4);
  const double = await collector({ refuseSockets: true });
  deliver([double.url]);
  await until("all is acknowledged", () => journal.waiting() === 0);
  write(2);
  await until("later entries are too", () => journal.waiting() === 0);
  expect(double.heard.every((what) => what === "post")).toBe(true);
  expect(chainOf(double.stored)).toEqual({ head: journal.head(), fault: null });
});

it("posts batches when sessions break twice within seconds", async () => {
  const { journal, write, collector, deliver } = world();
  write(2);
  const double = await collector({
    onDelivery: (socket) => {
      socket.terminate();
      return "swallow";
    },
  });
  deliver([double.url]);
  await until("all is acknowledged", () => journal.waiting() === 0);
  expect(double.heard.filter((what) => what === "ws").length).toBeGreaterThanOrEqual(2);
  expect(double.heard).toContain("post");
});

it("goes on where a restarted collector stands", async () => {
  const { write, collector, deliver } = world();
  write(3);
  const first = await collector();
  deliver([first.url]);
  await until("the first entries are stored", () => first.stored.length === 4);
  await first.close();
  write(3);
  const second = await collector({ port: first.port, stored: first.stored });
  await until("the later ones are stored", () => second.stored.length === 8);
  expect(chainOf(second.stored).fault).toBeNull();
});

it("sends again from where a collector restored from an older copy stands", async () => {
  const { journal, write, collector, deliver } = world();
  write(5);
  const first = await collector();
  deliver([first.url]);
  await until("all is acknowledged", () => journal.waiting() === 0);
  await first.close();
  const second = await collector({ port: first.port, stored: first.stored.slice(0, 2) });
  await until("the collector has all again", () => second.stored.length === 6);
  expect(chainOf(second.stored)).toEqual({ head: journal.head(), fault: null });
});

it("posts again from the oldest entry kept when a restored collector misses some", async () => {
  const { journal, write, collector, deliver } = world();
  write(5);
  journal.acknowledge(4, "2022-01-05T10:00:00.000Z");
  const double = await collector({ refuseSockets: true });
  deliver([double.url]);
  await until("the collector has all", () => double.stored.length === 6);
});

it("takes a second acknowledgement of the same delivery for nothing new", async () => {
  const { journal, write, collector, deliver } = world();
  const double = await collector({ sendAckTwice: true });
  deliver([double.url]);
  for (let index = 0; index < 3; index++) {
    write(1);
    await until("all is acknowledged", () => journal.waiting() === 0);
  }
  expect(chainOf(double.stored)).toEqual({ head: journal.head(), fault: null });
});

it("tries the collector's addresses in turn", async () => {
  const { journal, write, collector, deliver } = world();
  write(1);
  const closed = await collector();
  await closed.close();
  const double = await collector();
  const delivery = deliver([closed.url, double.url]);
  await until("all is acknowledged", () => journal.waiting() === 0);
  expect(delivery.routes()).toEqual([
    { route: closed.url, ok: false },
    { route: double.url, ok: true },
  ]);
});

it("leaves a collector alone as long as its refusal asks", async () => {
  const { write, collector, deliver } = world();
  write(1);
  const refuseWith = { t: "refuse", code: "too_fast", says: "Wait.", retryAfterS: 3600 } as const;
  const double = await collector({ refuseWith });
  let backoffs = 0;
  const backoff = () => {
    backoffs += 1;
    return 1;
  };
  const delivery = deliver([double.url], { backoff });
  await until("the refusal is heard", () => double.heard.includes("hello"));
  expect(await delivery.finish("stopped", 300)).toBe(false);
  expect([backoffs, double.heard.filter((what) => what !== "hello")]).toEqual([0, []]);
});

it("passes tasks and configurations on", async () => {
  const { collector, deliver } = world();
  const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v", targets: [], anchors: [] } };
  const double = await collector({ config });
  const configs: unknown[] = [];
  const tasks: (readonly string[])[] = [];
  deliver([double.url], {
    onConfig: (given) => void configs.push(given),
    onTask: (targets) => void tasks.push(targets),
  });
  await until("the configuration came", () => configs.length === 1);
  double.send({ t: "task", kind: "round", targets: ["orda.kz"] });
  await until("the task came", () => tasks.length === 1);
  expect([configs[0], tasks[0]]).toEqual([config, ["orda.kz"]]);
});

it("delivers what is left and says goodbye at the end", async () => {
  const { journal, write, collector, deliver } = world();
  const double = await collector();
  const delivery = deliver([double.url]);
  write(2);
  expect(await delivery.finish("leave", 5000)).toBe(true);
  expect(journal.waiting()).toBe(0);
  await until("the goodbye is heard", () => double.byes.length === 1);
  expect(double.byes).toEqual(["leave"]);
});

it("ends in time when nobody answers, and everything stays in the journal", async () => {
  const { journal, write, collector, deliver } = world();
  const closed = await collector();
  await closed.close();
  write(2);
  const delivery = deliver([closed.url], { backoff: () => 60_000 });
  expect(await delivery.finish("stopped", 2000)).toBe(false);
  expect(journal.waiting()).toBe(3);
});

it("stops sending to a collector that has another history of this probe", async () => {
  const { journal, write, collector, deliver } = world();
  write(2);
  const double = await collector({ stored: ['{"seq":1}'] });
  deliver([double.url]);
  await until("the greeting is over", () => double.heard.includes("hello"));
  expect(double.heard).not.toContain("ws");
  expect(journal.waiting()).toBe(3);
});

/** Bytes that a line carries before it dies: a few entries with all around them, never the journal at once. */
const FEW = 9_000;

it("on a line that dies every few kilobytes every connection brings entries across, until all are stored", async () => {
  const { journal, write, collector, deliver } = world();
  for (let times = 0; times < 60; times++) journal.append({ kind: "web", body: webBody("a.org", 2000) });
  write(1);
  const double = await collector({ refuseSockets: true });
  const line = await startDyingLine("127.0.0.1", double.port, () => FEW);
  open.push(line.close);
  deliver([`http://127.0.0.1:${line.port}`]);
  await until("all is stored", () => journal.waiting() === 0);
  expect(double.stored).toHaveLength(62);
  expect(chainOf(double.stored).fault).toBeNull();
  // A whole batch and a few sizes on the way down are lost, and now and then a larger one that was tried again.
  expect(line.died()).toBeGreaterThan(1);
  expect(line.died()).toBeLessThan(20);
});

it("a WebSocket that dies under its deliveries gives way to HTTPS, which goes on at what is stored", async () => {
  const { journal, write, collector, deliver } = world();
  for (let times = 0; times < 40; times++) journal.append({ kind: "web", body: webBody("a.org", 2000) });
  write(1);
  const double = await collector();
  const line = await startDyingLine("127.0.0.1", double.port, () => FEW);
  open.push(line.close);
  deliver([`http://127.0.0.1:${line.port}`]);
  await until("all is stored", () => journal.waiting() === 0);
  expect(double.heard).toEqual(expect.arrayContaining(["hello", "post"]));
  expect(chainOf(double.stored).fault).toBeNull();
});

it("a collector that cannot be reached at all is tried once a turn, not with ever smaller deliveries", async () => {
  const { journal, write, deliver } = world();
  write(30);
  let turns = 0;
  const address = await closedPort("127.0.0.1");
  deliver([`http://127.0.0.1:${address}`], {
    backoff: () => {
      turns += 1;
      return 10;
    },
  });
  await until("it was tried some times", () => turns > 5);
  expect(journal.waiting()).toBe(31);
});
