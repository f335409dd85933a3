import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAnchors } from "../../../probe/link/anchors.ts";
import { createAuthenticity } from "../../../probe/link/authentic.ts";
import { createNames } from "../../../probe/link/names.ts";
import { dnsGreeting, quicGreeting, udpAnswers } from "../../../probe/link/udp-check.ts";
import type { Anchor } from "../../../protocol/target.ts";

const never = new AbortController().signal;
const server = createServer((socket) => socket.end());
let port = 0;
let closedPort = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  closedPort = (other.address() as AddressInfo).port;
  await new Promise((resolve) => other.close(resolve));
});
afterAll(() => {
  server.close();
});

const anchor = (id: string, open: boolean): Anchor => ({
  id,
  group: "foreign",
  host: "127.0.0.1",
  port: open ? port : closedPort,
  addresses: [],
  operator: "test",
  source: "test",
});
const names = createNames({ servers: () => [], isBogon: () => false });
const options = () => ({ names, authenticity: createAuthenticity([]), timeoutMs: 2000, random: () => 0.5 });

describe("anchors", () => {
  it("are asked two at a time while both answer", async () => {
    const anchors = ["a", "b", "c", "d"].map((id) => anchor(id, true));
    const checks = await checkAnchors(anchors, options(), never);
    expect(checks.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it("are all asked when one of the first two fails, each with its own failure", async () => {
    const anchors = [anchor("a", false), anchor("b", true), anchor("c", true)];
    const checks = await checkAnchors(anchors, options(), never);
    expect(checks.map(({ id, ok, failure }) => [id, ok, failure])).toEqual([
      ["a", false, "connection_refused"],
      ["b", true, null],
      ["c", true, null],
    ]);
  });
});

describe("a datagram", () => {
  it("counts as answered when something comes back, or the port is refused", async () => {
    const echo = createSocket("udp4");
    echo.on("message", (data, from) => echo.send(data, from.port, from.address));
    await new Promise<void>((resolve) => echo.bind(0, "127.0.0.1", resolve));
    const answered = { ip: "127.0.0.1", port: echo.address().port, data: dnsGreeting(), timeoutMs: 2000 };
    expect(await udpAnswers(answered, never)).toBe(true);
    echo.close();
    expect(await udpAnswers({ ...answered, port: closedPort }, never)).toBe(true);
  });

  it("counts as lost when nothing comes back in time", async () => {
    const silent = createSocket("udp4");
    await new Promise<void>((resolve) => silent.bind(0, "127.0.0.1", resolve));
    const sent = { ip: "127.0.0.1", port: silent.address().port, data: quicGreeting(), timeoutMs: 100 };
    expect(await udpAnswers(sent, never)).toBe(false);
    silent.close();
  });
});

it("a QUIC greeting has a long header, an unknown version and the size that servers ask for", () => {
  const packet = quicGreeting();
  expect([packet.length, (packet[0] ?? 0) & 0xc0]).toEqual([1200, 0xc0]);
});
