import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import packet from "dns-packet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { connect } from "../../probe/measure/connect.ts";
import { decodeMessage, readAnswer } from "../../probe/measure/dns-codec.ts";
import { handshake } from "../../probe/measure/handshake.ts";
import { bodyText, keptHeaders, titleOf } from "../../probe/measure/page.ts";
import { urlForRecord, withoutAddresses } from "../../probe/measure/privacy.ts";
import { redirectTarget } from "../../probe/measure/redirect.ts";
import { request } from "../../probe/measure/request.ts";
import { resolve } from "../../probe/measure/resolve.ts";
import { trustIn } from "../../probe/measure/trust.ts";
import { ALPN } from "../../probe/measure/visit.ts";
import { measureWeb } from "../../probe/measure/web.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { DnsStep, HttpStep, TlsStep, WebBody } from "../../protocol/records/web.ts";
import { calm, webSettings } from "../probe/measure/web-settings.ts";
import { page, startWorld, type World } from "../world/index.ts";
import { watchMemory } from "./memory.ts";
import { type Act, drip, type Peer, peers, pourOut, realFlight, startPeer, withPeers } from "./peers.ts";
import { mutated, type Random } from "./random.ts";
import { startRawDns } from "./raw-dns.ts";
import { startTally } from "./tally.ts";

const SEED = Number(process.env.KUAGER_FUZZ_SEED ?? 20220105);
/** Against a real peer each case may take this long: silence must not make the suite slow. */
const STEP_MS = 400;
/** Held after all cases more than before; bodies, headers and sessions of 10,000 cases would be far more. */
const HELD_MIB = 48;
const RESIDENT_MIB = 400;

const tally = startTally(SEED, 24);
const { many } = tally;
let world: World;
let memory: Awaited<ReturnType<typeof watchMemory>>;

beforeAll(async () => {
  world = await startWorld();
  memory = await watchMemory();
});
afterAll(async () => {
  console.log(tally.text());
  await world.close();
});

