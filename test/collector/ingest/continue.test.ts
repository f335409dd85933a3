import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import { generateIdentity, probeIdOf, signText } from "../../../protocol/signature.ts";
import { continueMessage, JoinResponse } from "../../../protocol/wire.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { createTestProbe, greet, packed, post, type TestProbe } from "../test-probe.ts";

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.close());

type Keys = Pick<TestProbe, "privateKeyPem" | "publicKey">;

function request(old: TestProbe, next: Keys, { oldKey = old.privateKeyPem, newKey = next.privateKeyPem } = {}) {
  const said = { probe: old.id, publicKey: next.publicKey };
  const message = continueMessage(said);
  return JSON.stringify({
    ...said,
    signature: signText(oldKey, "continue", message),
    proof: signText(newKey, "continue", message),
  });
}

async function ask(body: string) {
  const answer = await fetch(`${collector.url}/uplink/v1/continue`, { method: "POST", body });
  return { status: answer.status, body: (await answer.json()) as { code?: string; probe?: string } };
}

async function known(): Promise<number> {
  const answer = await fetch(`${collector.url}/api/v1/coverage`);
  return ((await answer.json()) as { totals: { witnesses: { known: number } } }).totals.witnesses.known;
}

describe("continuing under a new key", () => {
  test("enrols it with all that was known of the old one, which is gone: there are no more witnesses than before", async () => {
    const old = await collector.probe();
    const next = createTestProbe();
    const before = await known();
    const answer = await ask(request(old, next));
    expect(answer.status).toBe(200);
    expect(JoinResponse.parse(answer.body)).toMatchObject({ probe: next.id });
    expect(await known()).toBe(before);
    const store = await openStore(collector.folder);
    const [was, is] = [await store.probes.byId(old.id), await store.probes.byId(next.id)];
    await store.close();
    expect(was?.left).not.toBeNull();
    const { role, region, asn, access, own, consent } = was ?? {};
    expect(is).toMatchObject({ role, region, asn, access, own, consent, left: null, head: { seq: 0 } });
    const { answer: welcome, line } = await greet(collector.url, next);
    expect(welcome).toMatchObject({ t: "welcome", seq: 0 });
    line.socket.terminate();
    expect((await greet(collector.url, old)).answer).toMatchObject({ t: "refuse", code: "left" });
  });

  test("may be asked again, by the same key and no other", async () => {
    const old = await collector.probe();
    const next = createTestProbe();
    const first = await ask(request(old, next));
    const again = await ask(request(old, next));
    expect([again.status, again.body.probe]).toEqual([200, first.body.probe]);
    expect(await ask(request(old, generateIdentity()))).toMatchObject({ status: 403, body: { code: "left" } });
  });

  test("goes from key to key", async () => {
    const [first, second, third] = [await collector.probe(), createTestProbe(), createTestProbe()];
    const before = await known();
    expect((await ask(request(first, second))).status).toBe(200);
    expect((await ask(request(second, third))).status).toBe(200);
    expect((await ask(request(first, second))).status).toBe(200);
    expect(await known()).toBe(before);
  });

  test("needs both signatures, a probe that is known and neither revoked nor gone, and a key that is new", async () => {
    const old = await collector.probe();
    const next = generateIdentity();
    const stranger = generateIdentity().privateKeyPem;
    expect(await ask(request(old, next, { oldKey: stranger }))).toMatchObject({ status: 401 });
    expect(await ask(request(old, next, { newKey: stranger }))).toMatchObject({ status: 401 });
    expect(await ask(request(createTestProbe(), next))).toMatchObject({ body: { code: "unknown_probe" } });
    expect(await ask(request(old, await collector.probe()))).toMatchObject({ body: { code: "bad_message" } });
    expect(await ask("{}")).toMatchObject({ status: 400 });
    const store = await openStore(collector.folder);
    await store.probes.revoke(old.id, Date.now());
    await store.close();
    expect(await ask(request(old, next))).toMatchObject({ status: 403, body: { code: "revoked" } });
    expect(probeIdOf(next.publicKey)).not.toBe(old.id);
  });
});

describe("what was saved of a journal that another key continues", () => {
  test("is stored once under the old key, holes and all, and nothing that contradicts what is there", async () => {
    const old = await collector.probe();
    const entries = Array.from({ length: 9 }, () => old.write());
    const part = (from: number, to: number) => packed(old.batch(entries.slice(from - 1, to)));
    expect((await post(collector.url, part(1, 2))).status).toBe(200);
    expect(await post(collector.url, part(5, 6))).toMatchObject({ status: 409, body: { code: "gap" } });
    await ask(request(old, createTestProbe()));
    // 4 could not be read.
    for (const [from, to] of [
      [3, 3],
      [5, 6],
      [5, 9],
      [1, 3],
    ] as const)
      expect(await post(collector.url, part(from, to))).toMatchObject({ status: 200, body: { seq: to } });
    const store = await openStore(collector.folder);
    const at = await Promise.all(entries.map(async ({ seq }) => (await store.entries.hashAt(old.id, seq)) ?? null));
    expect(at).toEqual(entries.map(({ hash, seq }) => (seq === 4 ? null : hash)));
    expect((await store.probes.byId(old.id))?.head.seq).toBe(3);
    await store.close();

    const copy = createTestProbe(old);
    const others = Array.from({ length: 4 }, () => copy.write());
    for (const batch of [others.slice(0, 1), others.slice(3), others.slice(2)])
      expect(await post(collector.url, packed(copy.batch(batch)))).toMatchObject({
        status: 409,
        body: { code: "fork" },
      });
    const stranger = createTestProbe();
    const forged = { ...stranger.batch([stranger.write()]), probe: old.id };
    expect((await post(collector.url, packed(forged))).status).toBe(401);
  });
});
