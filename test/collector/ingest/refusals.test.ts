import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RATES } from "../../../collector/ingest/limits.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { signText } from "../../../protocol/signature.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { ALIVE, createTestProbe, greet, openLine, packed, post, type TestProbe, webDraft } from "../test-probe.ts";

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector({ gateway: { helloMs: 300 } });
});
afterAll(() => collector.close());

/** Sends bytes after a hello; the refusal and the close code. */
async function refused(probe: TestProbe, bytes: Buffer) {
  const { line } = await greet(collector.url, probe);
  line.sendBytes(bytes);
  const frame = await line.next();
  return { frame, close: await line.closed };
}

function repeated(probe: TestProbe, count: number) {
  return Array.from({ length: count }, () => probe.write());
}

describe("a batch is refused over WebSocket and HTTPS alike", () => {
  type Case = { what: string; code: string; close: number; status: number; make: (probe: TestProbe) => Buffer };
  const cases: Case[] = [
    {
      what: "with a signature over something else",
      ...{ code: "bad_signature", close: 4401, status: 401 },
      make: (probe) =>
        packed({ ...probe.batch([probe.write()]), signature: signText(probe.privateKeyPem, "journal", "x") }),
    },
    {
      what: "with a signature made for another purpose",
      ...{ code: "bad_signature", close: 4401, status: 401 },
      make: (probe) => {
        const entry = probe.write();
        return packed({ ...probe.batch([entry]), signature: signText(probe.privateKeyPem, "hello", entry.hash) });
      },
    },
    {
      what: "with a field of the wrong type",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: (probe) => packed(probe.batch([probe.write(ALIVE, { mono: "soon" })])),
    },
    {
      what: "with a time that is none",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: (probe) => packed(probe.batch([probe.write(ALIVE, { at: "2026-02-30T00:00:00Z" })])),
    },
    {
      what: "with text that is not canonical",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: (probe) => {
        const { text } = probe.write();
        const spaced = text.replace("{", "{ ");
        const hash = sha256Hex(spaced);
        return packed({
          probe: probe.id,
          entries: [spaced],
          signature: signText(probe.privateKeyPem, "journal", hash),
        });
      },
    },
    {
      what: "that is not JSON",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: () => gzipSync("not json"),
    },
    {
      what: "that is broken gzip",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: (probe) => packed(probe.batch([probe.write()])).subarray(0, 40),
    },
    {
      what: "without entries",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: (probe) => packed({ ...probe.batch([probe.write()]), entries: [] }),
    },
    {
      what: "with more entries than a batch may have",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: (probe) => packed(probe.batch(repeated(probe, LIMITS.entriesPerBatch + 1))),
    },
    {
      what: "with a value nested ten thousand deep",
      ...{ code: "bad_message", close: 4400, status: 400 },
      make: (probe) => {
        const { text } = probe.write();
        const deep = text.replace('"beats":10', `"beats":10,"x":${"[".repeat(100_000)}${"]".repeat(100_000)}`);
        const signature = signText(probe.privateKeyPem, "journal", sha256Hex(deep));
        return packed({ probe: probe.id, entries: [deep], signature });
      },
    },
    {
      what: "of gzip that unpacks beyond the limit",
      ...{ code: "too_big", close: 4413, status: 413 },
      make: () => gzipSync(Buffer.alloc(50 * 1024 * 1024)),
    },
    {
      what: "of more packed bytes than a message may have",
      ...{ code: "too_big", close: 4413, status: 413 },
      make: () => Buffer.alloc(LIMITS.messageBytes + 1, 0x20),
    },
    {
      what: "that leaves entries out",
      ...{ code: "gap", close: 4409, status: 409 },
      make: (probe) => {
        probe.write();
        return packed(probe.batch([probe.write()]));
      },
    },
    {
      what: "whose entries do not follow one another",
      ...{ code: "fork", close: 4409, status: 409 },
      make: (probe) => packed(probe.batch([probe.write(), probe.write(ALIVE, { prev: "a".repeat(64) })])),
    },
  ];
  test.each(cases)("$what: $code", async ({ make, code, close, status }) => {
    const probe = await collector.probe();
    const bytes = make(probe);
    expect(await post(collector.url, bytes)).toMatchObject({ status, body: { code } });
    expect(await refused(probe, bytes)).toMatchObject({ frame: { t: "refuse", code }, close });
  });

  test("that differs from what is stored: fork", async () => {
    const probe = await collector.probe();
    await post(collector.url, packed(probe.batch([probe.write(), probe.write()])));
    const copy = createTestProbe(probe);
    const first = copy.write();
    expect(await post(collector.url, packed(copy.batch([first])))).toMatchObject({
      status: 409,
      body: { code: "fork" },
    });
    const rest = [copy.write(), copy.write()];
    expect(await post(collector.url, packed(copy.batch(rest)))).toMatchObject({ status: 409, body: { code: "fork" } });
    const next = [copy.write()];
    expect(await post(collector.url, packed(copy.batch(next)))).toMatchObject({ status: 409, body: { code: "gap" } });
  });

  test("of another probe than the one that said hello: bad_message", async () => {
    const [probe, other] = [await collector.probe(), await collector.probe()];
    const { frame } = await refused(probe, packed(other.batch([other.write()])));
    expect(frame).toMatchObject({ t: "refuse", code: "bad_message" });
  });

  test("of a probe nobody knows: unknown_probe", async () => {
    const probe = createTestProbe();
    const posted = await post(collector.url, packed(probe.batch([probe.write()])));
    expect(posted).toMatchObject({ status: 403, body: { code: "unknown_probe" } });
  });

  test("and what was stored before stays", async () => {
    const probe = await collector.probe();
    const good = packed(probe.batch([probe.write(), probe.write()]));
    await post(collector.url, good);
    await refused(probe, gzipSync("garbage"));
    expect(await greet(collector.url, probe)).toMatchObject({ answer: { t: "welcome", seq: 2 } });
  });
});

