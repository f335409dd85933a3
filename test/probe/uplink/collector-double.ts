import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { type WebSocket, WebSocketServer } from "ws";
import { CHAIN_START, type ChainHead } from "../../../protocol/chain.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { check, parseJson } from "../../../protocol/parse.ts";
import { probeIdOf, verifyText } from "../../../protocol/signature.ts";
import { Batch, type CollectorFrame, JoinRequest, type ProbeConfig, ProbeFrame } from "../../../protocol/wire.ts";

export type Double = {
  url: string;
  port: number;
  /** Canonical texts stored so far, in order. */
  stored: string[];
  /** Everything heard: frames by their `t`, deliveries as `ws` or `post`. */
  heard: string[];
  /** Reason of each bye. */
  byes: string[];
  send: (frame: CollectorFrame) => void;
  dropSockets: () => void;
  close: () => Promise<void>;
};

export type DoubleOptions = {
  publicKey: string;
  port?: number;
  /** What was stored before (a collector that restarts). */
  stored?: string[];
  config?: ProbeConfig | null;
  heartbeatS?: number;
  /** Whether WebSockets are refused, and whether acknowledgements are swallowed. */
  refuseSockets?: boolean;
  sendAckTwice?: boolean;
  onDelivery?: (socket: WebSocket) => "store" | "swallow";
  /** Answer every hello with this refusal. */
  refuseWith?: Extract<CollectorFrame, { t: "refuse" }>;
};

const NONCE = "0123456789abcdef0123";

/** A collector small enough for tests that speaks protocol/wire.ts strictly: anything out of order throws. */
export async function startDouble(options: DoubleOptions): Promise<Double> {
  const stored = options.stored ?? [];
  const heard: string[] = [];
  const byes: string[] = [];
  const probe = probeIdOf(options.publicKey);
  const head = (): ChainHead => {
    const last = stored.at(-1);
    return last === undefined ? CHAIN_START : { seq: stored.length, hash: sha256Hex(last) };
  };
  const take = (packed: Buffer): CollectorFrame => {
    const parsed = parseJson(Batch, gunzipSync(packed).toString("utf8"));
    if (!parsed.ok) throw new Error(parsed.problems.join("; "));
    const { entries, signature } = parsed.value;
    if (!verifyText(options.publicKey, "journal", sha256Hex(entries.at(-1) ?? ""), signature)) throw new Error("signature");
    for (const text of entries) {
      const { seq, prev } = JSON.parse(text) as { seq: number; prev: string };
      if (seq <= stored.length) {
        if (stored[seq - 1] !== text) return refuse("fork");
      } else if (seq === stored.length + 1 && prev === head().hash) stored.push(text);
      else return refuse("gap");
    }
    return { t: "ack", seq: head().seq, at: new Date().toISOString() };
  };
  const refuse = (code: string): CollectorFrame => ({ t: "refuse", code, says: code, retryAfterS: null });

  const server = createServer((request, response) => {
    onRequest(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": status < 300 ? "application/json" : "application/problem+json" });
      response.end(JSON.stringify(value));
    };
    const problem = (status: number, code: string) => answer(status, { type: "about:blank", title: code, status, code });
    if (request.url === "/uplink/v1/batches") {
      heard.push("post");
      const result = take(body);
      return result.t === "ack" ? answer(200, result) : problem(409, result.t === "refuse" ? result.code : "");
    }
    if (request.url === "/uplink/v1/join") {
      const parsed = parseJson(JoinRequest, body.toString("utf8"));
      if (!parsed.ok) return problem(400, "bad_message");
      const { code, publicKey, signature } = parsed.value;
      if (!verifyText(publicKey, "join", code, signature)) return problem(401, "bad_signature");
      if (code !== "GOOD-CODE-2022") return problem(404, "unknown_code");
      const known = { role: "witness", region: "KZ-75", asn: 9198, access: "fixed" };
      return answer(200, { probe: probeIdOf(publicKey), ...known, config: options.config });
    }
    return problem(404, "not_found");
  }

  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, first) => {
    if (options.refuseSockets) socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    else sockets.handleUpgrade(request, socket, first, converse);
  });
  const say = (socket: WebSocket, frame: CollectorFrame) => socket.send(JSON.stringify(frame));
  function converse(socket: WebSocket): void {
    const at = () => new Date().toISOString();
    say(socket, { t: "challenge", v: 1, nonce: NONCE, at: at() });
    socket.on("message", (data, isBinary) => {
      if (isBinary) {
        heard.push("ws");
        const wish = options.onDelivery?.(socket) ?? "store";
        if (wish === "swallow") return;
        const result = take(Buffer.isBuffer(data) ? data : Buffer.alloc(0));
        say(socket, result);
        if (options.sendAckTwice) say(socket, result);
        return;
      }
      const parsed = check(ProbeFrame, JSON.parse(String(data)));
      if (!parsed.ok) throw new Error(parsed.problems.join("; "));
      const frame = parsed.value;
      heard.push(frame.t);
      if (frame.t === "bye") byes.push(frame.reason);
      if (frame.t === "beat") say(socket, { t: "time", at: at() });
      if (frame.t !== "hello") return;
      if (frame.probe !== probe || !verifyText(options.publicKey, "hello", NONCE, frame.signature)) throw new Error("hello");
      if (options.refuseWith) return say(socket, options.refuseWith);
      const { seq, hash } = head();
      const heartbeatS = options.heartbeatS ?? 30;
      say(socket, { t: "welcome", seq, hash, at: at(), config: options.config ?? null, heartbeatS });
    });
  }
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    stored,
    heard,
    byes,
    send: (frame) => {
      for (const socket of sockets.clients) say(socket, frame);
    },
    dropSockets: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
