import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startRegistry } from "../../../collector/legal/registry/job.ts";
import { lookUp } from "../../../collector/legal/registry/look-up.ts";
import { readAnswer } from "../../../collector/legal/registry/read-answer.ts";
import { createOutward, type Outward } from "../../../collector/outward.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { RegistryLookup } from "../../../protocol/publication.ts";
import { freePort, until } from "../../end-to-end/processes.ts";
import { type Desk, openDesk } from "../publication/scene.ts";
import { entry, http, type RawRegistry, type Said, startRawRegistry } from "./registry-server.ts";

let registry: RawRegistry;
let outward: Outward;
beforeAll(async () => {
  registry = await startRawRegistry(() => http(200, "[]"));
  outward = await createOutward(null);
});
afterAll(async () => {
  await outward.close();
  await registry.close();
});

const AT = Date.parse("2026-11-28T00:00:00.000Z");

async function asked(target: string, said: Said, deadlineMs = 5000) {
  registry.say = () => said;
  return lookUp(outward, { address: registry.address, target, at: AT, deadlineMs });
}

const json = (value: unknown) => http(200, JSON.stringify(value));
const chunked = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${body}`;

describe("an answer of the registry", () => {
  test("that names a court says so, with the entry as given, and its bytes and hash are kept", async () => {
    const body = JSON.stringify([entry("http://torproject.org/", "Есильский районный суд")]);
    const { lookup, bytes } = await asked("torproject.org", http(200, body));
    expect(RegistryLookup.parse(lookup)).toMatchObject({
      ...{ target: "torproject.org", status: "listed_court", httpStatus: 200, failure: null },
      ...{ asked: "2026-11-28T00:00:00.000Z", url: `${registry.address}?url=torproject.org` },
      entries: [
        { id: "3771", category: "Анонимайзеры", court: "Есильский районный суд", date: "27.11.2024", document: "№ 1" },
      ],
    });
    expect(Buffer.from(bytes ?? []).toString()).toBe(body);
    expect(lookup.answerSha256).toBe(sha256Hex(body));
  });

  test.each([null, "", " ", "-"])("whose court is %j names none", async (court) => {
    const { lookup } = await asked("torproject.org", json([entry("torproject.org", court)]));
    expect(lookup).toMatchObject({ status: "listed_no_court", entries: [{ court: null }] });
  });

  test("that is an empty list, or lists only other names that hold the one asked for, is not listed", async () => {
    expect((await asked("orda.kz", json([]))).lookup.status).toBe("not_listed");
    const others = [entry("http://notorda.kz"), entry("https://orda.kz.example.org/x")];
    expect((await asked("orda.kz", json(others))).lookup).toMatchObject({ status: "not_listed", entries: [] });
  });

  test("about a page of the site, or with www, is about the site", async () => {
    const { lookup } = await asked("who.int", json([entry("https://www.who.int/page?id=1")]));
    expect(lookup.status).toBe("listed_no_court");
  });
});

/** Each of these is a registry that did not answer the question, whatever it looks like. */
const ODD: readonly (readonly [name: string, said: Said, failure: string])[] = [
  [
    "a page of an error",
    http(200, "<!doctype html><h1>Error</h1>", { "content-type": "text/html" }),
    "json_parse_error",
  ],
  ["a captcha", http(200, "<html><script src=captcha.js></script></html>"), "json_parse_error"],
  ["a 403 with an empty list", http(403, "[]"), "http_unexpected_status_code"],
  ["a 429", http(429, "[]", { "retry-after": "60" }), "http_unexpected_status_code"],
  ["a 500", http(500, "[]"), "http_unexpected_status_code"],
  ["a 204", { raw: "HTTP/1.1 204 No Content\r\n\r\n" }, "http_unexpected_status_code"],
  ["a redirect", http(302, "[]", { location: "https://example.org/login" }), "http_unexpected_redirect_url"],
  ["a 200 with nothing", http(200, ""), "json_parse_error"],
  ["a 200 with null", http(200, "null"), "json_parse_error"],
  ["a 200 with an object", http(200, '{"error":"no"}'), "json_parse_error"],
  ["a 200 with words", http(200, '"not found"'), "json_parse_error"],
  ["a list of nonsense", http(200, "[1,2,3]"), "json_parse_error"],
  ["a list of entries without a name", http(200, '[{"id":1}]'), "json_parse_error"],
  ["entries of other names", json([entry("http://casino.example")]), "http_request_failed"],
  [
    "bytes that are no UTF-8",
    {
      raw: Buffer.concat([
        Buffer.from(http(200, "[]   ").raw.slice(0, -5)),
        Buffer.from([0x5b, 0xff, 0xfe, 0x20, 0x5d]),
      ]),
    },
    "json_parse_error",
  ],
  [
    "an answer cut in its middle",
    { raw: http(200, JSON.stringify([entry("orda.kz")])).raw.slice(0, -20) },
    "eof_error",
  ],
  ["a chunked answer cut after a whole list", { raw: chunked("2\r\n[]\r\n") }, "eof_error"],
  [
    "a list that is cut where no length is given",
    { raw: 'HTTP/1.0 200 OK\r\n\r\n[{"urladdress":"orda' },
    "json_parse_error",
  ],
  ["a reset in the middle", { raw: "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[", after: "reset" }, "eof_error"],
  ["an end before anything", { raw: "" }, "eof_error"],
  ["no HTTP at all", { raw: "SSH-2.0-OpenSSH_9.2\r\n\r\n" }, "http_parse_error"],
  ["more than a megabyte", http(200, `[${" ".repeat(1_200_000)}]`), "http_request_failed"],
];

describe("a failure", () => {
  test.each(ODD)("%s is never read as not listed", async (_name, said, failure) => {
    const { lookup } = await asked("orda.kz", said);
    expect(RegistryLookup.parse(lookup)).toMatchObject({ status: "lookup_failed", failure, entries: [] });
  });

  test("silence ends at the deadline", async () => {
    const { lookup } = await asked(
      "orda.kz",
      { raw: "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[", after: "hang" },
      100,
    );
    expect(lookup).toMatchObject({ status: "lookup_failed", failure: "generic_timeout_error", httpStatus: null });
  });

  test("of a server that is not there has its name, and so has that of a name that does not exist", async () => {
    const address = `http://127.0.0.1:${await freePort()}/`;
    const { lookup } = await lookUp(outward, { address, target: "orda.kz", at: AT });
    expect(lookup).toMatchObject({ status: "lookup_failed", failure: "connection_refused" });
  });

  test("keeps the bytes of what came instead", async () => {
    const { lookup, bytes } = await asked("orda.kz", http(200, "<h1>captcha</h1>"));
    expect(lookup.answerSha256).toBe(sha256Hex("<h1>captcha</h1>"));
    expect(bytes).not.toBeNull();
  });

  test("any bytes at all are read without a fault", () => {
    for (const text of ["", "[", "[[]]", "[null]", '[{"urladdress":""}]', '[{"urladdress":"http://"}]', "[{}]"])
      expect(["lookup_failed", "not_listed"]).toContain(readAnswer("", 200, Buffer.from(text)).status);
  });
});

