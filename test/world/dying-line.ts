import { connect, createServer, type Socket } from "node:net";
import { listen, type Running } from "./places.ts";

/** A line that dies: `died` is how often it has. */
export type DyingLine = Running & { died: () => number };

/**
 * Leads to `port` of this host, and resets each connection once so many bytes have passed in both directions together,
 * as lines do that are closed again as soon as something is seen on them.
 */
export async function startDyingLine(address: string, port: number, bytes: () => number): Promise<DyingLine> {
  const open = new Set<Socket>();
  let deaths = 0;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    let left = bytes();
    const die = () => {
      deaths += 1;
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    const relay = (from: Socket, to: Socket) => {
      open.add(from);
      from.on("error", () => to.destroy());
      from.once("close", () => {
        open.delete(from);
        to.destroy();
      });
      from.on("data", (data) => {
        const part = data.subarray(0, Math.max(0, left));
        left -= data.length;
        if (part.length > 0) to.write(part);
        if (left < 0) die();
      });
      from.once("end", () => to.end());
    };
    relay(near, far);
    relay(far, near);
  });
  const own = await listen(server, address);
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of open) socket.destroy();
      server.close(() => resolve());
    });
  return { address, port: own, close, died: () => deaths };
}
