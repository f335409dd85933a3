import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { hasNamespaces, runs } from "../requires.ts";
import { runKuager, startKuager, until } from "./processes.ts";

/** About a minute on an idle machine. */
const MATRIX_TIMEOUT_MS = 360_000;

function namespacesOf(pid: number | undefined): string[] {
  try {
    return readdirSync("/run/netns").filter((name) => name.startsWith(`kl${pid}-`));
  } catch {
    return [];
  }
}

test.runIf(runs(hasNamespaces()))(
  "every way to interfere is judged as it should be, on real packets",
  async () => {
    const { code, stdout, stderr } = await runKuager(["lab", "matrix", "--json"]);
    expect(stdout, stderr).not.toBe("");
    const result: { right: number; cases: number; outcomes: { name: string; right: boolean }[] } = JSON.parse(stdout);
    const wrong = result.outcomes.filter(({ right }) => !right);
    expect(wrong, JSON.stringify(wrong, null, 1)).toEqual([]);
    expect(result.cases).toBeGreaterThanOrEqual(60);
    expect([code, result.right]).toEqual([0, result.cases]);
  },
  MATRIX_TIMEOUT_MS,
);

test.runIf(runs(hasNamespaces()))("a matrix that is stopped leaves nothing behind", async () => {
  const running = startKuager(["lab", "matrix"]);
  await until("a case has ended", () => running.stdout().includes("expected") || running.child.exitCode !== null);
  expect(running.child.exitCode, running.stderr()).toBeNull();
  running.child.kill("SIGINT");
  expect(await running.exit).not.toBe(0);
  expect(namespacesOf(running.child.pid)).toEqual([]);
});

test.runIf(runs(hasNamespaces()))(
  "two runs side by side do not disturb each other",
  async () => {
    const words = ["lab", "matrix", "--only", "dns: servfail"];
    const both = await Promise.all([runKuager(words), runKuager(words)]);
    for (const { code, stdout, stderr } of both)
      expect([code, stdout], stderr).toEqual([0, expect.stringContaining("as expected")]);
  },
  MATRIX_TIMEOUT_MS,
);

test("the matrix names the words that fit no case", async () => {
  const none = await runKuager(["lab", "matrix", "--only", "no such act"]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("No case of the matrix has 'no such act'")]);
});
