import { createSocket } from "node:dgram";
import { createServer, type Socket } from "node:net";
import { listen, nextAddress } from "../world/places.ts";
import { mutated, seeded } from "./random.ts";

/** A DNS server that answers each question with a few changed copies of a message, under the question's id. */
export async function startRawDns(message: Buffer): Promise<{ endpoint: string; close: () => Promise<void> }> {
  let asked = 0;
  const answersTo = (question: Buffer): Buffer[] => {
    const random = seeded(++asked);
    return Array.from({ length: 1 + random.int(20) }, () => {
      const changed = Buffer.from(mutated(message, random));
      question.copy(changed, 0, 0, random.int(8) === 0 ? 0 : 2);
      // Every third one says that it was cut off, so that TCP is asked as well.
      if (asked % 3 === 0 && changed.length > 2) changed[2] = 0x82;
      return changed;
    });
  };
  const address = nextAddress();
  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
    socket.once("data", (data) => {
      const [answer = Buffer.alloc(0)] = answersTo(data.subarray(2));
      const length = Buffer.alloc(2);
      length.writeUInt16BE(asked % 2 === 0 ? answer.length : 0xffff);
      socket.end(Buffer.concat([length, answer]));
    });
  });
  const port = await listen(tcp, address);
  const udp = createSocket("udp4");
  udp.on("message", (data, from) => {
    for (const answer of answersTo(data)) udp.send(answer, from.port, from.address);
  });
  udp.on("error", () => {});
  await new Promise<void>((resolve) => udp.bind(port, address, resolve));
  const close = async () => {
    for (const socket of open) socket.destroy();
    udp.close();
    await new Promise((resolve) => tcp.close(resolve));
  };
  return { endpoint: `${address}:${port}`, close };
}
