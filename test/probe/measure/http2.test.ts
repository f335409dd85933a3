import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measureWeb } from "../../../probe/measure/web.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import {
  type H2Answer,
  nextAddress,
  page,
  startBrokenH2,
  startH2Origin,
  startWorld,
  type World,
} from "../../world/index.ts";
import { calm, webSettings } from "./web-settings.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function measure(name: string, port: number, address: string): Promise<WebBody> {
  world.isp.zone[name] = { a: [address] };
  const settings = { publicResolvers: [], doh: [], followups: false };
  const body = await measureWeb(webSettings(world, `https://${name}:${port}/a?b=c`, settings), calm());
  expect(WebBody.safeParse(body).error).toBeUndefined();
  return body;
}

async function answered(name: string, answer: H2Answer) {
  const credentials = await world.authority.issue({ names: [name] });
  const origin = world.keep(await startH2Origin({ address: nextAddress() }, () => answer, credentials));
  return { origin, body: await measure(name, origin.port, origin.address) };
}

describe("a server that offers HTTP/2", () => {
  test("is asked by it, and the record says so", async () => {
    const { origin, body } = await answered("two.test", { body: page("By two"), headers: { server: "test" } });
    expect(origin.asked).toEqual([{ version: "2.0", host: `two.test:${origin.port}`, path: "/a?b=c" }]);
    expect(body.tls).toMatchObject([{ alpn: "h2", version: "TLSv1.3", trusted: true }]);
    expect(body.http).toMatchObject([
      { failure: null, status: 200, title: "By two", truncated: false, headers: { server: "test" } },
    ]);
    expect(Object.keys(body.http[0]?.headers ?? {}).some((header) => header.startsWith(":"))).toBe(false);
    expect(body.http[0]?.bodySha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("has its redirects followed and its pages cut at the limit", async () => {
    const location = "https://elsewhere.test/";
    const moved = await answered("moved.test", { status: 301, headers: { location } });
    expect(moved.body.http[0]).toMatchObject({ status: 301, location });
    const { body } = await answered("big.test", { body: Buffer.alloc(3_000_000, 97) });
    expect(body.http[0]).toMatchObject({ failure: null, truncated: true, bodyBytes: 32 * 1024 });
  });

  test.each([
    ["silence", "generic_timeout_error", null],
    ["reset", "connection_reset", null],
    ["cut-short", "eof_error", 200],
  ] as const)("and ends in %s is %s", async (act, failure, status) => {
    const { body } = await answered(`${act}.test`, act);
    expect(body.http).toMatchObject([{ failure, status, bodySha256: null }]);
  });

  test("and refuses the stream is asked once more by HTTP/1.1", async () => {
    const { body, origin } = await answered("refusing.test", "refuse-stream");
    expect(body.http[0]).toMatchObject({ failure: "http_request_failed", status: null });
    expect(body.tls.map((step) => step.alpn)).toEqual(["h2", "http/1.1"]);
    expect(origin.asked.map(({ version }) => version)).toEqual(["2.0", "1.1"]);
  });

  test("but cannot speak it is read by HTTP/1.1, on a connection of its own", async () => {
    const credentials = await world.authority.issue({ names: ["broken.test"] });
    const origin = world.keep(await startBrokenH2({ address: nextAddress() }, page("By one"), credentials));
    const body = await measure("broken.test", origin.port, origin.address);
    expect(body.tls.map((step) => step.alpn)).toEqual(["h2", "http/1.1"]);
    expect(body.http).toMatchObject([
      { failure: "http_parse_error", status: null },
      { failure: null, status: 200, title: "By one" },
    ]);
    expect(new Set(body.tcp.map((step) => step.id)).size).toBe(2);
  });
});

test("a server without HTTP/2 is asked by HTTP/1.1 at once", async () => {
  const site = await world.addSite({ name: "one.test" });
  const body = await measureWeb(webSettings(world, site.url), calm());
  expect(body.tls).toMatchObject([{ alpn: "http/1.1" }]);
  expect(body.http).toMatchObject([{ status: 200 }]);
});
