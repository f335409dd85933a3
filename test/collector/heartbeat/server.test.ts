import { createSocket } from "node:dgram";
import { once } from "node:events";
import packet from "dns-packet";
import { afterEach, expect, it } from "vitest";
import { RATES } from "../../../collector/ingest/limits.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { writeBeat } from "../../../protocol/dns-beat.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { createTestProbe, greet, join, type TestProbe } from "../test-probe.ts";

const ZONE = "b.example.org";
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Options = NonNullable<Parameters<typeof startCollector>[0]>;

/** A collector with a zone, a probe that has joined it and not spoken since, and a socket to ask with. */
async function world(options: Options = {}) {
  const flags = { "dns-zone": ZONE, "dns-port": "0", "heartbeat-seconds": "600", ...options.flags };
  const collector = await startCollector({ ...options, flags });
  ends.push(collector.close);
  const probe = createTestProbe();
  const { joined } = await join(collector.url, probe, await collector.invite());
  const secret = joined?.config.dnsBeat?.secret ?? "";
  const socket = createSocket("udp4");
  ends.push(() => socket.close());
  await new Promise<void>((resolve) => socket.connect(collector.dnsPort ?? 0, "127.0.0.1", resolve));
  let counter = 0;
  const name = (changes: { at?: number; zone?: string; secret?: string } = {}) => {
    const beat = { counter: counter++, seq: 5, boot: "0011aabb", uptimeMinutes: 9, link: "isp" as const };
    const { at = nowS(), zone = ZONE } = changes;
    return writeBeat({ ...beat, at }, { zone, secret: changes.secret ?? secret });
  };
  const send = async (bytes: Buffer) => {
    const answer = once(socket, "message");
    socket.send(bytes);
    const [data] = (await answer) as [Buffer];
    expect(data.length).toBeLessThanOrEqual(bytes.length * 2);
    return packet.decode(data) as packet.DecodedPacket & { rcode: string };
  };
  const ask = (asked: string, type: packet.RecordType = "A") => send(question(asked, type));
  return { collector, probe, secret, name, ask, send, socket };
}

const nowS = () => Math.floor(Date.now() / 1000);
const question = (name: string, type: packet.RecordType = "A") =>
  packet.encode({ type: "query", id: 77, flags: packet.RECURSION_DESIRED, questions: [{ type, name }] });

/** Beats that the collector counted, by its own log. */
const counted = ({ logs }: TestCollector) => logs().split('"a heartbeat came"').length - 1;

async function presences({ folder }: TestCollector, probe: TestProbe) {
  const store = await openStore(folder);
  try {
    const window = { from: 0, to: Date.now() + 60_000 };
    const [byDns, byLine] = [await store.dnsPresence.within(window), await store.presence.within(window)];
    const own = (rows: typeof byDns) => rows.filter((row) => row.probe === probe.id).length;
    return { byDns: own(byDns), byLine: own(byLine) };
  } finally {
    await store.close();
  }
}

it("a good beat says that its host is up and not that its line is, in whatever case it comes, and is answered in the same", async () => {
  const { collector, probe, name, ask } = await world();
  expect(await presences(collector, probe)).toEqual({ byDns: 0, byLine: 0 });
  const asked = name()
    .split("")
    .map((letter, index) => (index % 2 ? letter.toUpperCase() : letter))
    .join("");
  const answer = await ask(asked);
  expect(answer).toMatchObject({
    id: 77,
    rcode: "NOERROR",
    flag_aa: true,
    flag_ra: false,
    questions: [{ name: asked }],
    answers: [{ name: asked, type: "A", ttl: 0, data: "192.0.2.53" }],
  });
  expect(counted(collector)).toBe(1);
  await expect.poll(() => presences(collector, probe)).toEqual({ byDns: 1, byLine: 0 });
});

it("a beat heard twice counts once; the second asker, a resolver that lost the answer, gets the same answer", async () => {
  const { collector, name, ask } = await world();
  const asked = name();
  const answers = [await ask(asked), await ask(asked), await ask(asked.toUpperCase())];
  expect(answers.map(({ rcode }) => rcode)).toEqual(["NOERROR", "NOERROR", "NOERROR"]);
  expect(counted(collector)).toBe(1);
});

it("forged, stale, early and unknown beats count nothing", async () => {
  const { collector, name, ask } = await world();
  const wrong = [
    name({ secret: "ab".repeat(32) }),
    name({ at: nowS() - 3600 }),
    name({ at: nowS() + 3600 }),
    name({ zone: "other.example.org" }).replace("other.example.org", ZONE),
    `${"a".repeat(61)}.${ZONE}`,
    `x.${name()}`,
    `www.${ZONE}`,
  ];
  for (const asked of wrong) expect(await ask(asked)).toMatchObject({ rcode: "NXDOMAIN", answers: [] });
  expect(counted(collector)).toBe(0);
});

