import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** Answers a question, or null for silence. */
export type Answerer = (question: Buffer) => Buffer | null;

const TCP_IDLE_MS = 5_000;
const DNS_PORT = 53;

/** Serves DNS over UDP and TCP on one address. One socket an address: else answers leave from another one. */
export async function serveDns(address: string, answer: Answerer): Promise<void> {
  const udp = createSocket("udp4");
  udp.on("message", (question, from) => {
    const reply = attempt(answer, question);
    if (reply !== null) udp.send(reply, from.port, from.address);
  });
  udp.bind(DNS_PORT, address);
  const tcp = createServer((socket) => serveTcp(socket, answer)).listen(DNS_PORT, address);
  await Promise.all([once(udp, "listening"), once(tcp, "listening")]);
}

function serveTcp(socket: Socket, answer: Answerer): void {
  let held = Buffer.alloc(0);
  socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
  socket.on("error", () => {});
  socket.on("data", (data) => {
    held = Buffer.concat([held, data]);
    // Two bytes of length before each message (RFC 1035 section 4.2.2).
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const reply = attempt(answer, held.subarray(2, 2 + held.readUInt16BE(0)));
      held = held.subarray(2 + held.readUInt16BE(0));
      if (reply === null) continue;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      socket.write(Buffer.concat([length, reply]));
    }
  });
}

/** A packet that is no question is ignored, as resolvers do. */
function attempt(answer: Answerer, question: Buffer): Buffer | null {
  try {
    return answer(question);
  } catch {
    return null;
  }
}
