import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasNamespaces, runs } from "../requires.ts";
import { runKuager, startKuager, temporaryFolder, until } from "./processes.ts";

/** The quick script takes about three minutes on an idle machine. */
const DEMO_TIMEOUT_MS = 360_000;

/** Namespaces of one run, by the process id in their names. */
function namespacesOf(pid: number | undefined): string[] {
  try {
    return readdirSync("/run/netns").filter((name) => name.startsWith(`kl${pid}-`));
  } catch {
    return [];
  }
}

test.runIf(runs(hasNamespaces()))(
  "the demonstration finds every act with its kind, method and scope, and nothing else",
  async () => {
    const data = temporaryFolder();
    try {
      const { code, stdout, stderr } = await runKuager(["lab", "demo", "--quick", "--json", "--keep-data", data.path]);
      expect(stdout, stderr).not.toBe("");
      const result = JSON.parse(stdout);
      expect(
        { faults: result.acts.flatMap((act: { faults: string[] }) => act.faults), extras: result.extras },
        stderr,
      ).toEqual({
        faults: [],
        extras: [],
      });
      expect(code).toBe(0);
      expect(result.acts.map((act: { id: string }) => act.id)).toEqual(["silence", "lie", "cut"]);
      // Nothing of a healthy run is a fault of ours: pino's level 50.
      const logs = readdirSync(join(data.path, "logs")).map((name) =>
        readFileSync(join(data.path, "logs", name), "utf8"),
      );
      expect(logs.flatMap((log) => log.split("\n").filter((line) => line.includes('"level":50')))).toEqual([]);
    } finally {
      data.remove();
    }
  },
  DEMO_TIMEOUT_MS,
);

test.runIf(runs(hasNamespaces()))("a demonstration that is stopped leaves nothing behind", async () => {
  const running = startKuager(["lab", "demo", "--quick"]);
  await until("namespaces stand", () => namespacesOf(running.child.pid).length > 20 || running.child.exitCode !== null);
  expect(running.child.exitCode, running.stderr()).toBeNull();
  running.child.kill("SIGINT");
  expect(await running.exit).not.toBe(0);
  expect(namespacesOf(running.child.pid)).toEqual([]);
});

test("the lab says which words it takes", async () => {
  const help = await runKuager(["lab", "--help"]);
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining("kuager lab demo [--quick]")]);
  const unknown = await runKuager(["lab", "everything"]);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("There is no scenario 'everything'")]);
});
