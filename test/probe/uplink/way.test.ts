import { afterAll, afterEach, describe, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { loadMembership } from "../../../probe/membership/membership.ts";
import { Delivery } from "../../../probe/uplink/deliver.ts";
import { openWay, readProxy } from "../../../probe/uplink/way.ts";
import { nextAddress, startConnectProxy, startSocksProxy } from "../../world/index.ts";
import { fakeIo, folders, linkBody, openJournal, SILENT, until } from "../support.ts";
import { type DoubleOptions, startDouble } from "./collector-double.ts";

const temporary = folders();
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
afterAll(temporary.clean);

async function collector(options: DoubleOptions) {
  const double = await startDouble(options);
  open.push(double.close);
  return double;
}

const PROXIES = [
  { name: "SOCKS5", scheme: "socks5h", start: startSocksProxy },
  { name: "HTTP CONNECT", scheme: "http", start: startConnectProxy },
];

describe.each(PROXIES)("through a $name proxy", ({ scheme, start }) => {
  it.each([
    { route: "WebSocket", refuseSockets: false },
    { route: "HTTPS batches", refuseSockets: true },
  ])("delivers over $route, and names the collector to the proxy only", async ({ refuseSockets }) => {
    const { journal, identity, clock } = openJournal(temporary.make());
    open.push(async () => journal.close());
    const proxy = await start(nextAddress());
    open.push(proxy.close);
    const double = await collector({ publicKey: identity.publicKey, refuseSockets });
    const asked = `localhost:${double.port}`;
    const way = await openWay([], new URL(`${scheme}://${proxy.address}:${proxy.port}`));
    journal.append({ kind: "link", body: linkBody() }, { urgent: true });
    const delivery = new Delivery({
      collectors: [`http://${asked}`],
      identity,
      journal,
      clock,
      log: SILENT,
      heartbeatS: () => 30,
      listVersion: () => null,
      onConfig: () => {},
      onTask: () => {},
      beforePost: () => {},
      backoff: () => 20,
      way,
    });
    open.push(() => delivery.finish("end of test", 0));
    await until("everything is delivered", () => journal.waiting() === 0);
    expect(double.stored).toHaveLength(1);
    expect(new Set(proxy.asked)).toEqual(new Set([asked]));
    expect(double.heard).toContain(refuseSockets ? "post" : "ws");
  });

  it("joins, and remembers the proxy for later", async () => {
    const proxy = await start(nextAddress());
    open.push(proxy.close);
    const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } };
    const double = await collector({ publicKey: "", config });
    const data = temporary.make();
    const { io } = fakeIo();
    const address = `${scheme}://${proxy.address}:${proxy.port}`;
    const words = [
      "join",
      `GOOD-CODE-2022@http://localhost:${double.port}`,
      "--yes",
      "--proxy",
      address,
      "--data",
      data,
    ];
    expect(await runProbeCommand(words, io)).toBe(0);
    expect(proxy.asked).toEqual([`localhost:${double.port}`]);
    expect(loadMembership(data)?.proxy).toContain(`${proxy.address}:${proxy.port}`);
  });
});

it("refuses what is no address of a proxy, without repeating what may be a password", () => {
  for (const text of ["ftp://a:secret@b", "secret", "socks5h://", `http://${"a".repeat(300)}`])
    expect(() => readProxy(text)).toThrow(
      expect.objectContaining({ code: "usage", message: expect.not.stringContaining("secret") }),
    );
  expect(readProxy("")).toBeNull();
});
