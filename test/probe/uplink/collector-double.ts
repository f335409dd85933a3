import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { parseJson } from "../../../protocol/parse.ts";
import { probeIdOf, verifyText } from "../../../protocol/signature.ts";
import {
  type CollectorFrame,
  JoinRequest,
  LeaveRequest,
  leaveMessage,
  type ProbeConfig,
  ProbeFrame,
} from "../../../protocol/wire.ts";
import { createShelf, type Shelf } from "./shelf.ts";

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

/** A collector small enough for tests that speaks protocol/wire.ts strictly: anything out of order is refused. */
export async function startDouble(options: DoubleOptions): Promise<Double> {
  const shelf = createShelf(options.publicKey, options.stored ?? []);
  const heard: string[] = [];
  const byes: string[] = [];
  const parts: Parts = { options, shelf, heard, byes };
  const server = createServer((request, response) => {
    onRequest(parts, request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, first) => {
    if (options.refuseSockets) socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    else sockets.handleUpgrade(request, socket, first, (webSocket) => converse(parts, webSocket));
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    stored: shelf.stored,
    heard,
    byes,
    send: (frame) => {
      for (const socket of sockets.clients) say(socket, frame);
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Parts = { options: DoubleOptions; shelf: Shelf; heard: string[]; byes: string[] };

const now = () => new Date().toISOString();
const say = (socket: WebSocket, frame: CollectorFrame) => socket.send(JSON.stringify(frame));

async function onRequest(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { status, value } =
    request.url === "/uplink/v1/batches"
      ? onBatch(parts, body)
      : request.url === "/uplink/v1/join"
        ? onJoin(parts, body)
        : request.url === "/uplink/v1/leave"
          ? onLeave(parts, body)
          : problem(404, "not_found");
  response.writeHead(status, { "content-type": status < 300 ? "application/json" : "application/problem+json" });
  response.end(JSON.stringify(value));
}

type Reply = { status: number; value: unknown };

function problem(status: number, code: string): Reply {
  return { status, value: { type: "about:blank", title: code, status, code } };
}

function onBatch({ heard, shelf }: Parts, body: Buffer): Reply {
  heard.push("post");
  const result = shelf.take(body);
  return result.t === "refuse" ? problem(409, result.code) : { status: 200, value: result };
}

function onJoin({ options }: Parts, body: Buffer): Reply {
  const parsed = parseJson(JoinRequest, body.toString("utf8"));
  if (!parsed.ok) return problem(400, "bad_message");
  const { code, publicKey, signature } = parsed.value;
  if (!verifyText(publicKey, "join", code, signature)) return problem(401, "bad_signature");
  if (code !== "GOOD-CODE-2022") return problem(404, "unknown_code");
  const known = { role: "witness", region: "KZ-75", asn: 9198, access: "fixed" };
  return { status: 200, value: { probe: probeIdOf(publicKey), ...known, config: options.config } };
}

function onLeave({ options, heard }: Parts, body: Buffer): Reply {
  const parsed = parseJson(LeaveRequest, body.toString("utf8"));
  if (!parsed.ok) return problem(400, "bad_message");
  const { probe, at, signature } = parsed.value;
  const isOurs = probe === probeIdOf(options.publicKey);
  if (!isOurs || !verifyText(options.publicKey, "leave", leaveMessage({ probe, at }), signature))
    return problem(401, "bad_signature");
  heard.push("leave");
  return { status: 200, value: { probe, leftAt: now() } };
}

function converse(parts: Parts, socket: WebSocket): void {
  say(socket, { t: "challenge", v: 1, nonce: NONCE, at: now() });
  socket.on("message", (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    if (isBinary) onDelivery(parts, socket, bytes);
    else onFrame(parts, socket, bytes.toString("utf8"));
  });
}

function onDelivery({ options, shelf, heard }: Parts, socket: WebSocket, packed: Buffer): void {
  heard.push("ws");
  if (options.onDelivery?.(socket) === "swallow") return;
  const result = shelf.take(packed);
  say(socket, result);
  if (options.sendAckTwice) say(socket, result);
}

function onFrame(parts: Parts, socket: WebSocket, text: string): void {
  const parsed = parseJson(ProbeFrame, text);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const frame = parsed.value;
  parts.heard.push(frame.t);
  if (frame.t === "bye") parts.byes.push(frame.reason);
  if (frame.t === "beat") say(socket, { t: "time", at: now() });
  if (frame.t === "hello") onHello(parts, socket, frame);
}

function onHello({ options, shelf }: Parts, socket: WebSocket, hello: Extract<ProbeFrame, { t: "hello" }>): void {
  const isOurs = hello.probe === probeIdOf(options.publicKey);
  if (!isOurs || !verifyText(options.publicKey, "hello", NONCE, hello.signature)) throw new Error("a wrong hello");
  if (options.refuseWith) {
    say(socket, options.refuseWith);
    return;
  }
  const { seq, hash } = shelf.head();
  const { config = null, heartbeatS = 30 } = options;
  say(socket, { t: "welcome", seq, hash, at: now(), config, heartbeatS });
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
