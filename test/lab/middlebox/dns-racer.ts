import { createSocket } from "node:dgram";
import { once } from "node:events";
import packet from "dns-packet";
import type { Box } from "./orders.ts";
import type { Closable } from "./tcp-box.ts";

const TTL_S = 5;
const UPSTREAM_MS = 3_000;
/** The lie goes out alone when the true answer is not there by then: askers wait a little over a second. */
const ALONE_MS = 800;

/**
 * Answers questions for a name falsely, and passes the true answer on a moment later; other questions are passed on as
 * they are. The router leads questions to it and gives the answers the asked resolver's address, so that the asker sees
 * two answers to one question from one address, as with an injector on the way. The lie waits until the true answer is in
 * hand: how far apart the two are is the act's to say, not that of a busy machine. An asker that saw the lie alone could
 * not know it for one, and its verdict would rightly be another.
 */
export async function listenRacer(box: Extract<Box, { box: "dns-racer" }>): Promise<Closable> {
  const { address, port, upstream, name, lie, laterMs } = box;
  const socket = createSocket("udp4");
  let open = true;
  const send = (answer: Buffer, to: { port: number; address: string }) => {
    if (open) socket.send(answer, to.port, to.address, () => {});
  };
  socket.on("error", () => {});
  socket.on("message", (question, from) => {
    const forged = forgedAnswer(question, name, lie);
    const lieOnce = firstCallOnly(() => {
      if (forged !== null) send(forged, from);
    });
    const alone = setTimeout(lieOnce, ALONE_MS);
    const beyond = createSocket("udp4");
    const late = setTimeout(() => beyond.close(), UPSTREAM_MS);
    beyond.on("error", () => {});
    beyond.on("message", (answer) => {
      clearTimeout(late);
      beyond.close();
      clearTimeout(alone);
      lieOnce();
      if (forged === null) send(answer, from);
      else setTimeout(send, laterMs, answer, from).unref();
    });
    beyond.send(question, upstream.port, upstream.ip);
  });
  socket.bind(port, address);
  await once(socket, "listening");
  return {
    close: () => {
      open = false;
      socket.close();
    },
  };
}

/** A function that does its work at its first call only. */
function firstCallOnly(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

function forgedAnswer(question: Buffer, name: string, lie: string): Buffer | null {
  const query = decode(question);
  const asked = query?.questions?.[0];
  if (asked === undefined || asked.name.toLowerCase() !== name || asked.type !== "A") return null;
  return packet.encode({
    type: "response",
    id: query?.id ?? 0,
    flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE,
    questions: [asked],
    answers: [{ type: "A", name: asked.name, ttl: TTL_S, data: lie }],
  });
}

/** A packet that is no question is passed on like any other. */
function decode(question: Buffer): packet.DecodedPacket | null {
  try {
    return packet.decode(question);
  } catch {
    return null;
  }
}
