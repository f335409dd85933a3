import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measureSpeed, type SpeedOptions } from "../../../probe/measure/speed.ts";
import { check } from "../../../protocol/parse.ts";
import { SpeedBody } from "../../../protocol/records/speed.ts";
import {
  closedPort,
  nextAddress,
  type Running,
  type Site,
  startBlackHole,
  startWorld,
  type World,
} from "../../world/index.ts";
import { createBucket, type Pace, startThrottle } from "../../world/throttle.ts";
import { calm } from "./web-settings.ts";

const OBJECT = Buffer.alloc(96 * 1024, "k");
const CAPS = { bytes: 64 * 1024, timeMs: 1_200, tailMs: 4_000, restMs: 0 };

let world: World;
let target: Site;
let control: Site;
/** The pace of each name; "pass" for others. */
const paces = new Map<string, Pace>();
let throttle: Running;
beforeAll(async () => {
  world = await startWorld();
  const names = ["target.test", "control.test"];
  const credentials = await world.authority.issue({ names });
  const answer = () => ({ body: OBJECT });
  [target, control] = [
    await world.addSite({ name: "target.test", credentials, answer }),
    await world.addSite({ name: "control.test", credentials, answer }),
  ];
  // One address, two names: as on a content network.
  const [origin] = target.origins;
  if (origin === undefined) throw new Error("no origin");
  throttle = world.keep(
    await startThrottle(
      { address: nextAddress() },
      { upstream: origin, decide: (sni) => paces.get(sni ?? "") ?? "pass" },
    ),
  );
});
afterAll(() => world.close());

function settings(more: Partial<SpeedOptions> = {}): SpeedOptions {
  const { address: ip, port } = throttle;
  return {
    target: "target.test",
    object: { url: `https://target.test:${port}/object`, ip },
    control: { url: `https://control.test:${port}/object`, ip, choice: "same-address" },
    caps: CAPS,
    ca: [world.authority.ca],
    ...more,
  };
}

