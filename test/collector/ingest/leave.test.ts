import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import { generateIdentity, type Purpose, signText } from "../../../protocol/signature.ts";
import { LeaveResponse, leaveMessage } from "../../../protocol/wire.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet, join, packed, post, type TestProbe } from "../test-probe.ts";

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.close());

type Wish = { at?: string; key?: string; purpose?: Purpose };

/** The request that a probe sends to leave. */
function request({ id, privateKeyPem }: TestProbe, { at, key = privateKeyPem, purpose = "leave" }: Wish = {}) {
  const said = { probe: id, at: at ?? new Date().toISOString() };
  return JSON.stringify({ ...said, signature: signText(key, purpose, leaveMessage(said)) });
}

async function leave(body: string) {
  const answer = await fetch(`${collector.url}/uplink/v1/leave`, { method: "POST", body });
  return { status: answer.status, body: (await answer.json()) as { code?: string; leftAt?: string } };
}

/** Known probes in all, as the API tells. */
async function known(): Promise<number> {
  const answer = await fetch(`${collector.url}/api/v1/coverage`);
  return ((await answer.json()) as { totals: { witnesses: { known: number } } }).totals.witnesses.known;
}

describe("leaving", () => {
  test("takes a probe out of coverage, once, and asking again gets the same answer", async () => {
    const probe = await collector.probe();
    await collector.probe();
    const before = await known();
    const body = request(probe);
    const first = await leave(body);
    expect(first.status).toBe(200);
    expect(LeaveResponse.parse(first.body)).toMatchObject({ probe: probe.id });
    expect(await known()).toBe(before - 1);
    expect(await leave(body)).toEqual(first);
    expect(await leave(request(probe))).toEqual(first);
  });

  test("needs the probe's own signature, made for leaving", async () => {
    const probe = await collector.probe();
    const before = await known();
    const stranger = generateIdentity().privateKeyPem;
    expect(await leave(request(probe, { key: stranger }))).toMatchObject({
      status: 401,
      body: { code: "bad_signature" },
    });
    expect(await leave(request(probe, { purpose: "hello" }))).toMatchObject({ status: 401 });
    const moved = JSON.stringify({ ...JSON.parse(request(probe)), at: new Date(Date.now() - 1000).toISOString() });
    expect(await leave(moved)).toMatchObject({ status: 401 });
    expect(await known()).toBe(before);
  });

  test("cannot be replayed against a probe that came back with the same key", async () => {
    const probe = await collector.probe();
    const used = request(probe);
    const kept = request(probe, { at: new Date(Date.now() - 1).toISOString() });
    const ahead = request(probe, { at: new Date(Date.now() + 300_000).toISOString() });
    expect(await leave(ahead)).toMatchObject({ status: 200 });
    expect((await join(collector.url, probe, await collector.invite())).status).toBe(200);
    const before = await known();
    for (const old of [used, kept, ahead])
      expect(await leave(old)).toMatchObject({ status: 409, body: { code: "wrong_time" } });
    expect(await known()).toBe(before);
  });

  test.each([-3_600_000, 3_600_000])("said %i ms from now is not taken", async (offsetMs) => {
    const probe = await collector.probe();
    const at = new Date(Date.now() + offsetMs).toISOString();
    expect(await leave(request(probe, { at }))).toMatchObject({ status: 409, body: { code: "wrong_time" } });
  });

  test("ends what the collector takes from the probe, and keeps what it sent", async () => {
    const probe = await collector.probe();
    expect((await post(collector.url, packed(probe.batch([probe.write()])))).status).toBe(200);
    await leave(request(probe));
    expect(await post(collector.url, packed(probe.batch([probe.write()])))).toMatchObject({
      status: 403,
      body: { code: "left" },
    });
    const { line, answer } = await greet(collector.url, probe);
    expect(answer).toMatchObject({ t: "refuse", code: "left" });
    expect(await line.closed).toBe(4403);
    const store = await openStore(collector.folder);
    expect(await store.probes.byId(probe.id)).toMatchObject({ head: { seq: 1 } });
    await store.close();
  });

  test.each(["", "{}", '{"probe":"x"}'])("asked for with %j is a bad message", async (body) => {
    expect(await leave(body)).toMatchObject({ status: 400, body: { code: "bad_message" } });
  });

  test("of a probe that never joined is not taken", async () => {
    const { privateKeyPem } = generateIdentity();
    const id = "f".repeat(32);
    expect(await leave(request({ id, privateKeyPem } as TestProbe))).toMatchObject({
      status: 403,
      body: { code: "unknown_probe" },
    });
  });
});