describe("hostile answers of DNS", () => {
  const answers: packet.Answer[] = [
    { type: "CNAME", name: "orda.test", ttl: 60, data: "edge.cdn.test" },
    { type: "A", name: "edge.cdn.test", ttl: 60, data: "192.0.2.1" },
    { type: "AAAA", name: "edge.cdn.test", ttl: 60, data: "2001:db8::1" },
    { type: "TXT", name: "edge.cdn.test", ttl: 60, data: "text" },
    {
      type: "SOA",
      name: "test",
      ttl: 1,
      data: { mname: "a.test", rname: "b.test", serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
    },
  ];
  const real = packet.encode({
    type: "response",
    id: 7,
    flags: 0x180,
    questions: [{ type: "A", name: "orda.test" }],
    answers,
  });

  test("that were changed in a few bytes are read or refused", async () => {
    await many("DNS messages changed", 5600, async (random) => {
      const read = readAnswer(mutated(real, random), "orda.test", "A");
      if (read !== null) expect(read.answers.length).toBeLessThanOrEqual(LIMITS.stepsPerKind);
      return read === null ? "refused" : "read";
    });
  });

  test("whose names point to each other end", async () => {
    const loops = [[0xc0, 12], [0xc0, 14, 0xc0, 12], [1, 97, 0xc0, 12], [0xc0, 0xff], [0xff, 0xff], [63], [0x40, 0x80]];
    await many("DNS names in a loop", 400, async (random, index) => {
      const loop = Buffer.from(loops[index % loops.length] ?? []);
      const header = Buffer.from([0, 7, 0x81, 0x80, 0, 1, 0, 1 + random.int(3), 0, 0, 0, 0]);
      const many = Buffer.concat(Array.from({ length: 1 + random.int(200) }, () => loop));
      const read = decodeMessage(Buffer.concat([header, many, Buffer.from([0, 1, 0, 1, 0, 0, 0, 9, 0xff, 0xff])]));
      return read === null ? "refused" : "read";
    });
  });

  test("of ten thousand records keep to the size of the record", async () => {
    const flood = Array.from(
      { length: 4000 },
      (_, index) => ({ type: "A", name: "a", ttl: 1, data: `192.0.${index >> 8}.${index & 255}` }) as const,
    );
    const data = packet.encode({ type: "response", id: 7, questions: [], answers: flood });
    await many("DNS records without end", 20, async () => {
      expect(decodeMessage(data)?.answers).toHaveLength(LIMITS.stepsPerKind);
      return "cut";
    });
  });

  test("over real sockets are a step of the record", async () => {
    const raw = await startRawDns(real);
    await many("DNS over UDP and TCP", 260, async (random) => {
      const step = await resolve(
        {
          resolver: "system",
          server: raw.endpoint,
          name: "orda.test",
          type: "A",
          timeoutMs: 150,
          lateMs: 20,
          queryId: random.int(65536),
        },
        calm(),
      );
      expect(DnsStep.safeParse({ id: 1, ...step }).error).toBeUndefined();
      return step.failure;
    });
    await raw.close();
  });
});

describe("hostile texts", () => {
  const parts = [
    "<title",
    "<TITLE>",
    ">",
    "<",
    "charset=",
    "utf-16",
    "koi8-r",
    "http://",
    "//",
    "[",
    "]",
    "::",
    ":",
    ".",
    "1.2.3.4",
    "aa:bb:cc:dd:ee:ff",
    "%",
    "%3a",
    "?",
    "&",
    "=",
    "\0",
    "\r\n",
    "\ud800",
    "ғ",
    " ",
    "a",
    "-",
    "@",
    "#",
    "xn--",
    "999999",
  ] as const;
  const text = (random: Random) => Array.from({ length: random.int(300) }, () => random.pick(parts)).join("");

  test("are read without failing, within the sizes of the record", async () => {
    await many("headers, titles, places", 2400, async (random) => {
      const body = Buffer.from(text(random));
      const headers = keptHeaders({
        "content-type": text(random),
        location: text(random),
        server: [text(random), text(random)],
      });
      for (const value of Object.values(headers)) expect(value.length).toBeLessThanOrEqual(LIMITS.headerValue);
      const title = titleOf(bodyText(body, headers["content-type"]));
      expect(title === null || title.length <= LIMITS.title).toBe(true);
      const { location, url, failure } = redirectTarget(new URL("https://orda.test/a"), 302, text(random));
      expect(z.string().max(LIMITS.url).nullable().safeParse(location).success).toBe(true);
      urlForRecord(text(random));
      withoutAddresses(text(random));
      return failure ?? (url === null ? "not followed" : "followed");
    });
  });

  test("made to be slow to read are not", async () => {
    const size = LIMITS.bodyBytes;
    const slow = ["<title", "<title ", "a:", "1.", "aa:", "0", ":", "charset", "charset ", "<title>", "%", "=&", " "];
    await many("texts that are slow to read", slow.length, async (_random, index) => {
      const long = (slow[index] ?? "").repeat(size / 2).slice(0, size);
      titleOf(bodyText(Buffer.from(long), long));
      withoutAddresses(`${long}g`);
      urlForRecord(`http://a.test/?${long.slice(0, LIMITS.url)}`);
      return "read";
    });
  });
});

describe("hostile TLS", () => {
  async function shake(peer: Peer, act: Act): Promise<string | null> {
    const opened = await connect({ ip: peer.address, port: peer.port, timeoutMs: 5000 }, calm());
    if (!opened.ok) throw new Error(`the peer is gone: ${opened.step.failure}`);
    peer.act = act;
    const { socket } = opened;
    const trust = trustIn([]);
    const done = await handshake(
      { socket, sni: "orda.test", name: "orda.test", purpose: "target", timeoutMs: STEP_MS, trust, alpn: ALPN },
      calm(),
    );
    expect(TlsStep.safeParse({ id: 1, tcp: 1, ...done.step }).error).toBeUndefined();
    if (done.ok) done.socket.destroy();
    return done.step.failure;
  }

  test("handshakes changed in a few bytes are failures with a name", async () => {
    const flight = await realFlight(await world.authority.issue({ names: ["orda.test"] }));
    await withPeers(await peers(12), async (take) => {
      await many("TLS handshakes changed", 500, (random) =>
        take((peer) => shake(peer, (socket) => void socket.end(mutated(flight, random)))),
      );
    });
  });

  test("records of every type and length, alerts and noise are failures with a name", async () => {
    await withPeers(await peers(12), async (take) => {
      await many("TLS records made up", 160, (random) =>
        take((peer) => {
          const noise = Buffer.from(Array.from({ length: random.int(400) }, () => random.int(256)));
          const record = Buffer.from([20 + random.int(6), 3, random.int(5), random.int(256), random.int(256)]);
          return shake(peer, (socket) => void socket.end(Buffer.concat([record, noise])));
        }),
      );
      await many("TLS records without end", 8, () =>
        take((peer) =>
          shake(peer, (socket) =>
            pourOut(socket, Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0]), Buffer.alloc(0x4000, 11)])),
          ),
        ),
      );
    });
  });
});

