import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { CodedError } from "../../../protocol/coded-error.ts";

/** How long a process may take to end by itself after SIGTERM. */
const GRACE_MS = 6_000;
const LOG_TAIL_BYTES = 2_000;

/** A process that runs inside a namespace until it is stopped. */
export type Running = {
  readonly name: string;
  readonly child: ChildProcess;
  /** Resolves when it has ended, with the exit code or the signal's name. */
  readonly ended: Promise<number | string>;
  stop: () => Promise<void>;
  /** Kills the program and all that it started, without a word, as a loss of power does. */
  powerOff: () => Promise<void>;
  /** The last lines it wrote to its log. */
  logTail: () => Promise<string>;
};

export type Start = {
  name: string;
  namespace: string;
  command: readonly string[];
  logFile: string;
  env: Readonly<Record<string, string>>;
  /** `talk` gives the caller standard input and output; `log` sends output to the log file. */
  output: "talk" | "log";
  /** A file whose text the program takes for the kernel's boot id: its host was started anew. */
  bootIdFile?: string;
};

/** Laid over the kernel's own in the program's mount namespace, which `ip netns exec` makes for it alone. */
const BOOT_ID = "/proc/sys/kernel/random/boot_id";

/** Starts a program inside a namespace. `ip netns exec` becomes the program, so that its pid is the program's own. */
export function startProcess({ name, namespace, command, logFile, env, output, bootIdFile }: Start): Running {
  const log = openSync(logFile, "a");
  const pipe = output === "talk" ? ("pipe" as const) : undefined;
  const overlay = ["sh", "-c", `mount --bind "$0" ${BOOT_ID} && exec "$@"`];
  const whole = bootIdFile === undefined ? command : [...overlay, bootIdFile, ...command];
  const child = spawn("ip", ["netns", "exec", namespace, ...whole], {
    env,
    // A group of its own, so that all of it can be killed at once.
    detached: output === "log",
    stdio: [pipe ?? "ignore", pipe ?? log, log],
  });
  closeSync(log);
  const ended = new Promise<number | string>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown"));
    child.once("error", (error) => resolve(error.message));
  });
  const logTail = async () => (await readFile(logFile, "utf8")).slice(-LOG_TAIL_BYTES);
  return { name, child, ended, stop: () => stopChild(child, ended), powerOff: () => killGroup(child, ended), logTail };
}

async function killGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, "SIGKILL");
  await ended;
}

async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = new AbortController();
  const late = sleep(GRACE_MS, "late", { signal: timer.signal }).catch(() => "stopped");
  if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
  await ended;
  timer.abort();
}

/** Runs a program inside a namespace to its end; returns its output. Throws `failed` with what it said. */
export async function runInside(start: Omit<Start, "output">): Promise<string> {
  const running = startProcess({ ...start, output: "talk" });
  running.child.stdin?.end();
  let text = "";
  for await (const chunk of running.child.stdout ?? []) text += String(chunk);
  const code = await running.ended;
  if (code === 0) return text;
  throw new CodedError("failed", `${start.name} ended with ${code}: ${text}${await running.logTail()}`);
}