it("a beat heard before the collector was started anew does not count again", async () => {
  const first = await world({ keep: true });
  const asked = first.name({ at: nowS() - 2 });
  const { folder } = first.collector;
  for (const end of ends.splice(0).reverse()) await end();
  const second = await world({ folder, keep: true });
  expect(await second.ask(asked)).toMatchObject({ rcode: "NXDOMAIN" });
  expect(await second.ask(second.name())).toMatchObject({ rcode: "NOERROR" });
  expect(counted(second.collector)).toBe(1);
});

it("a probe that was revoked is not counted", async () => {
  const { collector, probe, name, ask } = await world();
  await ask(name());
  const store = await openStore(collector.folder);
  await store.probes.revoke(probe.id, Date.now());
  await store.close();
  expect(await ask(name())).toMatchObject({ rcode: "NXDOMAIN" });
  expect(counted(collector)).toBe(1);
});

it("answers for its zone only and looks up nothing for anyone", async () => {
  const { collector, name, ask } = await world();
  expect((await ask(ZONE, "SOA")).answers).toEqual([]);
  for (const asked of ["example.com", "org", name({ zone: "c.example.org" }), `x${ZONE}`])
    expect(await ask(asked)).toMatchObject({ rcode: "REFUSED", answers: [], flag_aa: false, flag_ra: false });
  expect(await ask(ZONE, "NS")).toMatchObject({ rcode: "NOERROR", answers: [] });
  expect(counted(collector)).toBe(0);
});

it("tells its SOA where the question leaves room for it", async () => {
  const zone = "heartbeats.kuager.example.org";
  const { ask, send } = await world({ flags: { "dns-zone": zone } });
  const small = packet.encode({
    type: "query",
    questions: [{ type: "SOA", name: zone }],
    additionals: [{ type: "OPT", name: ".", udpPayloadSize: 1232, flags: 0, options: [] } as never],
  });
  expect((await send(small)).answers).toHaveLength(1);
  expect((await ask(zone, "SOA")).answers).toMatchObject([{ type: "SOA", data: { mname: zone, minimum: 0 } }]);
});

it("says nothing to what is no question: too long, cut, an answer, several questions, noise", async () => {
  const { collector, name, ask, socket } = await world();
  const good = question(name());
  const answer = Buffer.from(good);
  answer[2] = 0x80;
  const looping = Buffer.concat([good.subarray(0, 12), Buffer.from([0xc0, 12, 0, 1, 0, 1])]);
  const twice = packet.encode({ questions: [1, 2].map(() => ({ type: "A" as const, name: name() })) });
  const long = Buffer.concat([question(name()), Buffer.alloc(600)]);
  const heard: Buffer[] = [];
  socket.on("message", (data) => heard.push(data));
  for (const bytes of [Buffer.alloc(1), Buffer.alloc(12), Buffer.alloc(300, 255), good.subarray(0, 40), answer])
    socket.send(bytes);
  for (const bytes of [looping, twice, long]) socket.send(bytes);
  // Datagrams on the loopback keep their order: what comes first is the answer to the last question.
  await ask(`www.${ZONE}`);
  expect(heard).toHaveLength(1);
  expect(counted(collector)).toBe(0);
});

it("lets no more questions through than its one bucket for all", async () => {
  const questions = { burst: 5, perSecond: 0.001 };
  const { collector, name, ask, socket } = await world({ rates: { ...RATES, questions } });
  for (let sent = 0; sent < 5; sent++) await ask(name());
  const heard: Buffer[] = [];
  socket.on("message", (data) => heard.push(data));
  for (let sent = 0; sent < 20; sent++) socket.send(question(name()));
  // A round over TCP, whose answer comes after the datagrams were read.
  await fetch(`${collector.url}/uplink/v1/config`);
  expect([heard.length, counted(collector)]).toEqual([0, 5]);
});

it("tells the secret to the probe itself only, and writes no address into its log", async () => {
  const { collector, probe, secret, name, ask } = await world();
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  const shown: unknown = await (await fetch(`${collector.url}/uplink/v1/config?probe=${probe.id}`)).json();
  expect(shown).toMatchObject({ dnsBeat: { zone: ZONE } });
  expect(JSON.stringify(shown)).not.toContain("secret");
  const { line, answer } = await greet(collector.url, probe);
  expect(answer).toMatchObject({ t: "welcome", config: { dnsBeat: { zone: ZONE, secret } } });
  line.socket.terminate();
  await ask(name());
  expect(collector.logs()).toContain('"route":"dns"');
  expect(collector.logs().replaceAll(collector.url, "")).not.toMatch(/127\.0\.0\.1|address/);
  expect(collector.logs()).not.toContain(secret);
});

it("says what to do when its UDP port is taken, and lets go of its other port", async () => {
  const { collector } = await world();
  const flags = { "dns-zone": ZONE, "dns-port": String(collector.dnsPort) };
  await expect(startCollector({ flags })).rejects.toThrow(/UDP port \d+ is in use. Choose another with --dns-port/);
});
