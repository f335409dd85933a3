import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import WebSocket from "ws";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CHAIN_START, type ChainHead } from "../../protocol/chain.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { EntryDraft } from "../../protocol/records/entry.ts";
import { generateIdentity, probeIdOf, signText } from "../../protocol/signature.ts";
import { type Batch, CollectorFrame, JoinResponse } from "../../protocol/wire.ts";

export type Written = { readonly text: string; readonly hash: string; readonly seq: number };

/** A probe written by hand against protocol/: a key, a chain, and batches of it. */
export type TestProbe = {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKeyPem: string;
  /** Writes the next entry of the chain; `changes` replaces fields of the envelope. */
  write: (draft?: EntryDraft, changes?: Readonly<Record<string, unknown>>) => Written;
  batch: (entries: readonly Written[]) => Batch;
  /** The head of its own chain. */
  head: () => ChainHead;
};

export const packed = (batch: unknown): Buffer => gzipSync(JSON.stringify(batch));

export const ALIVE: EntryDraft = {
  kind: "alive",
  body: { from: "2026-01-01T00:00:00.000Z", to: "2026-01-01T00:05:00.000Z", beats: 10 },
};

/** A whole web measurement that found nothing wrong. */
export function webDraft(target = "orda.kz"): EntryDraft {
  const url = `https://${target}/`;
  const step = { failure: null, startMs: 0, durationMs: 5 };
  return {
    kind: "web",
    body: {
      target,
      url,
      round: randomUUID(),
      durationMs: 50,
      dns: [
        {
          ...step,
          id: 1,
          resolver: "system",
          server: "192.168.7.1:53",
          transport: "udp",
          name: target,
          type: "A",
          rcode: "NOERROR",
          answers: [{ type: "A", data: "203.0.113.7", ttl: 60 }],
          late: [],
        },
      ],
      tcp: [{ ...step, id: 2, ip: "203.0.113.7", port: 443 }],
      tls: [
        {
          ...step,
          id: 3,
          tcp: 2,
          sni: target,
          purpose: "target",
          version: "TLSv1.3",
          alpn: "http/1.1",
          chain: [sha256Hex(target)],
          leaf: { subject: `CN=${target}`, issuer: "CN=Test", sans: [target], notBefore: "", notAfter: "" },
          trusted: true,
          answered: true,
        },
      ],
      http: [
        {
          ...step,
          id: 4,
          tcp: 2,
          tls: 3,
          url,
          ttfbMs: 5,
          status: 200,
          headers: {},
          location: null,
          bodyBytes: 10,
          bodySha256: sha256Hex("page"),
          truncated: false,
          title: "Page",
        },
      ],
      local: [{ kind: "ncalayer", says: "NCALayer listens on this host" }],
    },
  };
}

/** A fresh chain, with a key of its own unless the key of another is copied. */
export function createTestProbe(
  { privateKeyPem, publicKey }: Pick<TestProbe, "privateKeyPem" | "publicKey"> = generateIdentity(),
): TestProbe {
  const id = probeIdOf(publicKey);
  const boot = randomUUID();
  let head = CHAIN_START;
  return {
    id,
    publicKey,
    privateKeyPem,
    head: () => head,
    write: (draft = ALIVE, changes = {}) => {
      const entry = {
        v: 1,
        probe: id,
        seq: head.seq + 1,
        prev: head.hash,
        boot,
        mono: performance.now(),
        at: new Date().toISOString(),
        clock: { offsetMs: 0, source: "collector" },
        ...draft,
        ...changes,
      };
      const text = canonicalJson(entry);
      head = { seq: entry.seq, hash: sha256Hex(text) };
      return { text, ...head };
    },
    batch: (entries) => ({
      probe: id,
      entries: entries.map(({ text }) => text),
      signature: signText(privateKeyPem, "journal", entries.at(-1)?.hash ?? ""),
    }),
  };
}

/** Joins a collector with a code; the raw answer, and the parsed one where it is a success. */
export async function join(url: string, probe: TestProbe, code: string) {
  const { publicKey, privateKeyPem } = probe;
  const answer = await fetch(`${url}/uplink/v1/join`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, publicKey, signature: signText(privateKeyPem, "join", code), consent: "1" }),
  });
  const body: unknown = await answer.json();
  return { status: answer.status, body, joined: answer.ok ? JoinResponse.parse(body) : null };
}

/** Posts a batch as the HTTPS route takes it. */
export async function post(url: string, body: Buffer) {
  const answer = await fetch(`${url}/uplink/v1/batches`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(body),
  });
  // Answers are problem details or an acknowledgement; the tests look at single fields.
  return { status: answer.status, body: (await answer.json()) as { code?: string; seq?: number; detail?: string } };
}

export type Line = {
  readonly socket: WebSocket;
  /** The next frame from the collector; null when the connection ended instead. */
  next: () => Promise<CollectorFrame | null>;
  send: (frame: unknown) => void;
  sendBytes: (bytes: Buffer) => void;
  /** Close code, once closed. */
  readonly closed: Promise<number>;
};

/** Opens the uplink's WebSocket; frames are queued until they are asked for. */
export async function openLine(url: string, localAddress = "127.0.0.1"): Promise<Line> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/uplink/v1`, { perMessageDeflate: false, localAddress });
  const frames: CollectorFrame[] = [];
  const waiting: ((frame: CollectorFrame | null) => void)[] = [];
  let over = false;
  socket.on("message", (data) => {
    const frame = CollectorFrame.parse(JSON.parse(String(data)));
    const taker = waiting.shift();
    if (taker) taker(frame);
    else frames.push(frame);
  });
  socket.on("error", () => undefined);
  const closed = new Promise<number>((resolve) => {
    socket.on("close", (code) => {
      over = true;
      for (const taker of waiting.splice(0)) taker(null);
      resolve(code);
    });
  });
  await Promise.race([once(socket, "open"), closed]);
  return {
    socket,
    closed,
    next: () => {
      const frame = frames.shift();
      if (frame !== undefined || over) return Promise.resolve(frame ?? null);
      return new Promise((resolve) => waiting.push(resolve));
    },
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendBytes: (bytes) => socket.send(bytes),
  };
}

/** Opens the uplink and says hello; returns the line and what the collector answered to hello. */
export async function greet(url: string, probe: TestProbe, changes: Readonly<Record<string, unknown>> = {}) {
  const line = await openLine(url);
  const challenge = await line.next();
  const nonce = challenge?.t === "challenge" ? challenge.nonce : "";
  const signature = signText(probe.privateKeyPem, "hello", nonce);
  line.send({ t: "hello", v: 1, probe: probe.id, signature, software: "test/1", listVersion: null, ...changes });
  return { line, answer: await line.next() };
}
