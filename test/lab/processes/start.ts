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
};

/** Starts a program inside a namespace. `ip netns exec` becomes the program, so that its pid is the program's own. */
export function startProcess({ name, namespace, command, logFile, env, output }: Start): Running {
  const log = openSync(logFile, "a");
  const pipe = output === "talk" ? ("pipe" as const) : undefined;
  const child = spawn("ip", ["netns", "exec", namespace, ...command], {
    env,
    stdio: [pipe ?? "ignore", pipe ?? log, log],
  });
  closeSync(log);
  const ended = new Promise<number | string>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown"));
    child.once("error", (error) => resolve(error.message));
  });
  const logTail = async () => (await readFile(logFile, "utf8")).slice(-LOG_TAIL_BYTES);
  return { name, child, ended, stop: () => stopChild(child, ended), logTail };
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
