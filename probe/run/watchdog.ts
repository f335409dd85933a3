import { spawn } from "node:child_process";
import type { Io } from "../../protocol/command-line.ts";

/** Part of the watchdog's patience after which it is told again, as sd_watchdog_enabled(3) advises. */
const SHARE = 0.4;
const TELL_MS = 10_000;

/**
 * Tells systemd, when it asks for that (WATCHDOG_USEC), that this process still answers its own timers. Node cannot send
 * datagrams to a Unix socket, so `systemd-notify` does. Returns how to end it.
 */
export function startWatchdog(env: Io["env"]): () => void {
  const patienceMs = Number(env.WATCHDOG_USEC) / 1000;
  if (env.NOTIFY_SOCKET === undefined || !(patienceMs > 0)) return () => {};
  const tell = () => {
    const child = spawn("systemd-notify", ["WATCHDOG=1"], { stdio: "ignore", timeout: TELL_MS });
    // A host without the tool has no such watchdog either.
    child.on("error", () => {});
    child.unref();
  };
  tell();
  const timer = setInterval(tell, patienceMs * SHARE);
  timer.unref();
  return () => clearInterval(timer);
}
