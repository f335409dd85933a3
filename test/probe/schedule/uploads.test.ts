import { connect } from "node:net";
import { createServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measureSpeed } from "../../../probe/measure/speed.ts";
import { looksSlow } from "../../../probe/measure/speed-slow.ts";
import { uploadPair } from "../../../probe/schedule/uploads.ts";
import { startCollector, type TestCollector } from "../../collector/test-collector.ts";
import { type Credentials, nextAddress, type Running, startWorld, type World } from "../../world/index.ts";
import { listen } from "../../world/places.ts";
import { createBucket, startThrottle } from "../../world/throttle.ts";

let world: World;
let collector: TestCollector;
let throttled: Running;
const never = new AbortController().signal;
const CAPS = { bytes: 64 * 1024, timeMs: 2_000, tailMs: 6_000, restMs: 0 };

/** TLS in front of the collector, as a proxy on its host would do it: it asks for no name in particular. */
async function startFront(credentials: Credentials): Promise<Running> {
  const address = nextAddress();
  const server = createServer({ key: credentials.key, cert: credentials.cert }, (client) => {
    const onward = connect(collector.port, "127.0.0.1");
    client.pipe(onward).pipe(client);
    client.on("error", () => onward.destroy());
    onward.on("error", () => client.destroy());
  });
  const port = await listen(server, address);
  return { address, port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

beforeAll(async () => {
  world = await startWorld();
  collector = await startCollector();
  const front = world.keep(await startFront(await world.authority.issue({ names: ["collector.test"] })));
  const decideUp = (sni: string | null) =>
    sni === "slow.test" ? { police: createBucket(16_000, 4_000) } : { shape: { bytesPerS: 400_000, delayMs: 0 } };
  const decide = () => "pass" as const;
  throttled = world.keep(await startThrottle({ address: nextAddress() }, { upstream: front, decide, decideUp }));
});
afterAll(async () => {
  await world.close();
  await collector.close();
});

const lookup = async () => [throttled.address];
const at = () => `https://collector.test:${throttled.port}`;

describe("an upload under a target's name", () => {
  it("goes to the collector, and shows that the name alone makes it slow", async () => {
    const pair = await uploadPair("slow.test", { collector: at(), takesUploads: true, lookup });
    if (pair === null) throw new Error("no pair");
    const options = { target: "slow.test", ...pair, direction: "up", caps: CAPS, ca: [world.authority.ca] } as const;
    const body = await measureSpeed(options, never);
    expect(body.failure).toEqual({ target: null, control: null });
    expect(body.control.choice).toBe("same-address");
    expect(body.samples.control.at(-1)?.[1]).toBe(CAPS.bytes);
    expect(looksSlow(body)).toBe(true);
  });

  it("is as fast as the control where nobody minds the name", async () => {
    const pair = await uploadPair("plain.test", { collector: at(), takesUploads: true, lookup });
    if (pair === null) throw new Error("no pair");
    const options = { target: "plain.test", ...pair, direction: "up", caps: CAPS, ca: [world.authority.ca] } as const;
    const body = await measureSpeed(options, never);
    expect(body.samples.target.at(-1)?.[1]).toBe(CAPS.bytes);
    expect(looksSlow(body)).toBe(false);
  });

  it("is not made where the collector takes none, or has no address", async () => {
    expect(await uploadPair("slow.test", { collector: at(), takesUploads: false, lookup })).toBeNull();
    const nowhere = { collector: "https://no-such-host.invalid", takesUploads: true };
    expect(await uploadPair("slow.test", nowhere)).toBeNull();
  });
});

describe("the collector", () => {
  it("counts what arrives and refuses what is too much, however it is sent", async () => {
    const send = (body: Uint8Array) => fetch(`${collector.url}/uplink/v1/speed`, { method: "POST", body });
    const whole = await send(new Uint8Array(300_000));
    expect([whole.status, (await whole.text()).trim().split("\n").at(-1)]).toEqual([200, "300000"]);
    const tooBig = await send(new Uint8Array(2 * 1024 * 1024));
    expect([tooBig.status, await tooBig.json()]).toEqual([413, expect.objectContaining({ code: "too_big" })]);
    expect((await send(new Uint8Array(0))).status).toBe(413);
    const unsaid = new ReadableStream({ start: (stream) => stream.close() });
    const streamed = await fetch(`${collector.url}/uplink/v1/speed`, {
      method: "POST",
      body: unsaid,
      duplex: "half",
    } as RequestInit);
    expect(streamed.status).toBe(413);
  });
});
