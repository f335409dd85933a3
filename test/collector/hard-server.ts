import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server does with a request: answers with a status, or misbehaves. */
export type Act = number | "hang" | "drip" | "reset" | "megabytes" | "redirect" | { json: unknown };

export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

/** An HTTP server on loopback that keeps what it hears, and does what it is told. */
export type HardServer = {
  readonly url: string;
  readonly heard: Heard[];
  act: Act;
  close: () => Promise<void>;
};

/** Starts one; its first act is to answer 200. */
export async function startHardServer(port = 0): Promise<HardServer> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("error", () => undefined);
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      heard.push({ method, path: url, headers, body: Buffer.concat(parts).toString("utf8") });
      perform(hard.act, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const hard: HardServer = {
    // A TCP server that listens has such an address.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    act: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return hard;
}

function perform(act: Act, response: ServerResponse): void {
  response.on("error", () => undefined);
  if (typeof act === "number") return void response.writeHead(act).end("{}");
  if (typeof act === "object") return void response.writeHead(200).end(JSON.stringify(act.json));
  switch (act) {
    case "hang":
      return;
    case "drip":
      response.writeHead(200);
      drip(response);
      return;
    case "reset":
      return void response.socket?.resetAndDestroy();
    case "redirect":
      return void response.writeHead(307, { location: "http://127.0.0.1:9/elsewhere" }).end();
    case "megabytes":
      response.writeHead(200);
      pour(response);
      return;
  }
}

/** A byte now and then, so that the connection never falls silent. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
}

/** Bytes without end, as fast as they are taken. */
function pour(response: ServerResponse): void {
  const megabyte = Buffer.alloc(1024 * 1024, " ");
  const more = () => {
    while (!response.destroyed && response.write(megabyte));
  };
  response.on("drain", more);
  more();
}
