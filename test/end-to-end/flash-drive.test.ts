import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Running, runKuager, temporaryFolder, until } from "./processes.ts";
import { journalRows, lastStored, lastWritten, storedRows } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

const folder = temporaryFolder();
const running: Running[] = [];
let network: SmallNetwork | null = null;

afterEach(async () => {
  for (const { child } of running.splice(0)) child.kill("SIGKILL");
  await network?.close();
  folder.remove();
});

async function stop(one: Running): Promise<void> {
  one.child.kill("SIGTERM");
  await one.exit;
}

/** Starts the probe without a collector, and waits until it has written so many entries. */
async function recordAlone(network: SmallNetwork, count: number): Promise<Running> {
  const probe = network.startProbe();
  running.push(probe);
  await until("entries are written", () => lastWritten(network) >= count);
  return probe;
}

test("records on a flash drive and over the network are stored once, in order, whichever comes first", async () => {
  network = await prepareNetwork(folder.path);
  const { probeData, collectorData } = network;
  const run = (...words: string[]) => runKuager(words);
  const drive = (name: string) => join(folder.path, name);
  const hashes = (rows: readonly { hash: string }[]) => rows.map(({ hash }) => hash);

  // The first file is written while the probe records on.
  const alone = await recordAlone(network, 8);
  const first = await run("probe", "export", drive("first.bin"), "--json", "--data", probeData);
  const { to, ...said } = JSON.parse(first.stdout) as { to: number };
  expect([first.stderr, said]).toEqual(["", expect.objectContaining({ from: 1, sealed: true })]);
  expect(to).toBeGreaterThanOrEqual(8);
  await until("more is written", () => lastWritten(network) >= to + 8);
  await stop(alone);
  expect(to).toBeLessThan(lastWritten(network));
  const second = await run("probe", "export", drive("second.bin"), "--json", "--data", probeData);
  expect(second.code).toBe(0);

  // Sealed: nothing of the records can be read in it.
  expect(readFileSync(drive("second.bin")).includes("127.0.0.1")).toBe(false);
  const stranger = await run("collector", "import", drive("second.bin"), "--data", join(folder.path, "stranger"));
  expect([stranger.code, stranger.stderr]).toEqual([65, expect.stringMatching(/sealed for another collector/)]);

  // The later file first; then the probe itself delivers; then both files again.
  const import2 = await run("collector", "import", drive("second.bin"), "--data", collectorData);
  expect([import2.code, import2.stderr]).toEqual([0, ""]);
  expect(hashes(storedRows(network))).toEqual(hashes(journalRows(network)));
  const collector = await network.startCollector();
  const probe = network.startProbe();
  running.push(collector, probe);
  const before = lastWritten(network);
  await until("more is stored", () => lastStored(network) > before + 3);
  await stop(probe);
  for (const name of ["first.bin", "second.bin"])
    expect((await run("collector", "import", drive(name), "--data", collectorData)).code).toBe(0);
  await stop(collector);
  expect(hashes(storedRows(network))).toEqual(hashes(journalRows(network)));
  expect(storedRows(network).map(({ seq }) => seq)).toEqual(journalRows(network).map((_, index) => index + 1));
});

test("of a file that was cut off on its way the whole part is stored, and the rest is asked for", async () => {
  network = await prepareNetwork(folder.path);
  const { probeData, collectorData } = network;
  await stop(await recordAlone(network, 4));
  const path = join(folder.path, "records.bin");
  expect((await runKuager(["probe", "export", path, "--plain", "--data", probeData])).code).toBe(0);
  const again = await runKuager(["probe", "export", path, "--plain", "--data", probeData]);
  expect([again.code, again.stderr]).toEqual([73, expect.stringMatching(/exists already/)]);
  writeFileSync(path, readFileSync(path).subarray(0, -40));
  const cut = await runKuager(["collector", "import", path, "--json", "--data", collectorData]);
  expect(cut.code).toBe(65);
  // A plain file is one gzip stream: without its end no signature came, and nothing unproved is stored.
  expect(storedRows(network)).toEqual([]);
  const rest = join(folder.path, "again.bin");
  expect((await runKuager(["probe", "export", rest, "--data", probeData])).code).toBe(0);
  expect((await runKuager(["collector", "import", rest, "--data", collectorData])).code).toBe(0);
  expect(storedRows(network).map(({ hash }) => hash)).toEqual(journalRows(network).map(({ hash }) => hash));
});

test("where nothing waits there is nothing to export, and the words say so", async () => {
  network = await prepareNetwork(folder.path);
  const empty = await runKuager(["probe", "export", folder.path, "--data", network.probeData, "--lang", "ru"]);
  expect([empty.code, empty.stderr]).toEqual([1, expect.stringMatching(/Ничто не ждёт отправки/)]);
});
