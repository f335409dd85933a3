import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import { GENESIS } from "../../../protocol/chain.ts";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { createTestProbe, greet, join, packed, post, webDraft } from "../test-probe.ts";

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.close());

async function stored(probe: string): Promise<number> {
  const store = await openStore(collector.folder);
  const found = await store.probes.byId(probe);
  await store.close();
  return found?.head.seq ?? -1;
}

describe("the uplink", () => {
  test("a new probe is welcomed at the start of its chain, with a configuration", async () => {
    const probe = await collector.probe();
    const { line, answer } = await greet(collector.url, probe);
    expect(answer).toMatchObject({ t: "welcome", seq: 0, hash: GENESIS, heartbeatS: 1 });
    expect(answer?.t === "welcome" && answer.config?.list.targets.length).toBeGreaterThan(0);
    line.socket.close();
  });

  test("a probe that has the current list is not sent it again", async () => {
    const probe = await collector.probe();
    const first = await greet(collector.url, probe);
    const listVersion = first.answer?.t === "welcome" ? first.answer.config?.list.version : undefined;
    const second = await greet(collector.url, probe, { listVersion });
    expect(second.answer).toMatchObject({ t: "welcome", config: null });
    second.line.socket.close();
  });

  test("a batch is acknowledged after it is on disk", async () => {
    const probe = await collector.probe();
    const { line } = await greet(collector.url, probe);
    line.sendBytes(packed(probe.batch([probe.write(), probe.write(webDraft()), probe.write()])));
    expect(await line.next()).toMatchObject({ t: "ack", seq: 3 });
    expect(await stored(probe.id)).toBe(3);
    line.socket.close();
  });

  test("a beat is answered with the time", async () => {
    const probe = await collector.probe();
    const { line } = await greet(collector.url, probe);
    line.send({ t: "beat", seq: 0 });
    expect(await line.next()).toMatchObject({ t: "time" });
    line.socket.close();
  });

  test("a replayed batch is acknowledged and stored once, by either route", async () => {
    const probe = await collector.probe();
    const batch = packed(probe.batch([probe.write(), probe.write()]));
    const { line } = await greet(collector.url, probe);
    line.sendBytes(batch);
    line.sendBytes(batch);
    expect(await line.next()).toMatchObject({ t: "ack", seq: 2 });
    expect(await line.next()).toMatchObject({ t: "ack", seq: 2 });
    expect(await post(collector.url, batch)).toMatchObject({ status: 200, body: { t: "ack", seq: 2 } });
    line.socket.close();
  });

  test("a batch that overlaps what is stored adds only what is new", async () => {
    const probe = await collector.probe();
    const entries = [probe.write(), probe.write(), probe.write()];
    await post(collector.url, packed(probe.batch(entries.slice(0, 2))));
    expect(await post(collector.url, packed(probe.batch(entries)))).toMatchObject({ status: 200, body: { seq: 3 } });
  });

  test("after a reconnect the welcome says from where to resume", async () => {
    const probe = await collector.probe();
    await post(collector.url, packed(probe.batch([probe.write(), probe.write()])));
    const { line, answer } = await greet(collector.url, probe);
    expect(answer).toMatchObject({ t: "welcome", ...probe.head() });
    line.socket.close();
  });

  test("a second connection of a probe replaces the first", async () => {
    const probe = await collector.probe();
    const first = await greet(collector.url, probe);
    const second = await greet(collector.url, probe);
    expect(await first.line.closed).toBe(1006);
    second.line.send({ t: "beat", seq: 0 });
    expect(await second.line.next()).toMatchObject({ t: "time" });
    second.line.socket.close();
  });

  test("a revoked probe is cut off and not let in again", async () => {
    const probe = await collector.probe();
    const { line } = await greet(collector.url, probe);
    const store = await openStore(collector.folder);
    await store.probes.revoke(probe.id, Date.now());
    await store.close();
    expect(await line.closed).toBe(4403);
    const again = await greet(collector.url, probe);
    expect(again.answer).toMatchObject({ t: "refuse", code: "revoked" });
    const posted = await post(collector.url, packed(probe.batch([probe.write()])));
    expect(posted).toMatchObject({ status: 403, body: { code: "revoked" } });
  });

  test("presence begins with the first beat and is seen to end after three missed", async () => {
    // A control: a cell of one witness is not counted in public.
    const probe = await collector.probe({ region: "KZ-31", role: "control" });
    const present = async () => {
      const answer = await fetch(`${collector.url}/api/v1/coverage?region=KZ-31`);
      const { cells } = (await answer.json()) as { cells: { present: number }[] };
      return cells[0]?.present;
    };
    const { line } = await greet(collector.url, probe);
    await until("the probe is present", async () => (await present()) === 1);
    line.socket.close();
    await until("the probe is silent", async () => (await present()) === 0);
  });
});

describe("joining", () => {
  test("a code enrols a probe with what the invitation says", async () => {
    const probe = createTestProbe();
    const code = await collector.invite({ region: "KZ-71", asn: 29_355, access: "mobile" });
    const { joined } = await join(collector.url, probe, code);
    expect(joined).toMatchObject({ probe: probe.id, role: "witness", region: "KZ-71", asn: 29_355, access: "mobile" });
  });

  test("a code typed in small letters without dashes is the same code", async () => {
    const code = await collector.invite();
    const { status } = await join(collector.url, createTestProbe(), code.toLowerCase().replaceAll("-", ""));
    expect(status).toBe(200);
  });

  test("a used code is refused to another probe, and answered again to the same", async () => {
    const code = await collector.invite();
    const probe = createTestProbe();
    const first = await join(collector.url, probe, code);
    expect(first.status).toBe(200);
    expect(await join(collector.url, probe, code)).toEqual(first);
    expect(await join(collector.url, createTestProbe(), code)).toMatchObject({
      status: 403,
      body: { code: "used_code" },
    });
  });

  test("two probes that race for one code do not both get in", async () => {
    const code = await collector.invite();
    const answers = await Promise.all([1, 2, 3].map(() => join(collector.url, createTestProbe(), code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  });

  test("an expired and an unknown code are told apart", async () => {
    const expired = await collector.invite({ expiresInMs: -1000 });
    expect(await join(collector.url, createTestProbe(), expired)).toMatchObject({
      status: 403,
      body: { code: "expired_code" },
    });
    const unknown = await join(collector.url, createTestProbe(), "0000-0000-0000-0000");
    expect(unknown).toMatchObject({ status: 403, body: { code: "unknown_code" } });
  });

  test("a signature by another key is refused", async () => {
    const probe = createTestProbe();
    const code = await collector.invite();
    const forged = { ...probe, privateKeyPem: createTestProbe().privateKeyPem };
    expect(await join(collector.url, forged, code)).toMatchObject({ status: 401, body: { code: "bad_signature" } });
  });
});
