import { bounded } from "./bounded.ts";
import { connect } from "./connect.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { startTimer } from "./timer.ts";
import { toDnsFailure } from "./to-failure-dns.ts";

/**
 * Sends one DNS message over TCP with its two-byte length (RFC 1035 section 4.2.2) and reads one message back.
 * `timeoutMs` covers connection and exchange.
 */
export async function exchangeTcp(
  options: { endpoint: Endpoint; data: Buffer; timeoutMs: number },
  signal: AbortSignal,
): Promise<{ data: Buffer } | Failed> {
  const { endpoint, data, timeoutMs } = options;
  const timer = startTimer();
  const opened = await connect({ ...endpoint, timeoutMs }, signal);
  if (!opened.ok) {
    const { failure, raw } = opened.step;
    return { failure: failure ?? "unknown_failure", ...(raw !== undefined && { raw }) };
  }
  const { socket } = opened;
  const outcome = await bounded<{ data: Buffer } | Failed>(Math.max(1, timeoutMs - timer()), signal, (done) => {
    let received = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      // At most 65535 bytes: the length field has two bytes.
      const wanted = received.length < 2 ? Number.POSITIVE_INFINITY : 2 + received.readUInt16BE(0);
      if (received.length >= wanted) done({ data: received.subarray(2, wanted) });
    });
    socket.on("end", () => done({ failure: "eof_error" }));
    socket.on("error", (error) => done(toDnsFailure(error)));
    const length = Buffer.alloc(2);
    length.writeUInt16BE(data.length);
    socket.write(Buffer.concat([length, data]));
  });
  socket.destroy();
  return typeof outcome === "string" ? failedByCut(outcome) : outcome;
}