/** Measures, and sees that the body is one that the collector takes. */
async function measured(options: SpeedOptions, signal = calm()): Promise<SpeedBody> {
  const body = await measureSpeed(options, signal);
  expect(check(SpeedBody, body)).toMatchObject({ ok: true });
  for (const series of Object.values(body.samples)) {
    expect(series).toEqual([...series].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    expect(series.at(-1)?.[1] ?? 0).toBeLessThanOrEqual(CAPS.bytes);
  }
  return body;
}

async function at(pace: Partial<Record<"target.test" | "control.test", Pace>>, more: Partial<SpeedOptions> = {}) {
  paces.clear();
  for (const [name, one] of Object.entries(pace)) paces.set(name, one);
  return measured(settings(more));
}

/** Bytes per millisecond from the request to the last point. */
function goodput(series: SpeedBody["samples"]["target"]): number {
  const [ms, bytes] = series.at(-1) ?? [1, 0];
  return bytes / Math.max(1, ms);
}

function ratio({ samples }: SpeedBody): number {
  return goodput(samples.target) / goodput(samples.control);
}

const KBIT_128 = 16_000;

describe("a pair of goodput samples", () => {
  test("on an even line is whole for both, with handshakes, connections and addresses", async () => {
    const body = await at({});
    expect(body).toMatchObject({
      target: "target.test",
      direction: "down",
      control: { choice: "same-address" },
      failure: { target: null, control: null },
      answered: { target: true, control: true },
      addresses: { target: throttle.address, control: throttle.address },
    });
    expect(body.samples.target.at(-1)?.[1]).toBe(CAPS.bytes);
    expect(body.samples.control.at(-1)?.[1]).toBe(CAPS.bytes);
    for (const key of ["handshakeMs", "connectMs"] as const)
      for (const value of Object.values(body[key] ?? {})) expect(value).toBeTypeOf("number");
  });

  test("shows a policer of 128 kbit/s on the target's name as a ratio below a half", async () => {
    const body = await at({ "target.test": { police: createBucket(KBIT_128, 4_000) } });
    expect(ratio(body)).toBeLessThan(0.5);
    expect(body.failure).toEqual({ target: null, control: null });
    expect(body.samples.target.length).toBeGreaterThan(3);
  });

  test("shows a shaper on the target's name as a ratio below a half", async () => {
    const body = await at({ "target.test": { shape: { bytesPerS: KBIT_128, delayMs: 100 } } });
    expect(ratio(body)).toBeLessThan(0.5);
  });

  test("shows congestion in both, whichever goes first", async () => {
    for (const random of [() => 0, () => 0.9]) {
      const slow = createBucket(40_000, 2_000);
      const body = await at({ "target.test": { police: slow }, "control.test": { police: slow } }, { random });
      expect(ratio(body)).toBeGreaterThan(0.4);
      expect(ratio(body)).toBeLessThan(2.5);
    }
  });

  test("shows a slow handshake of the target's name alone in handshakeMs", async () => {
    const body = await at({ "target.test": { handshakeDelayMs: 800 } });
    const { target: slow, control: quick } = body.handshakeMs;
    expect(slow).toBeGreaterThan(2 * (quick ?? 1000));
    expect(body.failure).toEqual({ target: null, control: null });
  });

  test("goes in an order drawn at random, which the record names", async () => {
    expect((await at({}, { random: () => 0 })).order).toBe("control-first");
    expect((await at({}, { random: () => 0.99 })).order).toBe("target-first");
  });

  test("asks for nothing compressed and no more than the cap", async () => {
    const asked: IncomingMessage["headers"][] = [];
    const server = world.keep(
      await plainServer((incoming, response) => {
        asked.push(incoming.headers);
        response.end("a little");
      }),
    );
    const body = await measured(plain(server));
    expect(asked[0]).toMatchObject({ "accept-encoding": "identity", range: `bytes=0-${CAPS.bytes - 1}` });
    expect(body.samples.target.at(-1)?.[1]).toBeGreaterThan(8);
    expect(body.handshakeMs).toEqual({ target: null, control: null });
  });
});

describe("the caps", () => {
  test("hold against a body without end, and the server is left", async () => {
    const written: number[] = [];
    const server = world.keep(
      await plainServer((_incoming, response) => {
        const more = () => {
          while (response.write(OBJECT)) if (response.destroyed) return;
        };
        response.on("drain", more);
        const { socket } = response;
        response.on("close", () => written.push(socket?.bytesWritten ?? 0));
        more();
      }),
    );
    const body = await measured(plain(server));
    expect(body.samples.target.at(-1)?.[1]).toBe(CAPS.bytes);
    expect(body.failure).toEqual({ target: null, control: null });
    await expect.poll(() => written.length).toBe(2);
    // The rest is what the kernel's buffers took: without the cap it would be hundreds of megabytes.
    expect(Math.max(...written)).toBeLessThan(16 * 1024 * 1024);
  });

  test("of time end a slow transfer with what has arrived, and the wait after its last byte counts", async () => {
    const server = world.keep(await plainServer((_incoming, response) => response.write("some bytes")));
    const body = await measured({ ...plain(server), caps: { ...CAPS, timeMs: 300 } });
    expect(body.failure).toEqual({ target: null, control: null });
    expect(body.samples.target.at(-1)?.[1]).toBeGreaterThan(10);
    expect(body.samples.target.length).toBeGreaterThan(1);
  });

  test("leave a tail in which very slow is told from silent", async () => {
    const caps = { ...CAPS, timeMs: 200, tailMs: 3_000 };
    const slow = await at({ "target.test": { afterHandshakeDelayMs: 700 } }, { caps });
    expect(slow.failure.target).toBeNull();
    const muted = await at({ "target.test": { afterHandshakeDelayMs: 60_000 } }, { caps: { ...caps, tailMs: 500 } });
    expect(muted.failure.target).toBe("generic_timeout_error");
    expect(muted.samples.target).toEqual([]);
    expect(muted.handshakeMs.target).toBeTypeOf("number");
    const silent = world.keep(await plainServer(() => {}));
    const none = await measured({ ...plain(silent), caps: { ...caps, tailMs: 500 } });
    expect(none.failure.target).toBe("generic_timeout_error");
    expect(none.samples.target).toEqual([]);
    expect(none.answered?.target).toBe(false);
  });

  test("let the bytes of a crawling answer be seen even when none of it could be read", async () => {
    const crawl = { police: createBucket(1_500, 4_500) };
    const body = await at({ "target.test": crawl }, { caps: { ...CAPS, timeMs: 300, tailMs: 1_500 } });
    expect(body.samples.target.at(-1)?.[1]).toBeGreaterThan(2_000);
    expect(ratio(body)).toBeLessThan(0.5);
  });

  test("make a metered line send handshakes only", async () => {
    const before = target.origins[0]?.asked.length;
    const body = await at({}, { metered: true });
    expect(body).toMatchObject({ handshakeOnly: true, samples: { target: [], control: [] } });
    expect(body.handshakeMs.target).toBeTypeOf("number");
    expect(target.origins[0]?.asked.length).toBe(before);
  });
});

describe("a pair that fails", () => {
  test("names the failure of each side and keeps the other's samples", async () => {
    const refusing = nextAddress();
    const object = { url: `https://target.test:${await closedPort(refusing)}/`, ip: refusing };
    const body = await at({}, { object });
    expect(body.failure).toEqual({ target: "connection_refused", control: null });
    expect(body.connectMs?.target).toBeNull();
    expect(body.samples.control.at(-1)?.[1]).toBe(CAPS.bytes);
  });

  test("names a swallowed connection a timeout", async () => {
    const hole = world.keep(await startBlackHole(nextAddress()));
    const object = { url: `https://target.test:${hole.port}/`, ip: hole.address };
    const body = await at({}, { object, caps: { ...CAPS, tailMs: 500 } });
    expect(body.failure.target).toBe("generic_timeout_error");
    expect(body.answered?.target).toBeNull();
  });

  test("measures nobody behind a certificate that does not hold", async () => {
    const body = await at({}, { ca: [] });
    expect(body.failure).toEqual({ target: "ssl_unknown_authority", control: "ssl_unknown_authority" });
    expect(body.samples).toEqual({ target: [], control: [] });
    expect(body.handshakeMs.target).toBeTypeOf("number");
  });

  test.each([
    ["another status", (response: ServerResponse) => response.writeHead(403).end("no"), "http_unexpected_status_code"],
    [
      "a redirect",
      (response: ServerResponse) => response.writeHead(302, { location: "/" }).end(),
      "http_unexpected_status_code",
    ],
    ["a close before the answer", (response: ServerResponse) => response.socket?.end(), "eof_error"],
    ["a reset before the answer", (response: ServerResponse) => response.socket?.resetAndDestroy(), "connection_reset"],
    [
      "an answer that is not HTTP",
      (response: ServerResponse) => response.socket?.end("NOT HTTP\r\n\r\n"),
      "http_parse_error",
    ],
  ])("by %s says so", async (_what, act, failure) => {
    const server = world.keep(await plainServer((_incoming, response) => void act(response)));
    expect((await measured(plain(server))).failure.target).toBe(failure);
  });

  test("by a reset in the middle keeps what had arrived", async () => {
    const server = world.keep(
      await plainServer((_incoming, response) => {
        response.write("the beginning", () => setTimeout(() => response.socket?.resetAndDestroy(), 50));
      }),
    );
    const body = await measured(plain(server));
    expect(body.failure.target).toBe("connection_reset");
    expect(body.samples.target.at(-1)?.[1]).toBeGreaterThan(13);
  });

  test("by being stopped holds a valid body, with what was seen until then", async () => {
    const stop = new AbortController();
    const server = world.keep(
      await plainServer((_incoming, response) => {
        response.write("the beginning", () => setTimeout(() => stop.abort(), 50));
      }),
    );
    const body = await measured({ ...plain(server), random: () => 0.9 }, stop.signal);
    expect(body.failure).toEqual({ target: "interrupted", control: "interrupted" });
    expect(body.samples.target.at(-1)?.[1]).toBeGreaterThan(13);
    expect(body.samples.control).toEqual([]);
  });
});

describe("an upload", () => {
  test("is counted by what the server says has arrived", async () => {
    let received = 0;
    const server = world.keep(
      await plainServer((incoming, response) => {
        incoming.on("data", (chunk: Buffer) => {
          received += chunk.length;
          response.write(`${received}\n`);
        });
        incoming.on("end", () => response.end());
      }),
    );
    const body = await measured(plain(server, { direction: "up" }));
    expect(body).toMatchObject({ direction: "up", failure: { target: null, control: null } });
    expect(body.samples.target.at(-1)?.[1]).toBe(CAPS.bytes);
    expect(received).toBe(2 * CAPS.bytes);
  });

  test("counts as arrived when a server says nothing but its good end", async () => {
    const server = world.keep(
      await plainServer((incoming, response) => {
        incoming.resume().on("end", () => response.end());
      }),
    );
    const body = await measured(plain(server, { direction: "up" }));
    expect(body.samples.target.map(([, bytes]) => bytes)).toEqual([CAPS.bytes]);
  });

  test("never goes to a server that is not our own", async () => {
    await expect(measureSpeed(settings({ direction: "up" }), calm())).rejects.toMatchObject({ code: "fault" });
    expect(control.origins[0]?.asked).toEqual([]);
  });
});

/** Target and control on one plain HTTP server, which takes uploads. */
function plain(server: Running, more: Partial<SpeedOptions> = {}): SpeedOptions {
  const object = { url: `http://target.test:${server.port}/`, ip: server.address, takesUploads: true };
  return settings({ object, control: { ...object, choice: "same-address" }, ...more });
}

async function plainServer(handle: (incoming: IncomingMessage, response: ServerResponse) => void): Promise<Running> {
  const address = nextAddress();
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address, port, close };
}
