import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a process has cost so far, of the kernel's own accounts in /proc. */

const CLOCK_TICKS_A_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/**
 * Resident memory in KiB: all pages, those that are the process's own (not of files), and all with each shared page
 * divided among those that share it.
 */
export type Resident = { all: number; own: number; shared: number };

/** Resident memory of a process. Throws when it is gone. */
export function residentKib(pid: number): Resident {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? Number.NaN);
  return { all: field("Rss"), own: field("Anonymous"), shared: field("Pss") };
}

/** Fields of /proc/PID/stat from the third on: the name before them, in parentheses, may hold spaces. */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** CPU seconds of a process with all its threads, in user and kernel mode. Children are not in it. */
export function cpuS(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_A_SECOND;
}

/** The same with its children: those that have ended, and those that live. */
export function cpuWithChildrenS(pid: number): number {
  const fields = statOf(pid);
  const ended = (Number(fields[13]) + Number(fields[14])) / CLOCK_TICKS_A_SECOND;
  return cpuS(pid) + ended + childrenOf(pid).reduce((sum, child) => sum + (whileThere(() => cpuS(child)) ?? 0), 0);
}

/** Children of a process that live now. */
export function childrenOf(pid: number): number[] {
  const text = whileThere(() => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")) ?? "";
  return text.split(" ").filter(Boolean).map(Number);
}

/** A process and its children together; a child that ends meanwhile is left out. */
export function residentWithChildrenKib(pid: number): Resident {
  const all = [residentKib(pid), ...childrenOf(pid).map((child) => whileThere(() => residentKib(child)))];
  const sum = (field: keyof Resident) => all.reduce((total, one) => total + (one?.[field] || 0), 0);
  return { all: sum("all"), own: sum("own"), shared: sum("shared") };
}

function whileThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Bytes that a process caused to be written to storage, journal of the file system apart. */
export function writtenBytes(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1] ?? Number.NaN);
}

export function threads(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).length;
}
