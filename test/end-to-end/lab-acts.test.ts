import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { hasNamespaces, runs } from "../requires.ts";
import { runKuager, startKuager } from "./processes.ts";

/** Under a minute on an idle machine. */
const ACTS_TIMEOUT_MS = 300_000;
/** Two minutes on an idle machine, side by side. */
const SCENARIOS_TIMEOUT_MS = 300_000;

type Trial = { scenario: string; did: boolean; left: string[]; problem: string | null };

test.runIf(runs(hasNamespaces()))(
  "every act of every scenario does something in a real lab, and leaves nothing when it ends",
  async () => {
    const running = startKuager(["lab", "acts", "--json"]);
    const code = await running.exit;
    const prefix = `kl${running.child.pid}-`;
    expect(running.stdout(), running.stderr()).not.toBe("");
    const result: { of: number; trials: Trial[] } = JSON.parse(running.stdout());
    const wrong = result.trials.filter(({ did, left, problem }) => !did || left.length > 0 || problem !== null);
    expect(wrong, JSON.stringify(wrong, null, 1)).toEqual([]);
    expect(result.of).toBeGreaterThanOrEqual(20);
    expect(code).toBe(0);
    for (const folder of ["/run/netns", tmpdir()])
      expect(readdirSync(folder).filter((name) => name.startsWith(prefix))).toEqual([]);
  },
  ACTS_TIMEOUT_MS,
);

test.runIf(runs(hasNamespaces()))(
  "names cut off for everybody and certificates of the state root are found for what they are",
  async () => {
    const play = async (scenario: string) => {
      const { code, stdout, stderr } = await runKuager(["lab", scenario, "--json"]);
      expect(stdout, stderr).not.toBe("");
      const { acts, extras } = JSON.parse(stdout);
      const faults: string[] = acts.flatMap((act: { faults: string[] }) => act.faults);
      return { scenario, acts: acts.length, faults, extras, code };
    };
    const found = await Promise.all(["dns-only", "interception"].map(play));
    const right = { acts: 1, faults: [], extras: [], code: 0 };
    expect(found).toEqual([
      { scenario: "dns-only", ...right },
      { scenario: "interception", ...right },
    ]);
  },
  SCENARIOS_TIMEOUT_MS,
);
