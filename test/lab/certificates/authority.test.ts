import { once } from "node:events";
import { connect, createServer } from "node:tls";
import { expect, test } from "vitest";
import { createAuthority } from "./authority.ts";

test("a certificate of the lab is trusted under its root, for its own names and addresses only", async () => {
  const authority = await createAuthority("lab test");
  const { certificate, key } = await authority.issue(["orda.kz", "www.orda.kz", "127.0.0.1"]);
  const server = createServer({ cert: certificate, key }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const verdictOn = async (servername: string, ca: string[]) => {
    const socket = connect({ port, host: "127.0.0.1", servername, ca });
    try {
      await once(socket, "secureConnect");
      return "trusted";
    } catch (error) {
      return error instanceof Error && "code" in error ? error.code : error;
    } finally {
      socket.destroy();
    }
  };
  try {
    expect(await verdictOn("www.orda.kz", [authority.root])).toBe("trusted");
    expect(await verdictOn("", [authority.root])).toBe("trusted");
    expect(await verdictOn("azattyq.org", [authority.root])).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    const other = await createAuthority("another");
    expect(await verdictOn("orda.kz", [other.root])).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  } finally {
    server.close();
  }
});
