import { afterEach, expect, test } from "vitest";
import { connect } from "../../../probe/measure/connect.ts";
import { closedPort, nextAddress, type Running, startBlackHole, startOrigin } from "../../world/index.ts";
import { calm } from "./web-settings.ts";

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

test("connect opens a connection and times it", async () => {
  const origin = await startOrigin({ address: nextAddress() }, () => ({}));
  running.push(origin);
  const result = await connect({ ip: origin.address, port: origin.port }, calm());
  expect(result).toMatchObject({ ok: true, step: { ip: origin.address, port: origin.port, failure: null } });
  if (result.ok) result.socket.destroy();
});

test("connect reports connection_refused when nothing listens", async () => {
  const ip = nextAddress();
  const result = await connect({ ip, port: await closedPort(ip) }, calm());
  expect(result).toMatchObject({ ok: false, step: { failure: "connection_refused", raw: "ECONNREFUSED" } });
});

test("connect reports generic_timeout_error when the address swallows connections", async () => {
  const hole = await startBlackHole(nextAddress());
  running.push(hole);
  const result = await connect({ ip: hole.address, port: hole.port, timeoutMs: 200 }, calm());
  expect(result).toMatchObject({ ok: false, step: { failure: "generic_timeout_error" } });
});

test("connect reports interrupted when the measurement is stopped", async () => {
  const hole = await startBlackHole(nextAddress());
  running.push(hole);
  const stop = new AbortController();
  const connecting = connect({ ip: hole.address, port: hole.port }, stop.signal);
  stop.abort();
  expect(await connecting).toMatchObject({ ok: false, step: { failure: "interrupted" } });
});

test("connect reports a failure for an address that cannot be reached at all", async () => {
  // Multicast addresses take no TCP connection.
  const result = await connect({ ip: "224.0.0.1", port: 443, timeoutMs: 500 }, calm());
  expect(result.ok).toBe(false);
  expect(result.step.failure).not.toBeNull();
});

test("connect counts startMs on the timer given", async () => {
  const ip = nextAddress();
  const result = await connect({ ip, port: await closedPort(ip), timer: () => 1234 }, calm());
  expect(result.step).toMatchObject({ startMs: 1234, durationMs: 0 });
});
