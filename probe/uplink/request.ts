import { request as httpRequest, type IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { within } from "../../protocol/deadline.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { trustOf, type Way } from "./way.ts";

export type Request = {
  method: "GET" | "POST";
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | string;
  way?: Way;
  timeoutMs?: number;
  /** Called once the connection stands. */
  onConnect?: () => void;
};
/** `retryAfterS` is the collector's Retry-After header, where it gives seconds. */
export type Answer = { status: number; text: string; retryAfterS: number | null };

/** A collector's answer: a target list at most. */
const ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Asks a collector something over HTTP(S) on a fresh connection. Throws `try_later` when no whole answer came within
 * `timeoutMs` (15 s); any status is an answer.
 */
export async function request(options: Request, signal: AbortSignal): Promise<Answer> {
  const { timeoutMs = 15_000 } = options;
  const stop = within(timeoutMs, signal);
  try {
    const message = await send(options, stop);
    const retryAfter = message.headers["retry-after"] ?? "";
    const retryAfterS = /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null;
    return { status: message.statusCode ?? 0, text: await readAll(message), retryAfterS };
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    const why = stop.aborted ? "no answer in time" : (errorCode(cause) ?? "the connection broke");
    throw new CodedError("try_later", `The collector ${new URL(options.url).origin} cannot be reached (${why}).`, {
      cause,
    });
  }
}

/**
 * A connection of its own for each request, which resumes the TLS session of the one before: a full handshake brings some
 * four kilobytes of certificates, more than some lines carry before they die.
 */
const RESUMING = new Agent({ keepAlive: false });

function send(
  { method, url, headers, body, way = {}, onConnect }: Request,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secure = url.startsWith("https:");
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? httpsRequest : httpRequest)(url, {
      method,
      agent: way.agent ?? (secure ? RESUMING : false),
      signal,
      headers: {
        "user-agent": SOFTWARE,
        ...headers,
        ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
      },
      ...trustOf(url, way),
    });
    if (onConnect !== undefined) outgoing.once("socket", (socket) => socket.once("connect", onConnect));
    outgoing.on("response", resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function readAll(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) throw new CodedError("try_later", "The collector's answer is too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
