import { connect, createServer, type Socket } from "node:net";
import { nextAddress, type Running } from "../../world/index.ts";

/** What a bad line does to the bytes that come back through it. */
export type LineFault = {
  /** Each piece waits so long. */
  delayMs?: number;
  /** After so many bytes nothing more comes, as where large packets are lost. */
  stallAfterBytes?: number;
  /** A piece larger than this never comes, nor anything behind it: a black hole of the path's packet size. */
  largestPiece?: number;
  /** Every so many pieces one is lost and comes again after a while, doubled each time, as TCP sends it. */
  loses?: { every: number; againMs: number };
  /** The line is up for so many connections, then down for as many, and so on. A connection while it is down gets nothing. */
  flaps?: number;
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
  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  let connections = 0;
  let pieces = 0;
  const server = createServer((client) => {
    keep(client);
    const isDown = fault.flaps !== undefined && Math.floor(connections++ / fault.flaps) % 2 === 1;
    if (isDown) return void client.resume();
    const far = connect({ host: to.address, port: to.port });
    keep(far);
    client.pipe(far);
    client.once("close", () => far.destroy());
    let left = fault.stallAfterBytes ?? Number.POSITIVE_INFINITY;
    let freeAt = 0;
    let againMs = fault.loses?.againMs ?? 0;
    far.on("data", (data) => {
      if (data.length > (fault.largestPiece ?? Number.POSITIVE_INFINITY)) left = 0;
      const part = data.subarray(0, left);
      left -= part.length;
      if (part.length === 0) return;
      const lost = fault.loses !== undefined && ++pieces % fault.loses.every === 0;
      // What follows a lost piece waits for it.
      freeAt = Math.max(freeAt, performance.now() + (fault.delayMs ?? 0)) + (lost ? againMs : 0);
      if (lost) againMs *= 2;
      later(freeAt - performance.now(), () => client.write(part));
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
