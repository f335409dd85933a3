import { createSocket } from "node:dgram";
import { createServer, type Socket } from "node:net";
import { type DnsAct, type DnsQuestion, readQuestion, replies } from "./dns-wire.ts";
import { listen, type Running } from "./places.ts";

/** What each name is answered with; a function sees the type of the question. Names not listed are NXDOMAIN. */
export type Zone = Record<string, DnsAct | ((question: DnsQuestion) => DnsAct)>;

/** A DNS server. `zone` may be changed while it runs; `asked` is every question so far. */
export type DnsServer = Running & { zone: Zone; asked: DnsQuestion[] };

/** Starts a DNS server over UDP and TCP on one address and port. */
export async function startDns(place: { address: string; port?: number }, zone: Zone): Promise<DnsServer> {
  const asked: DnsQuestion[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const answer = (data: Buffer, transport: "udp" | "tcp", send: (reply: Buffer) => void) => {
    const question = readQuestion(data);
    if (question === null) return;
    asked.push(question);
    for (const reply of replies(question, actFor(zone, question), transport))
      later(timers, reply.afterMs, () => send(reply.data));
  };

  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
    // Questions are short: the first segment holds all of one.
    socket.once("data", (data) =>
      answer(data.subarray(2), "tcp", (reply) => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.end(Buffer.concat([length, reply]));
      }),
    );
  });
  const port = await listen(tcp, place.address, place.port);

  const udp = createSocket("udp4");
  udp.on("message", (data, from) => answer(data, "udp", (reply) => udp.send(reply, from.port, from.address)));
  udp.on("error", () => {});
  await new Promise<void>((resolve) => udp.bind(port, place.address, resolve));

  const close = async () => {
    for (const timer of timers) clearTimeout(timer);
    for (const socket of open) socket.destroy();
    udp.close();
    await new Promise((resolve) => tcp.close(resolve));
  };
  return { address: place.address, port, zone, asked, close };
}

/** The act for a question: the name's own, else that of `*`, else NXDOMAIN. */
export function actFor(zone: Zone, question: DnsQuestion): DnsAct {
  const act = zone[question.name] ?? zone["*"] ?? "nxdomain";
  return typeof act === "function" ? act(question) : act;
}

function later(timers: Set<NodeJS.Timeout>, afterMs: number, run: () => void): void {
  if (afterMs === 0) {
    run();
    return;
  }
  const timer = setTimeout(() => {
    timers.delete(timer);
    run();
  }, afterMs);
  timers.add(timer);
}
