import { randomBytes } from "node:crypto";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { bounded } from "./bounded.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { type Series, type SeriesUnderWay, startSeries } from "./speed-series.ts";
import { startTimer } from "./timer.ts";
import { toHttpFailure } from "./to-failure-http.ts";

export type TransferOptions = {
  /** An open connection: a TLS socket that agreed on HTTP/1.1, or a plain TCP one. Closed when the transfer ends. */
  socket: Socket;
  /** The TCP connection under it. */
  line: Socket;
  url: URL;
  direction: "down" | "up";
  /** Most bytes that are read, or sent. */
  bytes: number;
  /** Ends the transfer when its answer has begun by then. */
  timeMs: number;
  /** How long the answer is awaited. */
  answerMs: number;
  binMs: number;
};

/** What a transfer showed; samples seen before a failure stay. */
export type Transfer = { samples: Series; failed: Failed | null };

const CHUNK_BYTES = 16 * 1024;
/** A line of an upload's progress is a number; longer ones are none. */
const LINE_CHARS = 32;

/**
 * Fetches one object, or sends random bytes, and notes when how much had come through. Reading stops at `bytes`
 * whatever the server sends, and after `timeMs` once the answer has begun; until then the answer is awaited, so that
 * very slow is told from silent. No compression, no redirect, no retry. Fails with the names of to-failure-http.ts,
 * `http_unexpected_status_code` for other answers than 2xx, `generic_timeout_error` when no answer begins in
 * `answerMs`, `interrupted` when the signal aborts.
 *
 * Of a download the bytes on the line are counted, TLS and headers included: on a slow line a TLS record of 16 KiB
 * takes a second, and nothing of it can be read before its end. Some servers send up to two kilobytes of session
 * tickets before any answer. Of an upload the server says how much has arrived: each line of its answer is a count.
 */
export async function transfer(options: TransferOptions, signal: AbortSignal): Promise<Transfer> {
  const { socket, timeMs, answerMs, binMs } = options;
  const series = startSeries(startTimer(), binMs);
  const release: (() => void)[] = [() => socket.destroy()];
  const outcome = await bounded<{ failed: Failed | null; whole: boolean }>(answerMs, signal, (done) => {
    let answered = false;
    let overtime = false;
    const cutWhenLate = () => {
      if (answered && overtime) done({ failed: null, whole: false });
    };
    const enough = setTimeout(() => {
      overtime = true;
      cutWhenLate();
    }, timeMs);
    const fail = (error: Error) => done({ failed: nameOf(error), whole: true });
    const finish = () => done({ failed: null, whole: true });
    const look = options.direction === "down" ? lookAtLine(options, series, finish) : () => {};
    const looking = setInterval(look, binMs);
    const sent = start(options, (response) => {
      response.on("error", fail);
      look();
      if (!isGood(response)) {
        done({ failed: { failure: "http_unexpected_status_code", raw: String(response.statusCode) }, whole: true });
        return;
      }
      answered = true;
      if (options.direction === "down") response.on("data", look).on("end", finish);
      else follow(response, options.bytes, series, finish);
      cutWhenLate();
    });
    sent.on("error", fail);
    release.push(
      () => clearTimeout(enough),
      () => clearInterval(looking),
      () => sent.destroy(),
    );
  }).finally(() => {
    for (const one of release.reverse()) one();
  });
  const stopped = typeof outcome === "string";
  const samples = series.end(stopped || !outcome.whole);
  return { samples, failed: stopped ? failedByCut(outcome) : outcome.failed };
}

/** Makes the look at how much has come over the line, which ends the transfer at the cap. */
function lookAtLine({ line, bytes }: TransferOptions, series: SeriesUnderWay, finish: () => void): () => void {
  const before = line.bytesRead;
  return () => {
    series.note(Math.min(bytes, line.bytesRead - before));
    if (series.bytes() >= bytes) finish();
  };
}

function start(options: TransferOptions, onResponse: (response: IncomingMessage) => void): ClientRequest {
  const { socket, url, direction, bytes } = options;
  const ask = request(
    {
      createConnection: () => socket,
      method: direction === "down" ? "GET" : "POST",
      path: `${url.pathname}${url.search}`,
      headers: {
        host: url.host,
        ...HEADERS,
        ...(direction === "down"
          ? { range: `bytes=0-${bytes - 1}` }
          : { "content-type": "application/octet-stream", "content-length": bytes }),
      },
    },
    onResponse,
  );
  if (direction === "down") ask.end();
  else sendRandom(ask, bytes);
  return ask;
}

/** As a browser asks, so that sites answer as usual; nothing compressed, or the bytes counted would not be the line's. */
const HEADERS = {
  accept: "*/*",
  "accept-language": "en-US,en;q=0.9",
  "accept-encoding": "identity",
  connection: "close",
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
};

function isGood({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** Follows what the server says of an upload. A server that says nothing until its end has taken everything. */
function follow(
  response: IncomingMessage,
  sentBytes: number,
  series: Pick<SeriesUnderWay, "note" | "bytes">,
  finish: () => void,
): void {
  let rest = "";
  response.setEncoding("latin1");
  response.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = (lines.pop() ?? "").slice(0, LINE_CHARS);
    for (const line of lines) if (/^\d{1,15}$/.test(line)) series.note(Math.min(sentBytes, Number(line)));
  });
  response.on("end", () => {
    if (series.bytes() === 0) series.note(sentBytes);
    finish();
  });
}

function sendRandom(ask: ClientRequest, bytes: number): void {
  let left = bytes;
  const more = () => {
    while (left > 0) {
      const chunk = randomBytes(Math.min(CHUNK_BYTES, left));
      left -= chunk.length;
      if (!ask.write(chunk) && left > 0) {
        ask.once("drain", more);
        return;
      }
    }
    ask.end();
  };
  more();
}

/** An end before the answer was whole has the same code as a reset, but no system call. */
function nameOf(error: Error): Failed {
  const failed = toHttpFailure(error);
  return failed.failure === "connection_reset" && !("syscall" in error) ? { ...failed, failure: "eof_error" } : failed;
}
