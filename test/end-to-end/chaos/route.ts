import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a port of the loopback that can be cut and put back. */
export type Route = { readonly port: number; cut: () => void; restore: () => void; close: () => Promise<void> };

/** Opens the way. Cut, it resets what is open and whoever comes. */
export async function openRoute(to: number): Promise<Route> {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(to, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server that listens has such an address.
  const end = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port,
    cut: () => {
      isCut = true;
      end();
    },
    restore: () => {
      isCut = false;
    },
    close: async () => {
      end();
      server.close();
      await once(server, "close");
    },
  };
}
