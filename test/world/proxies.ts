import { connect, createServer, type Server, type Socket } from "node:net";
import { listen, type Running } from "./places.ts";

/** A proxy, and what it was asked to connect to (`host:port`, as the client named it). */
export type Proxy = Running & { asked: string[] };

/** An HTTP proxy that only knows CONNECT (RFC 9110 section 9.3.6), enough for one client at a time to tunnel through. */
export function startConnectProxy(address: string): Promise<Proxy> {
  return startProxy(address, async (client, asked) => {
    const head = String(await firstBytes(client, (bytes) => bytes.includes("\r\n\r\n")));
    const [, host = "", port = ""] = /^CONNECT ([^ :]+):(\d+) /.exec(head) ?? [];
    asked.push(`${host}:${port}`);
    return { host, port: Number(port), answer: "HTTP/1.1 200 OK\r\n\r\n" };
  });
}

/** A SOCKS5 proxy without passwords (RFC 1928), IPv4 addresses and names. */
export function startSocksProxy(address: string): Promise<Proxy> {
  return startProxy(address, async (client, asked) => {
    await firstBytes(client, (bytes) => bytes.length >= 2 + (bytes[1] ?? 0));
    client.write(Buffer.from([5, 0]));
    const asks = await firstBytes(client, (bytes) => bytes.length >= socksLength(bytes));
    const isName = asks[3] === 3;
    const host = isName ? asks.toString("latin1", 5, 5 + (asks[4] ?? 0)) : asks.subarray(4, 8).join(".");
    const port = asks.readUInt16BE(asks.length - 2);
    asked.push(`${host}:${port}`);
    return { host, port, answer: Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]) };
  });
}

function socksLength(bytes: Buffer): number {
  return bytes[3] === 3 ? 7 + (bytes[4] ?? 0) : 10;
}

type Goal = { host: string; port: number; answer: string | Buffer };

async function startProxy(address: string, greet: (client: Socket, asked: string[]) => Promise<Goal>): Promise<Proxy> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    track(open, client);
    greet(client, asked)
      .then(({ host, port, answer }) => {
        const onward = connect(port, host, () => {
          client.write(answer);
          client.pipe(onward).pipe(client);
        });
        track(open, onward);
        onward.on("error", () => client.destroy());
      })
      .catch(() => client.destroy());
  });
  const port = await listen(server, address);
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of open) socket.destroy();
      server.close(() => resolve());
    });
  return { address, port, asked, close };
}

function track(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => open.delete(socket));
}

/** Reads until `whole` says so; 4 KB at most. */
function firstBytes(socket: Socket, whole: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length > 4096) return finish(() => reject(new Error("too long a greeting")));
      if (whole(bytes)) finish(() => resolve(bytes));
    };
    const onClose = () => finish(() => reject(new Error("closed before its greeting")));
    const finish = (then: () => void) => {
      socket.off("data", onData).off("close", onClose);
      then();
    };
    socket.on("data", onData).on("close", onClose);
  });
}
