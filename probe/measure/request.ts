import type { Socket } from "node:net";
import type { Client } from "undici";
import { sha256Hex } from "../../protocol/hash.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { HttpStep } from "../../protocol/records/web.ts";
import { bounded } from "./bounded.ts";
import { DEADLINES } from "./deadlines.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { bodyText, keptHeaders, titleOf } from "./page.ts";
import { redirectTarget } from "./redirect.ts";
import { since, startTimer, type Timer } from "./timer.ts";
import { toHttpFailure } from "./to-failure-http.ts";

/** A page as a block page matcher sees it. */
export type Page = {
  url: string;
  status: number;
  title: string | null;
  headers: Readonly<Record<string, string>>;
  text: string;
};

export type RequestOptions = {
  /** An open connection: a TLS socket after its handshake, or a plain TCP one. Closed when the step ends. */
  socket: Socket;
  url: URL;
  timeoutMs?: number;
  timer?: Timer;
  /** How much of the body is read and hashed; the rest is left on the wire. */
  maxBodyBytes?: number;
  /** Whether a page is a known block page: only then its text goes into the record. */
  isBlockPage?: (page: Page) => boolean;
};

/** The record of the step (the caller gives id, tcp and tls), and where the answer sends us, if anywhere. */
export type RequestResult = { ok: boolean; step: Omit<HttpStep, "id" | "tcp" | "tls">; redirect: URL | null };

/** What has arrived so far; a failure leaves it as it stands. */
type Progress = {
  ttfbMs: number | null;
  status: number | null;
  rawHeaders: Record<string, string | string[] | undefined>;
  body: Buffer[];
  bodyBytes: number;
  truncated: boolean;
};

/**
 * One GET on one open connection: no retry, no redirect followed, no keep-alive, no cache. Fails with the names of
 * to-failure-http.ts, `generic_timeout_error` when headers and body take longer than `timeoutMs` (10 s by default) and
 * `interrupted` when the signal aborts; what had arrived before (status, headers, bytes) stays in the step.
 */
export async function request(options: RequestOptions, signal: AbortSignal): Promise<RequestResult> {
  const { socket, url, timeoutMs = DEADLINES.httpMs, timer = startTimer() } = options;
  const startMs = timer();
  const progress: Progress = {
    ttfbMs: null,
    status: null,
    rawHeaders: {},
    body: [],
    bodyBytes: 0,
    truncated: false,
  };
  const client = await clientOn(socket, url);
  const outcome = await bounded<{ failed: Failed | null }>(timeoutMs, signal, (done) => {
    fetchInto(progress, client, { ...options, timer, startMs }).then(
      () => done({ failed: null }),
      (error: unknown) => done({ failed: toHttpFailure(error) }),
    );
  });
  const durationMs = since(timer, startMs);
  client.destroy().catch(() => {});
  socket.destroy();
  const failed = typeof outcome === "string" ? failedByCut(outcome) : outcome.failed;
  return { ok: failed === null, ...record(options, progress, { startMs, durationMs }, failed) };
}

async function fetchInto(
  progress: Progress,
  client: Client,
  options: RequestOptions & { timer: Timer; startMs: number },
): Promise<void> {
  const { url, maxBodyBytes = LIMITS.bodyBytes } = options;
  const { default: send } = await import("undici/lib/api/api-request.js");
  const response = await send.call(client, {
    method: "GET",
    path: `${url.pathname}${url.search}`,
    headers: REQUEST_HEADERS,
  });
  progress.ttfbMs = since(options.timer, options.startMs);
  progress.status = response.statusCode;
  progress.rawHeaders = response.headers;
  for await (const chunk of response.body) {
    const bytes: Buffer = chunk;
    const room = maxBodyBytes - progress.bodyBytes;
    progress.body.push(bytes.subarray(0, room));
    progress.bodyBytes += Math.min(room, bytes.length);
    if (bytes.length > room) {
      progress.truncated = true;
      return;
    }
  }
}

/** The same for every probe and control, so that sites answer alike. No compression: what is hashed is the page. */
const REQUEST_HEADERS = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "en-US,en;q=0.9",
  "accept-encoding": "identity",
  connection: "close",
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
};

/** An undici client that is given the tested socket and can never open another one. */
async function clientOn(socket: Socket, url: URL): Promise<Client> {
  const { default: Client } = await import("undici/lib/dispatcher/client.js");
  let given = false;
  return new Client(url.origin, {
    // Calling back at once leaves every request hanging: undici expects a connection to take time.
    connect: (_options, callback) => {
      const dead = given || socket.destroyed;
      given = true;
      setImmediate(() => (dead ? callback(socket.errored ?? closed(), null) : callback(null, socket)));
    },
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 64 * 1024,
  });
}

/** Not undici's own code for this: at that one it waits for another connection. */
function closed(): Error {
  return Object.assign(new Error("The connection is closed."), { code: "ERR_STREAM_PREMATURE_CLOSE" });
}

function record(
  options: RequestOptions,
  progress: Progress,
  times: { startMs: number; durationMs: number },
  failed: Failed | null,
): Pick<RequestResult, "step" | "redirect"> {
  const { url } = options;
  const { ttfbMs, status, bodyBytes, truncated } = progress;
  const body = Buffer.concat(progress.body);
  const headers = keptHeaders(progress.rawHeaders);
  const text = bodyText(body, headers["content-type"]);
  const title = titleOf(text);
  const next = redirectTarget(url, status, [progress.rawHeaders.location].flat()[0]);
  const page = status === null ? null : { url: url.href, status, title, headers, text };
  const blocked = page !== null && options.isBlockPage?.(page) === true;
  const step = {
    url: url.href.slice(0, LIMITS.url),
    ...times,
    ttfbMs,
    ...(failed ?? { failure: next.failure }),
    status,
    headers,
    location: next.location,
    bodyBytes,
    bodySha256: failed === null ? sha256Hex(body) : null,
    truncated,
    title,
    ...(blocked && { blockPage: text.slice(0, LIMITS.blockPageBytes).toWellFormed() }),
  };
  return { step, redirect: failed === null ? next.url : null };
}
