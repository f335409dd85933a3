import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { type Running, temporaryFolder, until } from "./processes.ts";
import { journalRows, lastStored, lastWritten, storedRows } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

const KILLS = 10;
const folder = temporaryFolder();
const running: Running[] = [];
let network: SmallNetwork | null = null;

afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await network?.close();
  folder.remove();
});

/** The process that measures for a probe; null while there is none. */
function measuring({ child }: Running): number | null {
  const pid = child.pid ?? 0;
  const [first] = whileThere(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return first !== undefined && whileThere(`/proc/${first}/cmdline`).includes("measurer") ? first : null;
}

function whileThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

const measured = () => journalRows(network).filter(({ text }) => text.includes('"kind":"web"')).length;

test("killing the measuring process with -9 again and again ends neither the probe nor its rounds; killing the probe leaves none behind", async () => {
  network = await prepareNetwork(folder.path);
  running.push(await network.startCollector());
  const probe = network.startProbe();
  running.push(probe);
  const killed = new Set<number>();
  while (killed.size < KILLS) {
    const before = measured();
    await until(
      () => `sites are measured after ${killed.size} kills: ${probe.stderr()}`,
      () => measured() > before,
    );
    let pid: number | null = null;
    await until("something is measured", () => {
      pid = measuring(probe);
      return pid !== null && !killed.has(pid);
    });
    process.kill(pid ?? 0, "SIGKILL");
    killed.add(pid ?? 0);
  }
  const before = measured();
  await until("sites are measured after the last kill", () => measured() > before);
  await until("everything written is stored", () => lastWritten(network) === lastStored(network));
  const texts = storedRows(network).map(({ text }) => Entry.parse(JSON.parse(text)));
  expect(followChain(CHAIN_START, texts).fault).toBeNull();
  // One start: the probe itself never ended.
  expect(texts.filter(({ kind }) => kind === "start")).toHaveLength(1);

  await until("something is measured", () => measuring(probe) !== null);
  const last = measuring(probe) ?? 0;
  probe.child.kill("SIGKILL");
  await probe.exit;
  await until("no process is left", () => !whileThere(`/proc/${last}/cmdline`).includes("measurer"));
}, 120_000);
