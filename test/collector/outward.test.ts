import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOutward, type Outward } from "../../collector/outward.ts";
import { startConnectProxy, startSocksProxy } from "../world/proxies.ts";
import { type Act, type HardServer, startHardServer } from "./hard-server.ts";

let server: HardServer;
let outward: Outward;
beforeAll(async () => {
  server = await startHardServer();
  outward = await createOutward(null);
});
afterAll(async () => {
  await outward.close();
  await server.close();
});

const asked = (act: Act, deadlineMs = 300) => {
  server.act = act;
  return outward.ask({ url: `${server.url}/secret-path?key=SECRET`, deadlineMs, bytesMax: 1000 });
};

describe("a request of the collector's own", () => {
  test("gives status, type and bytes", async () => {
    const answer = await asked({ json: { a: 1 } }, 5000);
    expect({ ...answer, bytes: Buffer.from(answer.bytes).toString() }).toEqual({
      status: 200,
      type: "",
      bytes: '{"a":1}',
    });
  });

  test.each([
    ["hang", /deadline/],
    ["drip", /deadline/],
    ["reset", /no answer/],
    ["megabytes", /more than 1000 bytes/],
  ] as const)(
    "to a server that does this: %s, ends with words that name neither address nor key",
    async (act, words) => {
      const error = await asked(act).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "unreachable", message: expect.stringMatching(words) });
      expect((error as Error).message).not.toMatch(/SECRET|secret-path|127\.0\.0\.1/);
    },
  );

  test("follows no redirect", async () => {
    expect((await asked("redirect", 5000)).status).toBe(307);
  });

  test("that is under way ends when the client is closed", async () => {
    const other = await createOutward(null);
    server.act = "hang";
    const waiting = other.ask({ url: server.url, deadlineMs: 60_000, bytesMax: 1 }).catch((error: unknown) => error);
    await other.close();
    expect(await waiting).toMatchObject({ code: "unreachable" });
  });

  test.each(["http", "socks5"])("goes out by a proxy (%s), which looks up the name", async (kind) => {
    const proxy = await (kind === "http" ? startConnectProxy : startSocksProxy)("127.0.0.1");
    const via = await createOutward(`${kind}://127.0.0.1:${proxy.port}`);
    server.act = 204;
    const { port } = new URL(server.url);
    const answer = await via.ask({ url: `http://localhost:${port}/`, deadlineMs: 5000, bytesMax: 1000 });
    expect(answer.status).toBe(204);
    expect(proxy.asked).toEqual([`localhost:${port}`]);
    await via.close();
    await proxy.close();
  });

  test("does not go out without its proxy when that is down", async () => {
    const via = await createOutward("socks5://127.0.0.1:9");
    const before = server.heard.length;
    await expect(via.ask({ url: server.url, deadlineMs: 2000, bytesMax: 1000 })).rejects.toMatchObject({
      code: "unreachable",
    });
    expect(server.heard).toHaveLength(before);
    await via.close();
  });
});
