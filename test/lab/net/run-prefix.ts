import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
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
 * Removes namespaces and resolver files of runs that were killed before they could clean up. Programs left inside end
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
  return [...new Set(left)];
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
