import { randomBytes } from "node:crypto";
import type { LinkCheck } from "../../protocol/records/link.ts";
import { bounded } from "../measure/bounded.ts";
import { connect } from "../measure/connect.ts";

export type HelloOptions = { ip: string; port: number; timeoutMs: number; withHello: boolean };

/**
 * The cheap look at a server: a TCP connection, and with `withHello` the smallest ClientHello there is, to which any
 * TLS byte counts as an answer, an alert as well as a ServerHello. Boxes that take every connection and say nothing
 * fail it (`generic_timeout_error`, `eof_error`). It ends with a reset, which costs one packet where a close costs
 * three. `ms` is the time of the connection. Never throws for what the network did.
 */
export async function hello(options: HelloOptions, signal: AbortSignal): Promise<LinkCheck> {
  const { ip, port, timeoutMs, withHello } = options;
  const startedAt = performance.now();
  const result = await connect({ ip, port, timeoutMs }, signal);
  const ms = result.step.durationMs;
  if (!result.ok) return { ok: false, ms, failure: result.step.failure };
  const { socket } = result;
  const leftMs = Math.max(1, timeoutMs - (performance.now() - startedAt));
  const outcome = withHello
    ? await bounded<{ first: number | undefined }>(leftMs, signal, (done) => {
        socket.once("data", (data) => done({ first: data[0] }));
        socket.once("close", () => done({ first: undefined }));
        socket.write(tinyClientHello());
      })
    : { first: ALERT };
  socket.resetAndDestroy();
  if (typeof outcome === "string")
    return { ok: false, ms, failure: outcome === "timeout" ? "generic_timeout_error" : "interrupted" };
  if (outcome.first === ALERT || outcome.first === HANDSHAKE) return { ok: true, ms, failure: null };
  return { ok: false, ms, failure: outcome.first === undefined ? "eof_error" : "ssl_failed_handshake" };
}

/** Content types of TLS records (RFC 8446 section 5.1). */
const ALERT = 21;
const HANDSHAKE = 22;

/**
 * A ClientHello of 50 bytes without extensions (RFC 5246 section 7.4.1.2), offering one cipher suite that no server
 * takes (TLS_NULL_WITH_NULL_NULL stands for "none" and may not be negotiated): the answer is an alert of 7 bytes.
 */
export function tinyClientHello(): Uint8Array {
  const head = [HANDSHAKE, 3, 1, 0, 45, 1, 0, 0, 41, 3, 3];
  return Buffer.concat([Buffer.from(head), randomBytes(32), Buffer.from([0, 0, 2, 0, 0, 1, 0])]);
}
