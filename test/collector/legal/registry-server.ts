import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

/** Bytes that answer a question for a name; `hang` keeps the line open afterwards, `reset` ends it rudely. */
export type Said = { readonly raw: string | Buffer; readonly after?: "end" | "hang" | "reset" };

export type RawRegistry = {
  readonly address: string;
  /** Names asked for, in order; the most that were under way at one time. */
  readonly asked: string[];
  readonly most: () => number;
  say: (name: string) => Said;
  close: () => Promise<void>;
};

/** A server on loopback that says exactly the bytes it is told to, as the registry of a bad day would. */
export async function startRawRegistry(say: (name: string) => Said): Promise<RawRegistry> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  let [open, most] = [0, 0];
  const server = createServer((socket) => {
    sockets.add(socket);
    let head = "";
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (part) => {
      head += part.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      const target = /^GET (\S+) /.exec(head)?.[1] ?? "/";
      head = "";
      const name = new URL(target, "http://registry").searchParams.get("url") ?? "";
      asked.push(name);
      most = Math.max(most, ++open);
      const { raw, after = "end" } = registry.say(name);
      socket.write(raw, () => {
        open -= 1;
        if (after === "end") socket.end();
        if (after === "reset") socket.resetAndDestroy();
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const registry: RawRegistry = {
    // A TCP server that listens has such an address.
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/banned_sites`,
    asked,
    most: () => most,
    say,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
  return registry;
}

/** A whole answer. */
export function http(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Said {
  const all = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return { raw: `HTTP/1.1 ${status} Status\r\n${lines.join("")}connection: close\r\n\r\n${body}` };
}

/** An entry as the registry gives it. */
export function entry(urladdress: string, courtname: string | null = null) {
  return {
    ...{ id: 3771, name: "", urladdress, categoryname: "Анонимайзеры", courtname, courtdate: "27.11.2024" },
    document: "№ 1",
  };
}
