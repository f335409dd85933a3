import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import {
  freePort,
  healthy,
  type Running,
  runKuager,
  startKuager,
  temporaryFolder,
  until,
} from "../../end-to-end/processes.ts";
import { type HardServer, startHardServer } from "../hard-server.ts";
import { publish, subscribedBefore } from "./fresh.ts";

const folder = temporaryFolder();
const running = new Set<Running>();
let receiver: HardServer;
beforeAll(async () => {
  receiver = await startHardServer();
});
afterEach(() => {
  for (const { child } of running) child.kill("SIGKILL");
});
afterAll(async () => {
  await receiver.close();
  folder.remove();
});

const alert = (data: string, ...words: string[]) => runKuager(["collector", "alert", ...words, "--data", data]);

async function serving(data: string): Promise<Running> {
  const port = String(await freePort());
  const started = startKuager(["collector", "serve", "--data", data, "--port", port, "--log-level", "debug"]);
  running.add(started);
  await until(
    () => `it listens: ${started.stderr()}`,
    () => healthy(`http://127.0.0.1:${port}`),
  );
  return started;
}

function folderOf(name: string): string {
  const data = join(folder.path, name);
  mkdirSync(data);
  return data;
}

const keys = () => receiver.heard.map(({ headers }) => String(headers["webhook-id"]));

describe("an alert", () => {
  test("survives kill -9 while its receiver hangs, and arrives once after the restart, under the same key", async () => {
    const data = folderOf("survives");
    let collector = await serving(data);
    await alert(data, "add", "webhook", `${receiver.url}/hook`);
    const before = keys().length;
    receiver.act = "hang";
    await subscribedBefore(data);
    await publish(data, "survivor", "orda.kz");
    await until("a first try is under way", () => keys().length > before);
    collector.child.kill("SIGKILL");
    await collector.exit;
    receiver.act = 200;
    collector = await serving(data);
    await until("it arrives", async () => (await states(data)).includes("sent"));
    const tried = keys().slice(before);
    expect(new Set(tried).size).toBe(1);
    const heard = receiver.heard.length;
    collector.child.kill("SIGKILL");
    await collector.exit;
    collector = await serving(data);
    await until("the outbox was looked at again", async () => collector.stdout().includes("analysis rebuilt"));
    await publish(data, "second", "vlast.kz");
    await until("another one arrives", () => receiver.heard.length > heard);
    const after = receiver.heard
      .slice(heard)
      .map(({ body }) => (JSON.parse(body) as { incident: Incident }).incident.id);
    expect(after).toEqual(["second"]);
    collector.child.kill("SIGTERM");
    expect(await collector.exit).toBe(0);
    expect(collector.stdout()).not.toMatch(/whsec|\/hook/);
  });
});

async function states(data: string): Promise<string[]> {
  const store = await openStore(data);
  const rows = await store.admin.alerts.recent(10);
  await store.close();
  return rows.map(({ state }) => state);
}

describe("kuager collector alert", () => {
  const data = folderOf("command");
  beforeAll(async () => (await openStore(data)).close());

  test("adds, lists without telling addresses or keys, tries and removes", async () => {
    const added = await alert(
      data,
      "add",
      "webhook",
      `${receiver.url}/secret`,
      "--label",
      "desk",
      "--region",
      "KZ-75",
      "--json",
    );
    const { id, secret } = JSON.parse(added.stdout) as { id: string; secret: string };
    expect(secret).toMatch(/^whsec_/);
    const listed = await alert(data, "list", "--json");
    expect(JSON.parse(listed.stdout)).toMatchObject({ subscriptions: [{ id, label: "desk", regions: ["KZ-75"] }] });
    expect(listed.stdout).not.toMatch(/secret|whsec/);
    receiver.act = 200;
    expect(await alert(data, "test", id)).toMatchObject({ code: 0, stdout: "It was taken.\n" });
    expect(receiver.heard.at(-1)?.body).toContain('"type":"test"');
    receiver.act = 500;
    expect(await alert(data, "test", id)).toMatchObject({ code: 1, stderr: expect.stringContaining("status 500") });
    expect(await alert(data, "remove", id)).toMatchObject({ code: 0 });
    expect(await alert(data, "list")).toMatchObject({ stdout: "Nobody is told yet.\n" });
  });

  test.each([
    [["add", "webhook", "http://hooks.example.org/"], /https/],
    [["add", "webhook"], /missing/],
    [["add", "pigeon", "x"], /webhook, email/],
    [["add", "email", "nobody"], /ADDRESS: must be an email address/],
    [["add", "telegram", "nobody"], /ADDRESS: must be a chat's number/],
    [["add", "email", "a@example.org", "--region", "Almaty"], /KZ-75/],
    [["add", "email", "a@example.org", "--confidence", "sure"], /confidence/],
  ])("refuses %j in words", async (words, says) => {
    expect(await alert(data, ...words)).toMatchObject({ code: 2, stderr: expect.stringMatching(says) });
  });

  test("tells of an id that there is not", async () => {
    for (const verb of ["remove", "test"]) expect(await alert(data, verb, "none")).toMatchObject({ code: 1 });
  });
});
