import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { Anchor } from "../../protocol/target.ts";
import { bounded } from "../measure/bounded.ts";
import { connect } from "../measure/connect.ts";
import { handshake } from "../measure/handshake.ts";
import { trustIn } from "../measure/trust.ts";
import { createChainCheck } from "./chain.ts";
import type { Names } from "./names.ts";

/** What one anchor says the time is, against monotonic time. `errorMs`: half the way there and back. */
export type DateReading = { operator: string; trueMinusMonoMs: number; errorMs: number };

export type DatesOptions = {
  anchors: readonly Anchor[];
  names: Names;
  ca: readonly string[];
  timeoutMs: number;
  monoMs: () => number;
};

/** Date headers give whole seconds: the true time lies in the second that follows. */
const RESOLUTION_MS = 1000;
const HEAD_BYTES = 16 * 1024;
/** Fewer operators are never believed. */
const OPERATORS_LEAST = 3;

/**
 * Asks each anchor for its Date header over TLS, one of each operator. Only an anchor whose certificate is for its name
 * and chains to a trusted root counts; that it is out of time does not matter, as our clock is what is in doubt.
 */
export async function readDates(options: DatesOptions, signal: AbortSignal): Promise<DateReading[]> {
  const isRooted = createChainCheck(options.ca);
  const onePerOperator = [...new Map(options.anchors.map((anchor) => [anchor.operator, anchor])).values()];
  const found = await Promise.all(onePerOperator.map((anchor) => readDate(anchor, options, isRooted, signal)));
  return found.filter((reading) => reading !== null);
}

/**
 * The time that operators agree on: the median, of three operators at least, of whom most agree with it to within
 * their errors. Null otherwise.
 */
export function agreedTime(readings: readonly DateReading[]): Pick<DateReading, "trueMinusMonoMs" | "errorMs"> | null {
  const sorted = [...readings].sort((a, b) => a.trueMinusMonoMs - b.trueMinusMonoMs);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (median === undefined) return null;
  const agreeing = sorted.filter(
    ({ trueMinusMonoMs, errorMs }) => Math.abs(trueMinusMonoMs - median.trueMinusMonoMs) <= errorMs + median.errorMs,
  );
  const operators = new Set(agreeing.map(({ operator }) => operator)).size;
  if (operators < OPERATORS_LEAST || agreeing.length * 2 <= sorted.length) return null;
  return { trueMinusMonoMs: median.trueMinusMonoMs, errorMs: median.errorMs };
}

async function readDate(
  anchor: Anchor,
  { names, ca, timeoutMs, monoMs }: DatesOptions,
  isRooted: ReturnType<typeof createChainCheck>,
  signal: AbortSignal,
): Promise<DateReading | null> {
  const { host, port, operator } = anchor;
  const [ip] = await names.addresses(anchor, timeoutMs, signal);
  if (ip === undefined) return null;
  const opened = await connect({ ip, port, timeoutMs }, signal);
  if (!opened.ok) return null;
  const trust = trustIn(ca);
  const shaken = await handshake(
    { socket: opened.socket, sni: host, name: host, purpose: "target", timeoutMs, trust },
    signal,
  );
  if (!shaken.ok) return null;
  const { socket, step, certificate } = shaken;
  const isGenuine =
    step.trusted || (step.untrusted === "ssl_invalid_certificate" && isFor(certificate, host, isRooted));
  const sentMono = monoMs();
  const date = isGenuine ? await askDate(socket, host, timeoutMs, signal) : null;
  const receivedMono = monoMs();
  socket.destroy();
  if (date === null) return null;
  return {
    operator,
    trueMinusMonoMs: date + RESOLUTION_MS / 2 - (sentMono + receivedMono) / 2,
    errorMs: RESOLUTION_MS / 2 + (receivedMono - sentMono) / 2,
  };
}

/** An error of time hides others, of name and of signature: they are looked at here. */
function isFor(
  leaf: X509Certificate | undefined,
  host: string,
  isRooted: ReturnType<typeof createChainCheck>,
): boolean {
  return leaf?.checkHost(host) !== undefined && isRooted(leaf);
}

/** Milliseconds since 1970 from the Date header of the first answer, whatever its status; null without one. */
async function askDate(socket: TLSSocket, host: string, timeoutMs: number, signal: AbortSignal) {
  const outcome = await bounded<{ head: string }>(timeoutMs, signal, (done) => {
    let head = "";
    socket.on("data", (data: Buffer) => {
      head += data.toString("latin1");
      if (head.includes("\r\n\r\n") || head.length > HEAD_BYTES) done({ head });
    });
    socket.once("close", () => done({ head }));
    socket.write(`HEAD / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  });
  const text = typeof outcome === "object" ? /^date: *([^\r\n]{1,64})\r$/im.exec(outcome.head)?.[1] : undefined;
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? null : ms;
}
