import { once } from "node:events";
import { createServer } from "node:net";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import { serverName } from "./client-hello.ts";

/** The first segment that Node sends in a handshake. */
async function helloFor(servername: string): Promise<Buffer> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = connect({ port, host: "127.0.0.1", servername });
  client.on("error", () => {});
  const [socket] = await once(server, "connection");
  const [segment] = await once(socket, "data");
  client.destroy();
  server.close();
  return segment;
}

test("the name is read from a real ClientHello, and from nothing else", async () => {
  const hello = await helloFor("orda.kz");
  expect(serverName(hello)).toBe("orda.kz");
  expect(serverName(await helloFor(""))).toBeNull();
  expect(serverName(Buffer.from("GET / HTTP/1.1\r\nHost: orda.kz\r\n\r\n"))).toBeNull();
  // Cut anywhere, it is no fault: the name is whole or not there.
  for (let length = 0; length < hello.length; length++)
    expect([null, "orda.kz"]).toContain(serverName(hello.subarray(0, length)));
});
