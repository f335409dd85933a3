import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { hasNamespaces, runs } from "../requires.ts";
import { runKuager, startKuager, until } from "./processes.ts";

/** Under three minutes on an idle machine. */
const LINES_TIMEOUT_MS = 420_000;

/** Namespaces, resolvers' files and data of one run, by the process id in their names. */
function leftOf(pid: number | undefined): string[] {
  return ["/run/netns", "/etc/netns", tmpdir()].flatMap((folder) => {
    try {
      return readdirSync(folder).filter((name) => name.startsWith(`kl${pid}-`));
    } catch {
      return [];
    }
  });
}

type Outcome = { name: string; right: boolean; told: { named: boolean } };

test.runIf(runs(hasNamespaces()))(
  "what happens to a line is named in the probe's journal, with start and end within twenty seconds",
  async () => {
    const { code, stdout, stderr } = await runKuager(["lab", "lines", "--json"]);
    expect(stdout, stderr).not.toBe("");
    const result: { right: number; of: number; outcomes: Outcome[] } = JSON.parse(stdout);
    expect(result.of).toBe(13);
    const wrong = result.outcomes.filter(({ right }) => !right);
    expect(wrong, JSON.stringify(wrong, null, 1)).toEqual([]);
    expect([code, result.right]).toEqual([0, 13]);
  },
  LINES_TIMEOUT_MS,
);

test.runIf(runs(hasNamespaces()))(
  "lines that are stopped leave nothing behind",
  async () => {
    const running = startKuager(["lab", "lines", "--only", "domestic-only"]);
    await until("resolvers stand", () => leftOf(running.child.pid).length > 8 || running.child.exitCode !== null);
    expect(running.child.exitCode, running.stderr()).toBeNull();
    running.child.kill("SIGTERM");
    expect(await running.exit).not.toBe(0);
    expect(leftOf(running.child.pid)).toEqual([]);
  },
  LINES_TIMEOUT_MS,
);

test("the lab names the lines that it does not have", async () => {
  const none = await runKuager(["lab", "lines", "--only", "no such line"]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("There is no line 'no such line'")]);
});
