import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Running, runKuager, temporaryFolder, until } from "./processes.ts";
import { lastStored, storedRows } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

const folder = temporaryFolder();
const running: Running[] = [];
let network: SmallNetwork | null = null;

afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await network?.close();
  folder.remove();
});

test("a probe that leaves is expected no more, its last words are stored, and its key is gone", async () => {
  network = await prepareNetwork(folder.path);
  const { url, probeData } = network;
  running.push(await network.startCollector(), network.startProbe());
  await until("entries are stored", () => lastStored(network) > 3);
  expect((await totals(url)).known).toBe(1);

  const left = await runKuager(["probe", "leave", "--json", "--data", probeData]);
  expect(left.stderr).toBe("");
  expect(JSON.parse(left.stdout)).toEqual({ left: true, told: true, undelivered: 0 });
  expect(JSON.parse(storedRows(network).at(-1)?.text ?? "{}")).toMatchObject({ kind: "stop" });
  expect((await totals(url)).known).toBe(0);
  expect(existsSync(join(probeData, "journal.sqlite"))).toBe(false);
});

async function totals(url: string): Promise<{ known: number }> {
  const answer = (await (await fetch(`${url}/api/v1/coverage`)).json()) as {
    totals: { witnesses?: { known: number } };
  };
  return answer.totals.witnesses ?? { known: -1 };
}
