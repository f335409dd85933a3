import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type Sqlite from "better-sqlite3";
import { build } from "esbuild";
import { makeIdentity } from "../../../probe/identity/identity.ts";
import { openAsIs } from "../../../probe/journal/database.ts";
import { type StoredRow, textsOf } from "../../../probe/journal/rows.ts";
import { requestJoin } from "../../../probe/uplink/join.ts";
import { freePort, healthy, type Running, runKuager, startKuager, until } from "../processes.ts";
import { keyOf } from "./key-of.ts";
import { openRoute, type Route } from "./route.ts";

/** A collector and a recording probe with a way between them that can be cut, each of which can be killed at any time. */
export type World = {
  readonly probeData: string;
  readonly collectorData: string;
  readonly ledger: string;
  readonly clockFile: string;
  readonly url: string;
  readonly route: Route;
  /** Whether the probe's folder lies on a small disk of its own. */
  readonly hasDisk: boolean;
  startProbe: () => Promise<void>;
  killProbe: () => Promise<void>;
  endProbe: () => Promise<void>;
  startCollector: () => Promise<void>;
  killCollector: () => Promise<void>;
  says: () => string;
  close: () => Promise<void>;
};

/** Builds the world below a folder; both sides run. */
export async function createWorld(folder: string): Promise<World> {
  const bundled = await build({
    entryPoints: [join(import.meta.dirname, "probe.ts")],
    ...{ bundle: true, write: false, platform: "node", format: "esm", packages: "external" },
  });
  const program = bundled.outputFiles[0]?.text ?? "";
  const [probeData, collectorData] = [join(folder, "probe"), join(folder, "collector")];
  const [ledger, clockFile] = [join(folder, "ledger"), join(folder, "clock")];
  mkdirSync(probeData);
  writeFileSync(ledger, "");
  const hasDisk = mountSmall(probeData);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const route = await openRoute(port);
  let collector: Running | null = null;
  let probe: ChildProcess | null = null;
  let said = "";
  const end = async (child: ChildProcess | null, signal: NodeJS.Signals) => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  const world: World = {
    ...{ probeData, collectorData, ledger, clockFile, url, route, hasDisk },
    startProbe: async () => {
      if (probe !== null && probe.exitCode === null && probe.signalCode === null) return;
      const args = [probeData, `http://127.0.0.1:${route.port}`, ledger, clockFile];
      const child = spawn(process.execPath, ["--input-type=module", "-", ...args], {
        stdio: ["pipe", "ignore", "pipe"],
      });
      child.stderr.on("data", (chunk) => {
        said = (said + chunk).slice(-4000);
      });
      child.stdin.on("error", () => {});
      child.stdin.end(program);
      probe = child;
    },
    killProbe: () => end(probe, "SIGKILL"),
    endProbe: () => end(probe, "SIGTERM"),
    startCollector: async () => {
      collector = startKuager([
        "collector",
        "serve",
        "--data",
        collectorData,
        "--port",
        String(port),
        "--heartbeat-seconds",
        "1",
      ]);
      await until(
        () => `the collector answers: ${collector?.stderr()}`,
        () => healthy(url),
        60_000,
      );
    },
    killCollector: () => end(collector?.child ?? null, "SIGKILL"),
    says: () => said,
    close: async () => {
      await end(probe, "SIGKILL");
      await end(collector?.child ?? null, "SIGKILL");
      await route.close();
      if (hasDisk) execFileSync("umount", [probeData]);
    },
  };
  await world.startCollector();
  const invite = await runKuager(["collector", "invite", "--json", "--data", collectorData]);
  const { code } = JSON.parse(invite.stdout) as { code: string };
  const identity = makeIdentity(probeData);
  await requestJoin({ collectors: [url], code, identity, consent: "1" }, AbortSignal.timeout(30_000));
  await world.startProbe();
  return world;
}

function mountSmall(folder: string): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Fills the probe's disk to the last byte; returns how to empty it again. */
export function fillDisk({ probeData }: World): () => void {
  const filler = join(probeData, "filler");
  for (let bytes = 8 * 1024 * 1024; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      writeFileSync(filler, Buffer.alloc(bytes), { flag: "a" });
    } catch {
      // ENOSPC is what is wanted; a smaller piece may still fit.
    }
  }
  return () => rmSync(filler, { force: true });
}

/** What the probe said that it committed. */
export function ledgerOf({ ledger }: World): Set<string> {
  const lines = readFileSync(ledger, "utf8").split("\n");
  return new Set(lines.filter((line) => line !== ""));
}

/** Keys of the entries that can be read in the probe's journal, one by one. */
export function readableKeys({ probeData }: World, seqs?: readonly number[]): Map<number, string> {
  const file = join(probeData, "journal.sqlite");
  const found = new Map<number, string>();
  if (!existsSync(file)) return found;
  let database: Sqlite.Database | null = null;
  try {
    database = openAsIs(file);
    const texts = textsOf(probeData);
    const wanted = seqs ?? seqsIn(database);
    const one = database.prepare<[number], StoredRow>("SELECT * FROM entry WHERE seq = ?");
    for (const seq of wanted) {
      try {
        const row = one.get(seq);
        if (row !== undefined) found.set(seq, keyOf(texts.open(row).text));
      } catch {
        // Not readable.
      }
    }
  } catch {
    // Not a database any more.
  } finally {
    database?.close();
  }
  return found;
}

/** More than any run makes. */
const SEQ_MAX = 20_000;

/** Numbers of entries; every number there can be where an earlier fault keeps SQLite from listing them: the rest may still be read. */
function seqsIn(database: Sqlite.Database): number[] {
  try {
    const rows = database.prepare<[], { seq: number }>("SELECT seq FROM entry").all();
    return rows.map(({ seq }) => seq);
  } catch {
    return Array.from({ length: SEQ_MAX }, (_, index) => index + 1);
  }
}
