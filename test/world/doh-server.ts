import { createServer } from "node:https";
import type { Socket } from "node:net";
import type { Credentials } from "./authority.ts";
import { actFor, type Zone } from "./dns-server.ts";
import { type DnsQuestion, readQuestion, replies } from "./dns-wire.ts";
import { listen, type Running } from "./places.ts";

/** A DNS over HTTPS server; `url` names it by its address. */
export type DohServer = Running & { url: string; zone: Zone; asked: DnsQuestion[] };

/** Starts a DNS over HTTPS server (RFC 8484, POST at /dns-query) with the same zones as {@link startDns}. */
export async function startDoh(
  place: { address: string; port?: number },
  zone: Zone,
  credentials: Credentials,
): Promise<DohServer> {
  const asked: DnsQuestion[] = [];
  const open = new Set<Socket>();
  const server = createServer(credentials, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const question = readQuestion(Buffer.concat(chunks));
    if (question === null || request.url !== "/dns-query" || request.method !== "POST") {
      response.writeHead(400).end();
      return;
    }
    asked.push(question);
    const [reply] = replies(question, actFor(zone, question), "tcp");
    if (reply) response.writeHead(200, { "content-type": "application/dns-message" }).end(reply.data);
  });
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  });
  server.on("tlsClientError", () => {});
  const port = await listen(server, place.address, place.port);
  const close = async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  const { address } = place;
  return { address, port, zone, asked, url: `https://${address}:${port}/dns-query`, close };
}