test("the question goes by the proxy that is set", async () => {
  const through: string[] = [];
  const proxy = createServer((request, response) => {
    through.push(request.url ?? "");
    response.end("[]");
  });
  proxy.on("connect", (request, socket) => {
    through.push(request.url ?? "");
    socket.end("HTTP/1.1 503 no\r\n\r\n");
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo;
  const by = await createOutward(`http://127.0.0.1:${port}`);
  const { lookup } = await lookUp(by, { address: "http://registry.example/banned_sites", target: "orda.kz", at: AT });
  expect(through.join()).toContain("registry.example");
  expect(["not_listed", "lookup_failed"]).toContain(lookup.status);
  await by.close();
  proxy.close();
});

describe("the daily job", () => {
  let desk: Desk;
  let job: { close: () => Promise<void> } | null = null;
  afterEach(async () => {
    await job?.close();
    job = null;
    await desk.close();
  });
  const TARGETS = ["a.kz", "b.kz", "c.kz"];
  const listed = (name: string) => json([entry(name)]);
  /** A life of the job with a clock of its own. */
  async function start(more: { now?: () => number; control?: string | null; backOffMs?: number } = {}) {
    desk ??= await openDesk();
    const pace = { everyMs: 86_400_000, betweenMs: 2, backOffMs: 2, backOffMostMs: 20, deadlineMs: 2000 };
    job = startRegistry({
      ...{ store: desk.store, outward, address: registry.address, targets: TARGETS, control: more.control ?? null },
      ...{ log: pino({ level: "silent" }), now: more.now ?? (() => AT), pace },
    });
  }
  const known = async () =>
    Object.fromEntries((await desk.store.registry.newest()).map(({ target, status }) => [target, status]));
  const fresh = async (say: (name: string) => Said) => {
    desk = await openDesk();
    registry.asked.length = 0;
    registry.say = say;
  };

  test("asks for each target once a day, one at a time, and a restart asks for none again", async () => {
    await fresh((name) => (name === "b.kz" ? listed(name) : json([])));
    let at = AT;
    await start({ now: () => at });
    const all = { "a.kz": "not_listed", "b.kz": "listed_no_court", "c.kz": "not_listed" };
    await until("all are asked", async () => Object.keys(await known()).length === 3);
    expect(await known()).toEqual(all);
    await job?.close();
    await start({ now: () => at });
    at += 86_400_001;
    await until("all are asked again", () => registry.asked.length >= 6);
    await job?.close();
    expect(registry.asked.toSorted()).toEqual([...TARGETS, ...TARGETS].sort());
    expect(registry.most()).toBe(1);
    const [last] = await desk.store.registry.list({ target: "b.kz", before: null, limit: 9 });
    expect(Buffer.from((await desk.store.registry.answer(last?.lookup.answerSha256 ?? "")) ?? []).toString()).toContain(
      "b.kz",
    );
  });

  test("tries a target that failed again, after the others", async () => {
    let calls = 0;
    await fresh((name) => (name === "a.kz" && ++calls < 3 ? http(503, "") : json([])));
    await start();
    await until("a.kz is answered", async () => (await known())["a.kz"] === "not_listed");
    await job?.close();
    const failures = await desk.store.registry.list({ target: "a.kz", before: null, limit: 9 });
    expect(failures.map(({ lookup }) => lookup.status)).toEqual(["not_listed", "lookup_failed", "lookup_failed"]);
    expect(registry.asked.filter((name) => name !== "a.kz").toSorted()).toEqual(["b.kz", "c.kz"]);
  });

  test("believes nothing while the registry does not find a name that is known to be listed", async () => {
    await fresh(() => json([]));
    await start({ control: "listed.kz" });
    await until("the control is asked thrice", () => registry.asked.length >= 3);
    expect(new Set(registry.asked)).toEqual(new Set(["listed.kz"]));
    expect(await known()).toEqual({ "listed.kz": "lookup_failed" });
    registry.say = (name) => (name === "listed.kz" ? listed(name) : json([]));
    await until("the targets are asked", async () => Object.keys(await known()).length === 4);
    expect((await known())["listed.kz"]).toBe("listed_no_court");
  });
});
