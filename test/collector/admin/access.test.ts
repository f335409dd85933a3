import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entrance } from "../../../collector/admin/accounts.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { runKuager } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { accountIn, type Client, clientOf, codeOf, signedIn } from "./desk.ts";

let collector: TestCollector;
let operator: Entrance;
let viewer: Entrance;
let desk: Client;
beforeAll(async () => {
  collector = await startCollector({ flags: { "admin-port": "0" } });
  operator = await accountIn(collector, "chief", "operator");
  viewer = await accountIn(collector, "guest", "viewer");
  desk = await signedIn(collector, operator);
});
afterAll(() => collector.close());

const SCREENS = [
  "",
  "/incidents",
  "/events",
  "/reports",
  "/statements",
  "/legal",
  "/probes",
  "/alerts",
  "/outside",
].concat(["/settings", "/accounts", "/audit", "/account"]);

describe("the administration", () => {
  test("is closed unless a port is named, and never on the public port", async () => {
    const other = await startCollector();
    expect(other.adminPort).toBeNull();
    for (const path of ["/admin", "/admin/en", "/admin/en/sign-in"])
      expect((await fetch(`${other.url}${path}`, { redirect: "manual" })).status, path).toBe(404);
    expect((await fetch(`${collector.url}/admin/en`, { redirect: "manual" })).status).toBe(404);
    await other.close();
  });

  test.each(SCREENS)("shows %s only to who signed in", async (path) => {
    const stranger = clientOf(collector);
    expect(await stranger.get(`/admin/en${path}`)).toMatchObject({ status: 303, to: "/admin/en/sign-in" });
    expect(await desk.get(`/admin/en${path}`)).toMatchObject({ status: 200 });
  });

  test("sends what browsers need to keep strangers out, and nothing that a cache may keep", async () => {
    const { headers } = await desk.get("/admin/en/probes");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toContain("noindex");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("answers to no other name", async () => {
    const { request } = await import("node:http");
    const status = await new Promise<number | undefined>((resolve) => {
      const options = { port: collector.adminPort ?? 0, host: "127.0.0.1", path: "/admin/en/sign-in" };
      request({ ...options, headers: { host: "evil.example" } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(421);
  });
});

describe("signing in", () => {
  test("works under each name of this machine", async () => {
    const client = clientOf(collector);
    const headers = { origin: `http://127.0.0.1:${collector.adminPort}` };
    const somebody = await accountIn(collector, "by-address", "viewer");
    const fields = { name: somebody.name, password: somebody.password, code: codeOf(somebody) };
    expect(await client.post("/admin/en/sign-in", fields, { headers })).toMatchObject({ status: 303, to: "/admin/en" });
    const other = { origin: "http://127.0.0.1:1" };
    expect(await client.post("/admin/en/sign-in", fields, { headers: other })).toMatchObject({ status: 403 });
  });

  test("sets a cookie for the administration alone, which no script reads", async () => {
    const client = clientOf(collector);
    const answer = await client.post("/admin/ru/sign-in", {
      ...{ name: viewer.name, password: viewer.password, code: codeOf(viewer) },
    });
    expect(answer).toMatchObject({ status: 303, to: "/admin/ru" });
    const cookie = answer.headers.get("set-cookie") ?? "";
    for (const part of ["__Secure-kuager-admin=", "Path=/admin", "HttpOnly", "Secure", "SameSite=Strict"])
      expect(cookie).toContain(part);
    expect(cookie).not.toMatch(/Domain|Expires|Max-Age/);
  });

  test("with anything wrong says the same, and is written down without what was typed", async () => {
    const answers = await Promise.all(
      [
        { name: operator.name, password: "SECRET-TYPED-WRONG", code: codeOf(operator, 1) },
        { name: operator.name, password: operator.password, code: "000000" },
        { name: "SECRET-NAME", password: operator.password, code: codeOf(operator, 1) },
      ].map((fields) => clientOf(collector).post("/admin/en/sign-in", fields)),
    );
    const texts = answers.map(({ status, text }) => [status, text.replace(/value="[^"]*"/g, "")]);
    expect(texts[0]).toEqual([403, expect.stringContaining("do not go together")]);
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).toEqual(texts[0]);
    const store = await openStore(collector.folder);
    const rows = await store.admin.audit.after(0, 1000);
    await store.close();
    expect(rows.filter(({ text }) => text.includes("sign-in refused"))).toHaveLength(2);
    expect(rows.map(({ text }) => text).join("")).not.toContain("SECRET");
  });

  test("that was refused is told as nobody's act, never as a command's, in the language of the page", async () => {
    await clientOf(collector).post("/admin/en/sign-in", { name: operator.name, password: "wrong", code: "000000" });
    const told = async (language: string) => {
      const { text } = await desk.get(`/admin/${language}/audit`);
      return text.split("<tr").find((row) => row.includes(refusedIn[language] ?? "?")) ?? "";
    };
    const refusedIn: Record<string, string> = {
      kk: "кіруден бас тартылды",
      ru: "во входе отказано",
      en: "sign-in refused",
    };
    for (const [language, nobody, command] of [
      ["kk", "(ешкім кірмеген)", "(пәрмен)"],
      ["ru", "(никто не вошёл)", "(команда)"],
      ["en", "(nobody signed in)", "(command)"],
    ] as const) {
      expect(await told(language)).toContain(nobody);
      expect(await told(language)).not.toContain(command);
    }
    const { stdout } = await runKuager(["collector", "audit", "--data", collector.folder]);
    expect(stdout).toContain("(nobody signed in)  sign-in refused  chief");
    expect(stdout).not.toContain("(command)  sign-in refused");
  });

  test("ends by signing out, and the old cookie opens nothing", async () => {
    const client = await signedIn(collector, viewer, 1);
    const cookie = client.cookie();
    expect(await client.post("/admin/en/sign-out", {})).toMatchObject({ status: 303, to: "/admin/en/sign-in" });
    client.setCookie(cookie);
    expect(await client.get("/admin/en")).toMatchObject({ status: 303, to: "/admin/en/sign-in" });
  });
});

describe("a form", () => {
  const disable = { do: "disable", name: "guest" };

  test.each([
    ["from another site", { headers: { origin: "https://evil.example" } }],
    ["from another site, by what the browser says", { headers: { "sec-fetch-site": "cross-site" } }],
    ["from a page that hides where it is", { headers: { origin: "null" } }],
    ["without the token", { token: null }],
    ["with a token of another session", { token: "x".repeat(43) }],
  ])("%s does nothing", async (_words, more) => {
    await desk.get("/admin/en/accounts");
    expect((await desk.post("/admin/en/accounts", { ...disable, sure: "yes" }, more)).status).toBe(403);
    expect((await desk.get("/admin/en/accounts")).text).not.toContain("disabled</span>");
  });

  test("of somebody whose role does not include it does nothing", async () => {
    const guest = await signedIn(collector, await accountIn(collector, "guest-2", "viewer"));
    const store = await openStore(collector.folder);
    const before = await store.events.within({ from: 0, to: Number.MAX_SAFE_INTEGER }, 10_000);
    for (const [path, fields] of [
      ["/probes/invite", { role: "witness", "expires-hours": "5" }],
      ["/events/edit", { title: "x", kind: "rally", place: "KZ", start: "2026-01-01", precision: "day", source: "s" }],
      ["/settings", { enough: "9" }],
      ["/incidents/KZ-2026-0001", { act: "note", "note-en": "x" }],
    ] as const)
      expect((await guest.post(`/admin/en${path}`, fields)).status, path).toBe(403);
    for (const path of ["/alerts", "/accounts"]) expect((await guest.get(`/admin/en${path}`)).status).toBe(403);
    expect(await store.events.within({ from: 0, to: Number.MAX_SAFE_INTEGER }, 10_000)).toEqual(before);
    await store.close();
  });

  test("for something that cannot be undone asks once more before it does it", async () => {
    await desk.get("/admin/en/accounts");
    const asked = await desk.post("/admin/en/accounts", disable);
    expect(asked).toMatchObject({ status: 200, text: expect.stringContaining("Are you sure?") });
    expect((await desk.get("/admin/en/accounts")).text).not.toContain("disabled</span>");
    expect(await desk.post("/admin/en/accounts", { ...disable, sure: "yes" })).toMatchObject({ status: 303 });
    expect((await desk.get("/admin/en/accounts")).text).toContain("disabled</span>");
  });

  test("larger than it may be is refused on a page", async () => {
    const answer = await desk.post("/admin/en/settings", { enough: "9".repeat(100_000) });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("It was not done");
  });
});

test("an address that is none says so on a page, in the language of the address", async () => {
  const answer = await desk.get("/admin/kk/nowhere");
  expect(answer).toMatchObject({ status: 404, text: expect.stringContaining("Мұнда ештеңе жоқ") });
});
