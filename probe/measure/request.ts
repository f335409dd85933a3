import type { Socket } from "node:net";
import type { Client } from "undici";
import { sha256Hex } from "../../protocol/hash.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { HttpStep } from "../../protocol/records/web.ts";
import { ACCEPT_ENCODING, type BodyReader, createBodyReader } from "./body-reader.ts";
import { bounded } from "./bounded.ts";
import { DEADLINES } from "./deadlines.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { isFault } from "./fault.ts";
import { bodyText, keptHeaders, titleOf } from "./page.ts";
import { urlForRecord, withoutAddresses } from "./privacy.ts";
import { redirectTarget } from "./redirect.ts";
import { type Listener, requestH2 } from "./request-h2.ts";
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
  /** How much of the body is read and hashed, unpacked, and how much of it packed; the rest is left on the wire. */
  maxBodyBytes?: number;
  /** Whether a page is a known block page: only then its text goes into the record. */
  isBlockPage?: (page: Page) => boolean;
};

/** The record of the step (the caller gives id, tcp and tls), and where the answer sends us, if anywhere. */
export type RequestResult = { ok: boolean; step: Omit<HttpStep, "id" | "tcp" | "tls">; redirect: URL | null };

/** What has arrived so far; a failure leaves it as it stands. */
type Progress = {
  /** Bytes of the body that are wanted at most. */
  maxBodyBytes: number;
  ttfbMs: number | null;
  status: number | null;
  rawHeaders: Record<string, string | string[] | undefined>;
  /** Null until the headers have come. */
  reader: BodyReader | null;
};

/**
 * One GET on one open connection, by HTTP/2 where the handshake agreed on it, else HTTP/1.1: no retry, no redirect
 * followed, no keep-alive, no cache. Bodies are asked for packed, as browsers do, and counted and hashed unpacked (see
 * body-reader.ts). Fails with the names of to-failure-http.ts, `http_parse_error` for a body that cannot be unpacked,
 * `eof_error` for one that ends in the middle, `generic_timeout_error` when headers and body take longer than `timeoutMs` (10 s by default) and
 * `interrupted` when the signal aborts; what had arrived before (status, headers, bytes) stays in the step. Throws only a fault of ours.
 */
export async function request(options: RequestOptions, signal: AbortSignal): Promise<RequestResult> {
  const { socket, url, timeoutMs = DEADLINES.httpMs, timer = startTimer() } = options;
  const startMs = timer();
  const progress: Progress = {
    maxBodyBytes: options.maxBodyBytes ?? LIMITS.bodyBytes,
    ttfbMs: null,
    status: null,
    rawHeaders: {},
    reader: null,
  };
  const outcome = await bounded<{ failed: Failed | null }>(timeoutMs, signal, async (done) => {
    try {
      await fetchInto(progress, { socket, url, timer, startMs });
      done({ failed: null });
    } catch (error) {
      if (isFault(error)) throw error;
      done({ failed: toHttpFailure(error) });
    }
  }).finally(() => {
    socket.destroy();
    progress.reader?.close();
  });
  const durationMs = since(timer, startMs);
  const failed = typeof outcome === "string" ? failedByCut(outcome) : outcome.failed;
  return { ok: failed === null, ...record(options, progress, { startMs, durationMs }, failed) };
}

async function fetchInto(
  progress: Progress,
  { socket, url, timer, startMs }: { socket: Socket; url: URL; timer: Timer; startMs: number },
): Promise<void> {
  let cut = () => {};
  const isCut = new Promise<void>((resolve) => {
    cut = resolve;
  });
  const listener = {
    onHeaders: (status: number, headers: Progress["rawHeaders"]) => {
      progress.ttfbMs = since(timer, startMs);
      progress.status = status;
      progress.rawHeaders = headers;
      const encoding = [headers["content-encoding"]].flat().join(",");
      progress.reader = createBodyReader(progress.maxBodyBytes, encoding);
      progress.reader.full.then(cut, cut);
    },
    onBody: (bytes: Buffer) => progress.reader?.take(bytes) ?? false,
  };
  const isH2 = "alpnProtocol" in socket && socket.alpnProtocol === "h2";
  const transfer = isH2
    ? requestH2({ socket, url, headers: REQUEST_HEADERS }, listener)
    : requestH1(socket, url, listener);
  // A failure after the wanted part was there is none.
  transfer.catch(() => {});
  await Promise.race([transfer, isCut]);
  await progress.reader?.end();
}

async function requestH1(socket: Socket, url: URL, listener: Listener): Promise<void> {
  const client = await clientOn(socket, url);
  try {
    const { default: send } = await import("undici/lib/api/api-request.js");
    const response = await send.call(client, {
      method: "GET",
      path: `${url.pathname}${url.search}`,
      headers: { ...REQUEST_HEADERS, connection: "close" },
    });
    listener.onHeaders(response.statusCode, response.headers);
    for await (const chunk of response.body) {
      const bytes: Buffer = chunk;
      if (!listener.onBody(bytes)) return;
    }
  } finally {
    client.destroy().catch(() => {});
  }
}

/** The same for every probe and control, so that sites answer alike. */
const REQUEST_HEADERS = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "en-US,en;q=0.9",
  "accept-encoding": ACCEPT_ENCODING,
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

const NO_BODY = { body: Buffer.alloc(0), wireBytes: 0, isUnpacked: false, truncated: false };

function record(
  options: RequestOptions,
  progress: Progress,
  times: { startMs: number; durationMs: number },
  failed: Failed | null,
): Pick<RequestResult, "step" | "redirect"> {
  const { url } = options;
  const { ttfbMs, status } = progress;
  const { body, wireBytes, isUnpacked, truncated } = progress.reader?.read() ?? NO_BODY;
  const headers = keptHeaders(progress.rawHeaders);
  const text = bodyText(body, headers["content-type"]);
  const title = titleOf(text);
  const next = redirectTarget(url, status, [progress.rawHeaders.location].flat()[0]);
  const page = status === null ? null : { url: url.href, status, title, headers, text };
  const blocked = page !== null && options.isBlockPage?.(page) === true;
  const step = {
    url: urlForRecord(url.href).slice(0, LIMITS.url),
    ...times,
    ttfbMs,
    ...(failed ?? { failure: next.failure }),
    status,
    headers,
    location: next.location === null ? null : urlForRecord(next.location).slice(0, LIMITS.url),
    bodyBytes: body.length,
    ...(isUnpacked && { wireBytes }),
    bodySha256: failed === null ? sha256Hex(body) : null,
    truncated,
    title: title === null ? null : withoutAddresses(title),
    ...(blocked && { blockPage: withoutAddresses(text).slice(0, LIMITS.blockPageBytes).toWellFormed() }),
  };
  return { step, redirect: failed === null ? next.url : null };
}
