import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entrance } from "../../../collector/admin/accounts.ts";
import { runKuager } from "../../end-to-end/processes.ts";
import { type HardServer, startHardServer } from "../hard-server.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { createTestProbe, greet, join } from "../test-probe.ts";
import { accountIn, type Client, clientOf, codeOf, signedIn } from "./desk.ts";

let collector: TestCollector;
let receiver: HardServer;
let chief: Entrance;
let operator: Client;
beforeAll(async () => {
  receiver = await startHardServer();
  collector = await startCollector({ flags: { "admin-port": "0", "public-url": "https://kuager.example.org" } });
  chief = await accountIn(collector, "chief", "operator");
  operator = await signedIn(collector, chief);
});
afterAll(async () => {
  await collector.close();
  await receiver.close();
});

const at = (path: string) => `/admin/en${path}`;
const INVITE = { role: "witness", region: "KZ-75", asn: "9198", access: "fixed", "expires-hours": "24" };

describe("an operator", () => {
  test("invites a probe by a card with a code that works once and is never shown again", async () => {
    const card = await operator.post(at("/probes/invite"), INVITE);
    expect(card.status).toBe(200);
    expect(card.headers.get("cache-control")).toContain("no-store");
    const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(card.text)?.[0] ?? "";
    expect(card.text).toContain("<svg");
    const probe = createTestProbe();
    expect((await join(collector.url, probe, code)).joined).not.toBeNull();
    expect((await join(collector.url, createTestProbe(), code)).joined).toBeNull();
    const list = await operator.get(at("/probes"));
    expect(list.text).not.toContain(code);
    // A probe has a short name of this collector's own; neither its id nor its key is on the screen.
    expect(list.text).not.toContain(probe.id);
    expect(list.text).not.toContain(probe.publicKey);
  });

  test.each([
    ["a region that there is not", { ...INVITE, region: "KZ-99" }],
    ["a number that is none", { ...INVITE, asn: "one" }],
    ["a role that there is not", { ...INVITE, role: "spy" }],
    ["a code for years", { ...INVITE, "expires-hours": "100000" }],
  ])("cannot invite to %s", async (_words, fields) => {
    expect((await operator.post(at("/probes/invite"), fields)).status).toBe(400);
  });

  test("revokes a probe when asked twice, and it is sent away", async () => {
    const probe = await collector.probe({ region: "KZ-71" });
    const list = await operator.get(at("/probes"));
    const rows = [...list.text.matchAll(/name="probe" value="([0-9a-f]{10})"/g)].map(([, name = ""]) => name);
    expect(rows).toHaveLength(2);
    const row = list.text.split(/<tr /).find((text) => text.includes("Astana") && text.includes('name="probe"')) ?? "";
    const name = /name="probe" value="([0-9a-f]{10})"/.exec(row)?.[1] ?? "";
    expect(await operator.post(at("/probes/revoke"), { probe: name })).toMatchObject({
      text: expect.stringContaining("Are you sure?"),
    });
    expect((await greet(collector.url, probe)).answer).toMatchObject({ t: "welcome" });
    expect(await operator.post(at("/probes/revoke"), { probe: name, sure: "yes" })).toMatchObject({ status: 303 });
    expect((await greet(collector.url, probe)).answer).toMatchObject({ t: "refuse", code: "revoked" });
  });

  test("adds a webhook, sees its key once, tries it out, and takes it away", async () => {
    const fields = {
      channel: "webhook",
      address: `${receiver.url}/hook?key=of-the-receiver`,
      language: "kk",
      confidence: "confirmed",
    };
    const added = await operator.post(at("/alerts"), {
      ...fields,
      label: "Newsroom",
      regions: "KZ-75 KZ-71",
      asns: "AS9198",
    });
    const secret = /whsec_[A-Za-z0-9+/=]+/.exec(added.text)?.[0] ?? "";
    expect(secret.length).toBeGreaterThan(40);
    const list = await operator.get(at("/alerts"));
    for (const hidden of [secret, "of-the-receiver", "/hook"]) expect(list.text).not.toContain(hidden);
    expect(list.text).toContain("Newsroom");
    const id = /name="subscription" value="([0-9a-f-]+)"/.exec(list.text)?.[1] ?? "";
    expect(await operator.post(at("/alerts/test"), { subscription: id })).toMatchObject({ status: 303 });
    expect(receiver.heard.at(-1)?.path).toBe("/hook?key=of-the-receiver");
    receiver.act = "redirect";
    const failed = await operator.post(at("/alerts/test"), { subscription: id });
    expect(failed.status).toBe(400);
    expect(failed.text).not.toContain("of-the-receiver");
    expect((await operator.post(at("/alerts/remove"), { subscription: id })).text).toContain("Are you sure?");
    expect(await operator.post(at("/alerts/remove"), { subscription: id, sure: "yes" })).toMatchObject({ status: 303 });
    expect((await operator.get(at("/alerts"))).text).not.toContain("Newsroom");
  });

  test.each([
    ["plain http to another host", { channel: "webhook", address: "http://hooks.example.org/" }],
    ["a scheme that is none of the web", { channel: "webhook", address: "file:///etc/passwd" }],
    ["no address", { channel: "email", address: "nobody" }],
    ["a region that is none", { channel: "email", address: "a@example.org", regions: "Almaty" }],
    ["a channel that there is not", { channel: "pigeon", address: "x" }],
  ])("cannot add %s, and what was typed stays", async (_words, fields) => {
    const answer = await operator.post(at("/alerts"), {
      language: "en",
      confidence: "probable",
      label: "kept words",
      ...fields,
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("kept words");
  });

  test("takes in a series of another project once, and takes it out when asked twice", async () => {
    const file = readFileSync(new URL("../outside/fixtures/ioda-asn.json", import.meta.url));
    const fields = { source: "ioda", address: "https://api.example.org/v2/signals/raw/asn/9198", licence: "" };
    expect(await operator.upload(at("/outside"), fields, file)).toMatchObject({
      to: "/admin/en/outside?done=imported",
    });
    expect(await operator.upload(at("/outside"), fields, file)).toMatchObject({ to: "/admin/en/outside?done=known" });
    expect((await operator.upload(at("/outside"), { ...fields, source: "ooni" }, file)).status).toBe(400);
    expect((await operator.upload(at("/outside"), { ...fields, address: "javascript:x" }, file)).status).toBe(400);
    const id = /name="import" value="(\d+)"/.exec((await operator.get(at("/outside"))).text)?.[1] ?? "";
    expect((await operator.post(at("/outside/remove"), { import: id })).text).toContain("Are you sure?");
    expect(await operator.post(at("/outside/remove"), { import: id, sure: "yes" })).toMatchObject({ status: 303 });
  });

  test("raises the threshold of small cells at once for all readers; lowering is asked twice; below three is refused", async () => {
    for (let count = 0; count < 3; count++) await collector.probe({ region: "KZ-79" });
    const cell = async () => {
      const answer = await fetch(`${collector.url}/api/v1/coverage`);
      const { cells } = (await answer.json()) as {
        cells: { region: string; known: number | null; band: string | null }[];
      };
      return cells.find(({ region }) => region === "KZ-79");
    };
    expect(await cell()).toMatchObject({ known: 3, band: null });
    for (const wrong of ["2", "0", "-5", "3.5", "51", "", "three"])
      expect((await operator.post(at("/settings"), { enough: wrong })).status, wrong).toBe(400);
    expect(await operator.post(at("/settings"), { enough: "5" })).toMatchObject({ status: 303 });
    expect(await cell()).toMatchObject({ known: null, band: "1-4" });
    expect((await operator.post(at("/settings"), { enough: "3" })).text).toContain("Are you sure?");
    expect(await cell()).toMatchObject({ known: null });
    expect(await operator.post(at("/settings"), { enough: "3", sure: "yes" })).toMatchObject({ status: 303 });
    expect(await cell()).toMatchObject({ known: 3 });
  });

  test("changes the password only with the old one and a new code; other sessions end", async () => {
    const entrance = await accountIn(collector, "second", "operator");
    const [here, elsewhere] = [await signedIn(collector, entrance, -1), await signedIn(collector, entrance)];
    const wish = { password: "a long new password", again: "a long new password" };
    const wrong = { ...wish, current: "not it at all", code: codeOf(entrance, 1) };
    expect((await here.post(at("/account"), wrong)).status).toBe(400);
    const right = { current: entrance.password, code: codeOf(entrance, 1) };
    expect((await here.post(at("/account"), { ...right, password: "short", again: "short" })).status).toBe(400);
    expect((await elsewhere.get(at("/account"))).status).toBe(200);
  });

  test("sees each act in a trail that holds together, and what was typed is not in it", async () => {
    const trail = (await operator.get(at("/audit"))).text;
    for (const act of [
      "probe invited",
      "probe revoked",
      "alert added",
      "alert removed",
      "outside imported",
      "threshold set",
    ])
      expect(trail).toContain(act);
    for (const secret of ["of-the-receiver", "whsec_", chief.password]) expect(trail).not.toContain(secret);
    const { stdout, code } = await runKuager(["collector", "audit", "--data", collector.folder, "--json"]);
    expect(code).toBe(0);
    expect(stdout).toContain("threshold set");
  });

  test("changes roles, and a role takes effect at once", async () => {
    const guest = await signedIn(collector, await accountIn(collector, "guest", "viewer"));
    expect((await guest.get(at("/alerts"))).status).toBe(403);
    expect(await operator.post(at("/accounts"), { name: "guest", do: "role", role: "operator" })).toMatchObject({
      status: 303,
    });
    expect((await guest.get(at("/alerts"))).status).toBe(200);
    expect((await operator.post(at("/accounts"), { name: "guest", do: "role", role: "emperor" })).status).toBe(400);
    expect((await operator.post(at("/accounts"), { name: "nobody", do: "unlock" })).status).toBe(404);
  });
});

test("a threshold that was set is in force after a restart, also for what commands write", async () => {
  const first = await startCollector({ flags: { "admin-port": "0" }, keep: true });
  const client = await signedIn(first, await accountIn(first, "boss", "operator"));
  await client.post(at("/settings"), { enough: "7" });
  await first.close();
  const second = await startCollector({ flags: { "admin-port": "0" }, folder: first.folder });
  expect((await clientOf(second).get(at(""))).status).toBe(303);
  await second.probe({ region: "KZ-79" });
  const { cells } = (await (await fetch(`${second.url}/api/v1/coverage`)).json()) as {
    cells: { band: string | null }[];
  };
  expect(cells.map(({ band }) => band)).toEqual(["1-6"]);
  await second.close();
});
