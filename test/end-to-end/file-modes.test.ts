import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { temporaryFolder, until } from "./processes.ts";
import { prepareNetwork } from "./small-network.ts";

const temporary = temporaryFolder();
afterAll(temporary.remove);

/** Files of a folder and the folder itself that anybody but their owner may use. */
function openOnes(folder: string): string[] {
  const paths = [folder, ...readdirSync(folder).map((name) => join(folder, name))];
  return paths.filter((path) => (statSync(path).mode & 0o077) !== 0);
}

it("what collector and probe write for themselves is their owner's only, while they run and after", async () => {
  // The usual mask of a login: files are readable by everybody unless a program sees to it.
  const before = process.umask(0o022);
  const network = await prepareNetwork(temporary.path);
  const collector = await network.startCollector();
  const probe = network.startProbe();
  process.umask(before);
  const names = () => readdirSync(network.probeData);
  await until("the probe keeps a journal", () => names().includes("journal.sqlite-wal"));
  const look = () => [network.collectorData, network.probeData].flatMap(openOnes);
  expect(look()).toEqual([]);
  expect(readdirSync(network.collectorData)).toEqual(expect.arrayContaining(["collector.db", "collector.db-wal"]));
  for (const running of [probe, collector]) {
    running.child.kill("SIGTERM");
    await running.exit;
  }
  expect(look()).toEqual([]);
  await network.close();
});
