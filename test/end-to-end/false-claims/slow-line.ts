import { connect, createServer, type Socket } from "node:net";
import { nextAddress, type Running } from "../../world/index.ts";

/** What a bad line does to the bytes that come back through it. */
export type LineFault = {
  /** Each piece waits so long. */
  delayMs?: number;
  /** After so many bytes nothing more comes, as where large packets are lost. */
  stallAfterBytes?: number;
};

/** A line to a server on an address of its own, with the server's port. It knows no names: all that passes suffers alike. */
export async function startLine(to: { address: string; port: number }, fault: LineFault): Promise<Running> {
  const open = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  };
  const server = createServer((client) => {
    const far = connect({ host: to.address, port: to.port });
    keep(client);
    keep(far);
    client.pipe(far);
    client.once("close", () => far.destroy());
    let left = fault.stallAfterBytes ?? Number.POSITIVE_INFINITY;
    far.on("data", (data) => {
      const part = data.subarray(0, left);
      left -= part.length;
      if (part.length === 0) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        client.write(part);
      }, fault.delayMs ?? 0);
      timers.add(timer);
    });
  });
  const address = nextAddress();
  await new Promise<void>((resolve) => server.listen({ host: address, port: to.port }, resolve));
  const close = async () => {
    for (const timer of timers) clearTimeout(timer);
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address, port: to.port, close };
}
