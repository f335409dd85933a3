import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bounded } from "../../../probe/measure/bounded.ts";
import { isFault } from "../../../probe/measure/fault.ts";
import { request } from "../../../probe/measure/request.ts";
import { resolve } from "../../../probe/measure/resolve.ts";
import { measureWeb } from "../../../probe/measure/web.ts";
import { startWorld, type World } from "../../world/index.ts";
import { calm, webSettings } from "./web-settings.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const coded = (code: string, error: Error = new Error("x")) => Object.assign(error, { code });

describe("a fault of ours", () => {
  test.each([
    ["a TypeError", new TypeError("x is not a function")],
    ["a module that is missing", coded("ERR_MODULE_NOT_FOUND")],
    ["an argument that Node refuses", coded("ERR_INVALID_ARG_TYPE", new TypeError("x"))],
    ["something thrown that is no error", "x"],
  ])("is %s", (_what, error) => {
    expect(isFault(error)).toBe(true);
  });

  test.each([
    ["a reset", coded("ECONNRESET")],
    ["an alert", coded("ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR")],
    ["undici's word for a closed socket", coded("UND_ERR_SOCKET")],
    ["an error of a kind not met before", coded("ENEWTHING")],
    ["an answer that cannot be parsed", Object.assign(new Error("x"), { name: "HTTPParserError" })],
    ["an assertion of undici's, which a peer can break", coded("ERR_ASSERTION")],
    ["an error without a code", new Error("x")],
  ])("is not %s", (_what, error) => {
    expect(isFault(error)).toBe(false);
  });

  test("in a lookup is thrown, and not recorded as what the network did", async () => {
    const question = { resolver: "os", server: null, name: "orda.test", type: "A", timeoutMs: 1000 } as const;
    const broken = () => Promise.reject(new TypeError("a fault"));
    await expect(resolve({ ...question, lookup: broken }, calm())).rejects.toThrow("a fault");
    const unknown = () => Promise.reject(coded("ENEWTHING"));
    expect(await resolve({ ...question, lookup: unknown }, calm())).toMatchObject({ failure: "unknown_failure" });
  });

  test("in a request is thrown, and its connection closed", async () => {
    const site = await world.addSite({ name: "fault.test" });
    const socket = connect({ host: site.addresses[0], port: site.port });
    const url = new URL(site.url);
    Object.defineProperty(url, "pathname", {
      get: () => {
        throw new TypeError("a fault");
      },
    });
    await expect(request({ socket, url }, calm())).rejects.toThrow("a fault");
    expect(socket.destroyed).toBe(true);
  });

  test("ends the whole measurement", async () => {
    const lookup = () => Promise.reject(new TypeError("a fault"));
    await expect(measureWeb(webSettings(world, "https://orda.test/", { lookup }), calm())).rejects.toThrow("a fault");
  });

  test("after the deadline disturbs nobody", async () => {
    let fail = (_error: Error) => {};
    const late = new Promise<void>((_, reject) => {
      fail = reject;
    });
    expect(await bounded(5, calm(), () => late)).toBe("timeout");
    fail(new TypeError("late"));
    await expect(late).rejects.toThrow("late");
  });
});
