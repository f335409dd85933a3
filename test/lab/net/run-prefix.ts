import { existsSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ignoreGone } from "./page-link.ts";
import { runTool } from "./run-tool.ts";

const PATTERN = /^kl(\d+)-/;

/** Prefix of all that a run makes on this machine. It holds the run's process id, so that leftovers can be told. */
export function runPrefix(pid: number = process.pid): string {
  return `kl${pid}-`;
}

/** Whether a name was made by a run whose process is gone. */
export function isLeftover(name: string, isAlive: (pid: number) => boolean): boolean {
  const pid = PATTERN.exec(name)?.[1];
  return pid !== undefined && !isAlive(Number(pid));
}

/**
 * Removes namespaces, resolver files, devices and data of runs that were killed before they could clean up. Programs left inside end
 * first, by their pids. Returns the names removed.
 */
export async function removeLeftovers(): Promise<string[]> {
  const isAlive = (pid: number) => existsSync(`/proc/${pid}`);
  const namespaces = await listFolder("/run/netns");
  const folders = await listFolder("/etc/netns");
  const left = [...namespaces, ...folders].filter((name) => isLeftover(name, isAlive));
  for (const name of new Set(left)) {
    if (namespaces.includes(name)) await removeNamespace(name);
    await rm(join("/etc/netns", name), { recursive: true, force: true });
  }
  await rmdir("/etc/netns").catch(() => {});
  // A namespace lives on while its last connections time out, and its link to this machine with it.
  const devices = (await listFolder("/sys/class/net")).filter((name) => isLeftover(name, isAlive));
  for (const device of devices) await runTool("ip", ["link", "del", device]).catch(ignoreGone);
  const data = (await listFolder(tmpdir())).filter((name) => isLeftover(name, isAlive));
  for (const name of data) await rm(join(tmpdir(), name), { recursive: true, force: true });
  return [...new Set([...left, ...devices, ...data])];
}

async function removeNamespace(name: string): Promise<void> {
  const pids = await runTool("ip", ["netns", "pids", name]);
  for (const pid of pids.split("\n").filter(Boolean)) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended between being listed and being killed.
    }
  }
  await runTool("ip", ["netns", "del", name]);
}

async function listFolder(path: string): Promise<string[]> {
  return readdir(path).catch(() => []);
}