describe("the dialogue", () => {
  test("ends when no hello comes in time", async () => {
    const line = await openLine(collector.url);
    expect(await line.next()).toMatchObject({ t: "challenge" });
    expect(await line.next()).toMatchObject({ t: "refuse", code: "hello_timeout" });
    expect(await line.closed).toBe(4408);
  });

  test("ends for a probe nobody knows", async () => {
    const { line, answer } = await greet(collector.url, createTestProbe());
    expect(answer).toMatchObject({ t: "refuse", code: "unknown_probe" });
    expect(await line.closed).toBe(4403);
  });

  test("ends for a hello signed over another nonce", async () => {
    const probe = await collector.probe();
    const signature = signText(probe.privateKeyPem, "hello", "yesterday's nonce");
    const { line, answer } = await greet(collector.url, probe, { signature });
    expect(answer).toMatchObject({ t: "refuse", code: "bad_signature" });
    expect(await line.closed).toBe(4401);
  });

  test.each([
    ["a batch before hello", (line: { sendBytes: (bytes: Buffer) => void }) => line.sendBytes(gzipSync("{}"))],
    ["a frame of an unknown kind", (line: { send: (frame: unknown) => void }) => line.send({ t: "dance" })],
    [
      "a hello with a number for a name",
      (line: { send: (frame: unknown) => void }) => line.send({ t: "hello", probe: 7 }),
    ],
  ])("ends for %s", async (_what, act) => {
    const line = await openLine(collector.url);
    await line.next();
    act(line);
    expect(await line.next()).toMatchObject({ t: "refuse", code: "bad_message" });
    expect(await line.closed).toBe(4400);
  });

  test("ends by the WebSocket's own rule for a message far too big", async () => {
    const { line } = await greet(collector.url, await collector.probe());
    line.sendBytes(Buffer.alloc(LIMITS.messageBytes * 3));
    expect(await line.closed).toBe(1009);
  });

  test("ends with a goodbye when the collector stops", async () => {
    const other = await startCollector();
    const { line } = await greet(other.url, await other.probe());
    await other.close();
    expect(await line.next()).toMatchObject({ t: "refuse", code: "going_away", retryAfterS: 5 });
    expect(await line.closed).toBe(4503);
  });

  test("ends for a probe that sends without measure", async () => {
    const rates = { ...RATES, batches: { burst: 2, perSecond: 0.01 } };
    const strict = await startCollector({ rates });
    const probe = await strict.probe();
    const send = () => post(strict.url, packed(probe.batch([probe.write(webDraft())])));
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    expect(await send()).toMatchObject({ status: 429, body: { code: "too_fast" } });
    await strict.close();
  });
});
