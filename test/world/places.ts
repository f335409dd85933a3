import { createServer, type Server } from "node:net";

let handedOut = 0;

/**
 * A loopback address that no other server of this process has: 127.A.B.C with A and B from the process id, so that
 * tests in other processes keep out of the way. Linux answers on all of 127.0.0.0/8.
 */
export function nextAddress(): string {
  handedOut = (handedOut % 254) + 1;
  return `127.${64 + ((process.pid >> 8) & 127)}.${process.pid & 255}.${handedOut}`;
}

/** Something that listens and can be closed; `close` also ends what is still open. */
export type Running = { address: string; port: number; close: () => Promise<void> };

/** Listens on an address (0 picks a free port) and resolves with the port. Rejects when the port is taken. */
export function listen(server: Server, address: string, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port }, () => {
      server.off("error", reject);
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : port);
    });
  });
}

/** A port on an address on which nothing listens (one that was free a moment ago). */
export async function closedPort(address: string): Promise<number> {
  const server = createServer();
  const port = await listen(server, address);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
