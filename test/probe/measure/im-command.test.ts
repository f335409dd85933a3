import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { isMessenger, runImCommand } from "../../../probe/measure/im-command.ts";
import { ImBody } from "../../../protocol/records/im.ts";
import { LocalSuspect } from "../../../protocol/records/local.ts";
import { startWorld, type World } from "../../world/index.ts";
import { type Centre, startCentre } from "../../world/messenger.ts";
import { endpoint } from "./web-settings.ts";

/** What `--json` promises. */
const Printed = z.strictObject({ body: ImBody, local: z.strictObject({ suspects: z.array(LocalSuspect) }) });

let world: World;
let centre: Centre;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
  centre = world.keep(await startCentre(2));
  const site = await world.addSite({ name: "web.im.test" });
  folder = mkdtempSync(join(tmpdir(), "kuager-im-"));
  writeFileSync(join(folder, "ca.pem"), world.authority.ca);
  const common = { service: "telegram", source: "a test" };
  const rows = [
    { ...common, id: "dc", kind: "address", ip: centre.address, ports: centre.ports },
    { ...common, id: "web", kind: "page", url: site.url, addresses: [] },
  ];
  writeFileSync(join(folder, "messengers.ndjson"), rows.map((row) => JSON.stringify(row)).join("\n"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

async function run(...argv: string[]) {
  let out = "";
  const code = await runImCommand(argv, {
    out: (text) => {
      out += text;
    },
    err: () => {},
    ask: async () => null,
    env: {},
    signal: new AbortController().signal,
  });
  return { code, out };
}

const laboratory = () => [
  "--targets",
  folder,
  "--ca",
  join(folder, "ca.pem"),
  "--system-resolver",
  endpoint(world.isp),
  "--allow-private",
];

describe("kuager probe measure telegram|whatsapp|signal", () => {
  test("prints body and suspects as JSON, and nothing else", async () => {
    const { code, out } = await run("telegram", "--json", ...laboratory());
    expect(code).toBe(0);
    const { body } = Printed.parse(JSON.parse(out));
    expect(body.tcp.filter(({ failure }) => failure === null)).toHaveLength(3);
    expect(body.http).toMatchObject([{ status: 200 }]);
  });

  test("prints counts and a line for each step", async () => {
    const { out } = await run("telegram", ...laboratory());
    expect(out).toMatch(/^telegram in \d+ ms: 3 of 3 connections, 1 of 1 handshakes/);
    for (const port of centre.ports) expect(out).toContain(`${centre.address}:${port}`);
  });

  test("explains itself", async () => {
    expect((await run("--help")).out).toContain("Usage: kuager probe measure telegram|whatsapp|signal");
  });

  test.each([
    [["icq"], "usage"],
    [[], "usage"],
    [["telegram", "--public-resolver", "dns.example"], "usage"],
    [["telegram", "--doh", "http://dns.example/"], "usage"],
    [["telegram", "--ca", "/nowhere"], "bad_input"],
    [["telegram", "--targets", "/nowhere"], "bad_input"],
  ])("refuses %j", async (argv, code) => {
    await expect(run(...argv)).rejects.toMatchObject({ code });
  });

  test("refuses a messenger that the folder's list does not have", async () => {
    await expect(run("signal", ...laboratory())).rejects.toMatchObject({ code: "bad_input" });
  });

  test("knows the three messengers, and no site by the same name", () => {
    expect(["telegram", "whatsapp", "signal"].every(isMessenger)).toBe(true);
    expect(["telegram.org", "https://signal.org/", undefined].some(isMessenger)).toBe(false);
  });
});
