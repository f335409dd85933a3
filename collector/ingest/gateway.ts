import { randomBytes } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { LIMITS } from "../../protocol/limits.ts";
import { type CollectorFrame, REFUSALS, WIRE_VERSION } from "../../protocol/wire.ts";
import { utc } from "../time.ts";
import { createConversation } from "./conversation.ts";
import type { Intake } from "./intake.ts";
import { type Refusal, refusal } from "./refusal.ts";

export const UPLINK_PATH = "/uplink/v1";

export type Gateway = {
  /** Closes the connections of a probe, saying why. */
  drop: (probe: string, why: Refusal) => void;
  /** Asks a probe for an extra round of some targets; false when it has no open line. */
  task: (probe: string, targets: readonly string[]) => boolean;
  /** Refuses what comes, tells every probe to come back later, and closes. */
  close: () => Promise<void>;
};

export type GatewayOptions = { readonly helloMs?: number; readonly maxConnections?: number };

/** A message somewhat too big still gets a refusal in words; beyond this ws itself closes with 1009. */
const SLACK_BYTES = 64 * 1024;
const CLOSE_MS = 2000;
const RETURN_S = 5;

/** Speaks the uplink over WebSocket on an HTTP server (path /uplink/v1). Looks at no address of a client. */
export function createGateway(server: Server, intake: Intake, options: GatewayOptions = {}): Gateway {
  const { helloMs = 10_000, maxConnections = 20_000 } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    // Compression would cost 245 KB a connection; batches come gzipped.
    perMessageDeflate: false,
    maxPayload: LIMITS.messageBytes + SLACK_BYTES,
  });
  const live = new Map<string, WebSocket>();
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that goes away in the middle is no fault.
    socket.on("error", () => socket.destroy());
    if ((request.url ?? "").split("?")[0] !== UPLINK_PATH) return void socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    if (sockets.clients.size >= maxConnections)
      return void socket.end("HTTP/1.1 503 Service Unavailable\r\nretry-after: 60\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (webSocket) => converse(webSocket, { intake, live, helloMs }));
  };
  server.on("upgrade", onUpgrade);
  return {
    drop: (probe, why) => {
      const socket = live.get(probe);
      if (socket !== undefined) refuse(socket, why);
    },
    task: (probe, targets) => {
      const socket = live.get(probe);
      if (socket?.readyState !== socket?.OPEN || socket === undefined) return false;
      send(socket, { t: "task", kind: "round", targets: [...targets] });
      return true;
    },
    close: async () => {
      server.off("upgrade", onUpgrade);
      const away = refusal("going_away", "The collector stops for a moment. Come back soon.", RETURN_S);
      await Promise.all([...sockets.clients].map((socket) => farewell(socket, away)));
      sockets.close();
    },
  };
}

type Parts = { intake: Intake; live: Map<string, WebSocket>; helloMs: number };

function converse(socket: WebSocket, { intake, live, helloMs }: Parts): void {
  const nonce = randomBytes(24).toString("base64url");
  let probe: string | null = null;
  const conversation = createConversation({
    intake,
    nonce,
    send: (frame) => send(socket, frame),
    refuse: (why) => refuse(socket, why),
    greeted: (id) => {
      probe = id;
      clearTimeout(timer);
      // A probe has one connection: the older one is usually dead without knowing it.
      live.get(id)?.terminate();
      live.set(id, socket);
    },
    end: () => socket.close(1000),
  });
  const timer = setTimeout(
    () => refuse(socket, refusal("hello_timeout", `No hello within ${helloMs / 1000} seconds.`)),
    helloMs,
  );
  const idle = setInterval(() => {
    if (conversation.silentForMs() > intake.presence.silenceMs) socket.terminate();
  }, intake.presence.silenceMs);
  socket.on("message", (data, isBinary) => conversation.hear(Buffer.isBuffer(data) ? data : Buffer.alloc(0), isBinary));
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearTimeout(timer);
    clearInterval(idle);
    if (probe !== null && live.get(probe) === socket) live.delete(probe);
  });
  send(socket, { t: "challenge", v: WIRE_VERSION, nonce, at: utc(Date.now()) });
}

function send(socket: WebSocket, frame: CollectorFrame): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame), () => undefined);
}

function refuse(socket: WebSocket, { code, says, retryAfterS }: Refusal): void {
  send(socket, { t: "refuse", code, says, retryAfterS });
  // The reason of a close frame has room for 123 bytes; the words went before.
  socket.close(REFUSALS[code], code);
}

function farewell(socket: WebSocket, why: Refusal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_MS);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    if (socket.readyState === socket.CLOSED) resolve();
    refuse(socket, why);
  });
}
