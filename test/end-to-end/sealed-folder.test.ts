import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type Running, runKuager, temporaryFolder, until } from "./processes.ts";
import { journalRowsAsKept, lastStored, lastWritten, storedRows } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

const folder = temporaryFolder();
const running: Running[] = [];
let network: SmallNetwork | null = null;
afterEach(async () => {
  for (const { child } of running.splice(0)) child.kill("SIGKILL");
  await network?.close();
  vi.unstubAllEnvs();
  folder.remove();
});

test("a probe whose folder is sealed records, survives kill -9, delivers, exports and leaves as any other", async () => {
  const file = join(folder.path, "passphrase");
  writeFileSync(file, "correct horse\n");
  vi.stubEnv("KUAGER_PASSPHRASE_FILE", file);
  network = await prepareNetwork(folder.path);
  const { probeData, collectorData } = network;
  const first = network.startProbe();
  running.push(first);
  await until("entries are written", () => lastWritten(network) >= 8);
  first.child.kill("SIGKILL");
  await first.exit;
  const path = join(folder.path, "records.bin");
  const exported = await runKuager(["probe", "export", path, "--data", probeData]);
  expect([exported.code, exported.stderr]).toEqual([0, ""]);
  const imported = await runKuager(["collector", "import", path, "--data", collectorData]);
  expect([imported.code, imported.stderr]).toEqual([0, ""]);
  const hashes = (rows: readonly { hash: string }[]) => rows.map(({ hash }) => hash);
  expect(hashes(storedRows(network))).toEqual(hashes(journalRowsAsKept(network)));

  running.push(await network.startCollector(), network.startProbe());
  const before = lastWritten(network);
  await until("more is stored", () => lastStored(network) > before + 3);
  expect(journalRowsAsKept(network).filter(({ text }) => /"(?:probe|kind|body)"/.test(String(text)))).toEqual([]);
  const left = await runKuager(["probe", "leave", "--data", probeData, "--json"]);
  expect([left.code, JSON.parse(left.stdout)]).toEqual([0, { left: true, told: true, undelivered: 0 }]);
  expect(storedRows(network).map(({ seq }) => seq)).toEqual(storedRows(network).map((_, index) => index + 1));
});
