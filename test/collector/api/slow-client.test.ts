import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet } from "../test-probe.ts";

let collector: TestCollector;
beforeAll(async () => {
  const http = { headersMs: 200, requestMs: 300, silentMs: 400, checkMs: 50 };
  collector = await startCollector({ http, flags: { "log-level": "trace", "heartbeat-seconds": "30" } });
});
afterAll(() => collector.close());

async function dial(text: string): Promise<Socket> {
  // An address of its own, so that it could be found in a log.
  const socket = connect({ port: collector.port, host: "127.0.0.1", localAddress: "127.0.0.77" });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(text);
  return socket;
}

test.each([
  ["nothing", ""],
  ["half its headers", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "],
  ["half its body", "POST /uplink/v1/batches HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"],
])("a client that sends %s and no more is dropped", async (_what, text) => {
  const socket = await dial(text);
  await once(socket.resume(), "close");
});

test("a client that sends a header drop by drop is dropped too", async () => {
  const socket = await dial("GET / HTTP/1.1\r\nHost: a\r\n");
  const drip = setInterval(() => socket.write("X: y\r\n"), 20);
  await once(socket.resume(), "close");
  clearInterval(drip);
});

test("a probe's quiet line outlives those times", async () => {
  const probe = await collector.probe();
  const { line } = await greet(collector.url, probe);
  const quiet = await dial("");
  // A connection opened later was dropped for its silence: the line was silent for longer.
  await once(quiet.resume(), "close");
  line.send({ t: "beat", seq: 0 });
  expect(await line.next()).toMatchObject({ t: "time" });
  line.socket.close();
});

test("no address of a client is in the log, at any level", async () => {
  const socket = await dial("GET /api/v1/nothing?asn=x HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.9\r\n\r\n");
  await once(socket, "data");
  socket.destroy();
  const bad = await dial("BROKEN\r\n\r\n");
  await once(bad.resume(), "close");
  expect(collector.logs()).toContain('"status":404');
  expect(collector.logs()).not.toMatch(/127\.0\.0\.77|198\.51\.100\.9/);
});
