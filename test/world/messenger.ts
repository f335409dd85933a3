import { createServer, type Socket } from "node:net";
import { listen, nextAddress } from "./places.ts";

/** A data centre of a messenger: ports on one address that take connections and say nothing. */
export type Centre = {
  address: string;
  /** The first of `ports`. */
  port: number;
  ports: readonly number[];
  /** How often each port was connected to. */
  reached: ReadonlyMap<number, number>;
  close: () => Promise<void>;
};

/** Starts a data centre with so many ports. */
export async function startCentre(portCount: number): Promise<Centre> {
  const address = nextAddress();
  const open = new Set<Socket>();
  const reached = new Map<number, number>();
  const server = () =>
    createServer((socket) => {
      const { localPort = 0 } = socket;
      reached.set(localPort, (reached.get(localPort) ?? 0) + 1);
      open.add(socket);
      socket.on("error", () => {});
      socket.once("close", () => open.delete(socket));
    });
  const servers = Array.from({ length: portCount }, server);
  const ports = await Promise.all(servers.map((one) => listen(one, address)));
  const close = async () => {
    for (const socket of open) socket.destroy();
    await Promise.all(servers.map((one) => new Promise((resolve) => one.close(resolve))));
  };
  return { address, port: ports[0] ?? 0, ports, reached, close };
}
