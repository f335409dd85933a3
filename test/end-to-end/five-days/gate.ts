import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { createAuthority } from "../../lab/certificates/authority.ts";

/** What a gate lets through: nothing, WebSockets only, HTTPS without WebSockets, everything. */
export type Doors = "shut" | "sockets" | "posts" | "all";

/** A TLS door before a collector, on loopback; shut it resets whoever comes. */
export type Gate = {
  readonly url: string;
  /** Certificate of the authority that a probe must trust to go through, PEM. */
  readonly root: string;
  /** Sets the doors; with `maxBytes` they fall shut once so many have gone towards the collector, in the middle of whatever goes. */
  open: (doors: Doors, maxBytes?: number) => void;
  shut: () => void;
  isShut: () => boolean;
  /** Connections and WebSockets refused since the start. */
  refused: () => number;
  close: () => Promise<void>;
};

/** Opens a gate, shut at first, to a port of the loopback. */
export async function openGate(to: number): Promise<Gate> {
  const authority = await createAuthority("Five days");
  const { certificate, key } = await authority.issue(["127.0.0.1"]);
  const open = new Set<Socket>();
  let [doors, leftBytes, refused] = ["shut" as Doors, Number.POSITIVE_INFINITY, 0];
  const server = createServer({ cert: certificate, key }, (near) => {
    hold(near);
    near.once("data", (first: Buffer) => {
      const kind = /^upgrade: *websocket/im.test(first.toString("latin1")) ? "sockets" : "posts";
      if (doors !== "all" && doors !== kind) {
        refused += 1;
        near.destroy();
      } else join(near, first);
    });
  });
  const hold = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
  };
  const join = (near: TLSSocket, first: Buffer) => {
    const far = connect(to, "127.0.0.1");
    hold(far);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    const pass = (data: Buffer) => {
      const fits = data.subarray(0, leftBytes);
      leftBytes -= fits.length;
      if (leftBytes > 0) far.write(data);
      else far.write(fits, shut);
    };
    pass(first);
    near.on("data", pass);
    far.pipe(near);
  };
  const shut = () => {
    doors = "shut";
    for (const socket of open) socket.destroy();
  };
  server.on("tlsClientError", () => {});
  server.on("connection", (socket: Socket) => {
    if (doors !== "shut") return;
    refused += 1;
    socket.resetAndDestroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server that listens has such an address.
  return {
    url: `https://127.0.0.1:${port}`,
    root: authority.root,
    open: (wanted, maxBytes = Number.POSITIVE_INFINITY) => {
      [doors, leftBytes] = [wanted, maxBytes];
    },
    shut,
    isShut: () => doors === "shut",
    refused: () => refused,
    close: async () => {
      shut();
      server.close();
      await once(server, "close");
    },
  };
}
