import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The built executable, seen from here or from what was built of here; `npm test` builds it first. */
export const KUAGER = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../../dist/bin/kuager.js" : "../../bin/kuager.js", import.meta.url),
);

export type Running = {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  stdout: () => string;
  stderr: () => string;
};

/** Starts `kuager …` as a process of its own. */
export function startKuager(args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [KUAGER, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: "", ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const exit = once(child, "close").then(([code]) => code as number | null);
  return { child, exit, stdout: () => out, stderr: () => err };
}

/** Runs `kuager …` to its end. */
export async function runKuager(args: readonly string[], env: Record<string, string> = {}) {
  const running = startKuager(args, env);
  const code = await running.exit;
  return { code, stdout: running.stdout(), stderr: running.stderr() };
}

/** Waits until a condition holds; fails with its name after `timeoutMs`. */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`Waited ${timeoutMs} ms in vain: ${typeof what === "string" ? what : what()}`);
    await delay(20);
  }
}

/** A TCP port of the loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** A temporary folder with its own removal. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "kuager-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether a collector answers at this address. */
export async function healthy(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}
