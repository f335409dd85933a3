import { WebSocket } from "ws";
import { SOFTWARE } from "../../protocol/software.ts";
import { trustOf, type Way } from "./way.ts";

/** An open WebSocket, as far as the probe needs one. */
export type Channel = {
  sendText: (text: string) => void;
  sendBinary: (data: Uint8Array) => void;
  /** Closes politely and cuts after a second. */
  close: (code: number) => void;
  /** Cuts at once. */
  terminate: () => void;
};

export type ChannelOptions = {
  url: string;
  way?: Way;
  openMs?: number;
  onText: (text: string, channel: Channel) => void;
  /** Called once, also when the connection never came about. */
  onClose: (code: number) => void;
};

/** A frame of a collector: a target list at most. */
const FRAME_BYTES = 4 * 1024 * 1024;
const CLOSE_MS = 1000;

/** Opens a WebSocket to a collector. Reports everything by callback; never throws for the network. */
export function openChannel({ url, way = {}, openMs = 15_000, onText, onClose }: ChannelOptions): Channel {
  const socket = new WebSocket(url, {
    handshakeTimeout: openMs,
    maxPayload: FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
    headers: { "user-agent": SOFTWARE },
    ...(way.agent && { agent: way.agent }),
    ...trustOf(url, way),
  });
  const channel: Channel = {
    sendText: (text) => send(text),
    sendBinary: (data) => send(data),
    close: (code) => {
      socket.close(code);
      setTimeout(() => socket.terminate(), CLOSE_MS).unref();
    },
    terminate: () => socket.terminate(),
  };
  function send(data: string | Uint8Array): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(data, () => {});
  }
  // A failed connection also closes; the error itself says nothing more that is of use here.
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => {
    if (!isBinary) onText(String(data), channel);
  });
  socket.once("close", onClose);
  return channel;
}
