import { connect as open, type Socket } from "node:net";
import type { TcpStep } from "../../protocol/records/web.ts";
import { bounded } from "./bounded.ts";
import { DEADLINES } from "./deadlines.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { since, startTimer, type Timer } from "./timer.ts";
import { toTcpFailure } from "./to-failure-tcp.ts";

export type ConnectOptions = { ip: string; port: number; timeoutMs?: number; timer?: Timer };

/** The record of the step (the caller gives the id), and the open socket when it succeeded. */
export type ConnectResult =
  | { ok: true; step: Omit<TcpStep, "id">; socket: Socket }
  | { ok: false; step: Omit<TcpStep, "id"> };

/**
 * Opens one TCP connection to one address: no second address, no retry. `startMs` of the step counts from the timer
 * given (0 without one). Fails with the names of to-failure-tcp.ts, `generic_timeout_error` after `timeoutMs`
 * (10 s by default) and `interrupted` when the signal aborts; never throws for what the network did.
 */
export async function connect(options: ConnectOptions, signal: AbortSignal): Promise<ConnectResult> {
  const { ip, port, timeoutMs = DEADLINES.tcpMs, timer = startTimer() } = options;
  const startMs = timer();
  const socket = open({ host: ip, port, autoSelectFamily: false });
  // Stays for the socket's life: a reset between two steps must not end the process.
  socket.on("error", () => {});
  const outcome = await bounded<{ error: Error | null }>(timeoutMs, signal, (done) => {
    socket.once("connect", () => done({ error: null }));
    socket.once("error", (error) => done({ error }));
  });
  const step = { ip, port, startMs, durationMs: since(timer, startMs) };
  if (typeof outcome === "object" && outcome.error === null) {
    socket.setNoDelay(true);
    return { ok: true, step: { ...step, failure: null }, socket };
  }
  socket.destroy();
  const failed: Failed = typeof outcome === "object" ? toTcpFailure(outcome.error) : failedByCut(outcome);
  return { ok: false, step: { ...step, ...failed } };
}