describe("hostile HTTP", () => {
  async function ask(peer: Peer, act: Act, secure = false): Promise<HttpStep> {
    const opened = await connect({ ip: peer.address, port: peer.port, timeoutMs: 5000 }, calm());
    if (!opened.ok) throw new Error(`the peer is gone: ${opened.step.failure}`);
    peer.act = act;
    let socket = opened.socket;
    if (secure) {
      const trust = trustIn([world.authority.ca]);
      const done = await handshake(
        { socket, sni: "orda.test", name: "orda.test", purpose: "target", trust, alpn: ALPN },
        calm(),
      );
      if (!done.ok) throw new Error(`no handshake: ${done.step.failure}`);
      socket = done.socket;
    }
    const url = new URL(`${secure ? "https" : "http"}://orda.test:${peer.port}/`);
    const { step } = await request({ socket, url, timeoutMs: STEP_MS, isBlockPage: () => true }, calm());
    const whole = { id: 1, tcp: 1, tls: null, ...step };
    expect(HttpStep.safeParse(whole).error).toBeUndefined();
    expect(whole.bodyBytes).toBeLessThanOrEqual(LIMITS.bodyBytes);
    return whole;
  }

  const real = Buffer.from(
    `HTTP/1.1 200 OK\r\nserver: nginx\r\ndate: Mon, 05 Jan 2026 10:00:00 GMT\r\ncontent-type: text/html; charset=utf-8\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n2f\r\n${page("Orda").slice(0, 47)}\r\n0\r\n\r\n`,
  );

  test("answers changed in a few bytes are a step of the record", async () => {
    await withPeers(await peers(16), async (take) => {
      await many("HTTP answers changed", 500, (random) =>
        take(async (peer) => (await ask(peer, (socket) => void socket.end(mutated(real, random)))).failure),
      );
    });
  });

  test("heads that are too big, wrong or without end are failures, not memory", async () => {
    const acts: readonly [Act, ...Act[]] = [
      (socket) => pourOut(socket, Buffer.from("x-header: ".padEnd(1000, "a"))),
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        pourOut(socket, Buffer.from("a: b\r\n".repeat(100)));
      },
      (socket) => pourOut(socket, Buffer.from("HTTP/1.1 100 Continue\r\n\r\n".repeat(100))),
      (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello"),
      (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n"),
      (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
      (socket) => void socket.end("HTTP/1.1 999999 No\r\n\r\n"),
      (socket) => void socket.end("HTTP/1.1 099 No\r\n\r\n"),
      (socket) => void socket.end("HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n"),
      (socket) => void socket.end("HTTP/0.9 200\r\n\r\n"),
      (socket) => void socket.end(`HTTP/1.1 302 F\r\nlocation: ${"/a".repeat(20_000)}\r\ncontent-length: 0\r\n\r\n`),
      (socket) =>
        void socket.end(`HTTP/1.1 302 F\r\nlocation: http://${"a".repeat(300)}/\r\ncontent-length: 0\r\n\r\n`),
      (socket) => void socket.end("HTTP/1.1 302 F\r\nlocation: javascript:alert(1)\r\ncontent-length: 0\r\n\r\n"),
      (socket) => void socket.end(""),
    ];
    await withPeers(await peers(8), async (take) => {
      await many("HTTP heads made up", 56, (_random, index) =>
        take(async (peer) => (await ask(peer, acts[index % acts.length] ?? acts[0])).failure),
      );
    });
  });

  const packedHead = (encoding: string, more = "") =>
    Buffer.from(`HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-type: text/html\r\n${more}\r\n`);
  type Packer = readonly [name: string, pack: (data: Buffer | string) => Buffer];
  const PACKERS: readonly [Packer, ...Packer[]] = [
    ["gzip", (data) => gzipSync(data)],
    ["deflate", (data) => deflateSync(data)],
    ["br", (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })],
  ];

  test("bombs are unpacked up to the size of the record, whatever packed them", async () => {
    const bombs = PACKERS.map(([encoding, pack]) => ({ encoding, bomb: pack(Buffer.alloc(64 * 1024 * 1024)) }));
    await withPeers(await peers(4), async (take) => {
      await many("bombs", 24, (random) =>
        take(async (peer) => {
          const [first, ...others] = bombs;
          if (first === undefined) throw new Error("no bomb");
          const { encoding, bomb } = random.pick([first, ...others]);
          const head = packedHead(encoding, `content-length: ${bomb.length}\r\n`);
          const step = await ask(peer, (socket) => void socket.end(Buffer.concat([head, bomb])));
          expect(step.truncated || step.failure === "generic_timeout_error").toBe(true);
          expect(step.wireBytes ?? 0).toBeLessThanOrEqual(LIMITS.bodyBytes);
          return step.failure ?? "cut";
        }),
      );
    });
  });

  test("packed bodies that are changed, cut short, mislabelled or without end are a step of the record", async () => {
    const text = page("Orda", "news of the day ".repeat(500));
    await withPeers(await peers(12), async (take) => {
      await many("packed bodies changed", 300, (random) =>
        take(async (peer) => {
          const packer = random.pick(PACKERS);
          const [, pack] = packer;
          const [named] = random.int(4) === 0 ? random.pick(PACKERS) : packer;
          const body = pack(text);
          const spoilt = random.int(2) === 0 ? mutated(body, random) : body.subarray(0, random.int(body.length));
          const step = await ask(peer, (socket) => void socket.end(Buffer.concat([packedHead(named), spoilt])));
          return step.failure;
        }),
      );
      // Empty stored blocks (RFC 1951 section 3.2.4): bytes for ever, out of which nothing ever comes.
      const hollow = Buffer.concat(Array.from({ length: 4096 }, () => Buffer.from([0, 0, 0, 0xff, 0xff])));
      const begin = gzipSync("").subarray(0, 10);
      await many("packed bodies without end", 12, (_random, index) =>
        take(async (peer) => {
          const step = await ask(peer, (socket) => {
            socket.write(Buffer.concat([packedHead("gzip"), begin]));
            if (index % 2 === 0) pourOut(socket, hollow);
            else pourOut(socket, gzipSync(Buffer.alloc(100_000, index)));
          });
          expect(step.wireBytes ?? 0).toBeLessThanOrEqual(LIMITS.bodyBytes);
          return step.truncated ? "cut" : step.failure;
        }),
      );
    });
  });

  test("bodies without end are cut, dripping ones end with the deadline", async () => {
    const part = Buffer.alloc(64 * 1024, 97);
    const head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n";
    const chunk = Buffer.concat([Buffer.from("10000\r\n"), part, Buffer.from("\r\n")]);
    const acts: readonly [Act, ...Act[]] = [
      (socket) => {
        socket.write(`${head}\r\n`);
        pourOut(socket, part);
      },
      (socket) => {
        socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
        pourOut(socket, chunk);
      },
      (socket) => {
        socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
        pourOut(socket, Buffer.from("1;".padEnd(500, "x")));
      },
      (socket) => drip(socket, `${head}\r\nbody`),
      (socket) => {
        socket.write(`${head}content-length: 1000\r\n\r\n`);
        drip(socket, ".");
      },
    ];
    await withPeers(await peers(8), async (take) => {
      await many("HTTP bodies without end", 30, (_random, index) =>
        take(async (peer) => {
          const step = await ask(peer, acts[index % acts.length] ?? acts[0]);
          return step.truncated ? "cut" : step.failure;
        }),
      );
    });
  });

  test("HTTP/2 frames of every kind are a step of the record", async () => {
    const credentials = await world.authority.issue({ names: ["orda.test"] });
    const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    await withPeers(await peers(8, credentials, ["h2"]), async (take) => {
      await many("HTTP/2 frames made up", 120, (random) =>
        take(async (peer) => {
          const payload = Buffer.from(Array.from({ length: random.int(60) }, () => random.int(256)));
          const frame = Buffer.from([0, 0, payload.length, random.int(11), random.int(256), 0, 0, 0, random.int(4)]);
          const flood = random.int(4) === 0;
          const act: Act = (socket) => {
            socket.write(settings);
            if (flood)
              pourOut(socket, Buffer.concat(Array.from({ length: 50 }, () => Buffer.concat([frame, payload]))));
            else socket.end(Buffer.concat([frame, payload]));
          };
          return (await ask(peer, act, true)).failure;
        }),
      );
    });
  });
});

describe("hostile sites, measured whole", () => {
  test("that redirect for ever, drip or pour end, and their record holds", async () => {
    const peer = await startPeer();
    let hops = 0;
    const acts: readonly [Act, ...Act[]] = [
      (socket) =>
        void socket.end(`HTTP/1.1 302 F\r\nlocation: /${hops++}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`),
      (socket) => drip(socket, "HTTP/1.1 200 OK\r\n\r\nbody"),
      (socket) => pourOut(socket, Buffer.from("HTTP/1.1 200 OK\r\n\r\n")),
    ];
    world.isp.zone["orda.test"] = { a: [peer.address] };
    const deadlines = { dnsMs: 300, lateMs: 10, tcpMs: 300, tlsMs: 300, httpMs: 300, totalMs: 5000 };
    const more = { publicResolvers: [], doh: [], controlSni: null, deadlines };
    await many(
      "sites measured whole",
      9,
      async (_random, index) => {
        peer.act = acts[index % acts.length] ?? acts[0];
        const body = await measureWeb(webSettings(world, `http://orda.test:${peer.port}/`, more), calm());
        expect(WebBody.safeParse(body).error).toBeUndefined();
        expect(body.http.length).toBeLessThanOrEqual(LIMITS.redirects + 1);
        return body.http.at(-1)?.failure ?? "none";
      },
      1,
    );
    await peer.close();
  });
});

test("after all of it, ten thousand cases were met and little memory is held", async () => {
  const growth = await memory.stop();
  console.log(
    `memory: ${growth.heldMiB.toFixed(1)} MiB held, ${growth.residentPeakMiB.toFixed(1)} MiB more resident at the peak`,
  );
  expect(tally.total()).toBeGreaterThanOrEqual(10_000);
  expect(growth.heldMiB).toBeLessThan(HELD_MIB);
  expect(growth.residentPeakMiB).toBeLessThan(RESIDENT_MIB);
});
