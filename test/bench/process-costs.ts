import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a process has cost so far, of the kernel's own accounts in /proc. */

const CLOCK_TICKS_A_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Resident memory in KiB: all pages, and those that are the process's own (not of files). */
export function residentKib(pid: number): { all: number; own: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? Number.NaN);
  return { all: field("Rss"), own: field("Anonymous") };
}

/** CPU seconds of a process with all its threads, in user and kernel mode. Children are not in it. */
export function cpuS(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in parentheses may hold spaces; utime and stime are the 14th and 15th field.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_A_SECOND;
}

/** Bytes that a process caused to be written to storage, journal of the file system apart. */
export function writtenBytes(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1] ?? Number.NaN);
}

export function threads(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).length;
}
