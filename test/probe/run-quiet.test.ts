import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { runProbeCommand } from "../../probe/cli.ts";
import { makeIdentity } from "../../probe/identity/identity.ts";
import type { Target } from "../../protocol/target.ts";
import { startKuager } from "./kuager.ts";
import { fakeIo, folders, until } from "./support.ts";
import { startDouble } from "./uplink/collector-double.ts";

const temporary = folders();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(temporary.clean);

const target: Target = {
  id: "closed.test",
  url: "http://127.0.0.1:1/",
  category: "social",
  names: { kk: "a", ru: "a", en: "a" },
  why: "test",
  source: "test",
  hostedIn: null,
  risk: 1,
  kind: "web",
};
const config = { heartbeatS: 1, roundS: 1, linkS: 1, list: { version: "v1", targets: [target], anchors: [] } };

/** A window of quiet hours that holds this moment and the next minutes. */
function now(): string {
  const at = (ms: number) => new Date(Date.now() + ms).toTimeString().slice(0, 5);
  return `${at(-3_600_000)}-${at(3_600_000)}`;
}

it("in quiet hours no site is measured, while the line is looked at and heartbeats go on", async () => {
  const data = join(temporary.make(), "probe");
  const double = await startDouble({ publicKey: makeIdentity(data).publicKey, config, heartbeatS: 1 });
  ends.push(double.close);
  const joining = ["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--quiet", now(), "--data", data];
  await runProbeCommand(joining, fakeIo().io);
  const kinds = () => double.stored.map((text) => (JSON.parse(text) as { kind: string }).kind);
  const run = (...more: string[]) => {
    const running = startKuager(["probe", "run", "--data", data, "--allow-private", ...more]);
    ends.push(() => running.child.kill("SIGKILL"));
    return running;
  };
  const quiet = run();
  // Rounds are a second apart: some were due by then.
  await until("five heartbeats were heard", () => double.heard.filter((word) => word === "beat").length >= 5, 40_000);
  quiet.child.kill("SIGTERM");
  await quiet.exit;
  expect(kinds()).toEqual(expect.arrayContaining(["start", "link", "alive", "stop"]));
  expect(kinds()).not.toContain("web");
  // The same without the hours measures.
  const loud = run("--quiet", "none");
  await until("a site was measured", () => kinds().includes("web"), 40_000);
  loud.child.kill("SIGTERM");
  await loud.exit;
});
