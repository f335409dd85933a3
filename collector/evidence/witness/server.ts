import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { REQUEST_BYTES_MAX } from "../../../protocol/add-checkpoint.ts";
import { strictTextOf } from "../../../protocol/bytes.ts";
import { witnessVerifier } from "../../../protocol/cosignature.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { type NoteVerifier, verifierText } from "../../../protocol/note.ts";
import { answerRequest, readRequest, type WitnessAnswer, type WitnessKey } from "./answer.ts";
import type { WitnessBook } from "./book.ts";

export type WitnessOptions = {
  readonly key: WitnessKey;
  /** Keys of the logs that are watched. */
  readonly logs: readonly NoteVerifier[];
  readonly book: WitnessBook;
  readonly now: () => number;
  /** Told of each head that was taken or refused; never of who sent it. */
  readonly told?: (what: { origin: string; size: number; status: number }) => void;
};

const REQUEST_MS = 15_000;

/**
 * A witness of logs (C2SP tlog-witness): POST /add-checkpoint, GET /<hash of the origin>/checkpoint, and its key at /key. It
 * keeps no address of who asks.
 */
export function createWitness(options: WitnessOptions) {
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: 8192 },
    (request, response) => {
      answer(request, options).then(
        (given) => send(response, given),
        () => send(response, { status: 500, type: PLAIN, body: "a fault of this witness\n" }),
      );
    },
  );
  server.maxConnections = 64;
  return server;
}

type Sent = Pick<WitnessAnswer, "body"> & { readonly status: number; readonly type: string };

const PLAIN = "text/plain; charset=utf-8";

async function answer(request: IncomingMessage, options: WitnessOptions): Promise<Sent> {
  const path = new URL(request.url ?? "/", "http://witness").pathname;
  if (request.method === "POST" && path.endsWith("/add-checkpoint")) return taken(await bodyOf(request), options);
  if (request.method !== "GET") return { status: 405, type: PLAIN, body: "GET or POST /add-checkpoint\n" };
  if (path === "/key")
    return {
      status: 200,
      type: PLAIN,
      body: `${verifierText(witnessVerifier(options.key.name, options.key.privateKeyPem))}\n`,
    };
  const [, hash] = /\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
  const origin = options.logs.find(({ name }) => sha256Hex(name) === hash)?.name;
  const note = origin === undefined ? null : options.book.note(origin);
  return note === null
    ? { status: 404, type: PLAIN, body: "nothing here\n" }
    : { status: 200, type: PLAIN, body: note };
}

function taken(body: string | null, { key, logs, book, now, told }: WitnessOptions): Sent {
  if (body === null) return { status: 413, type: PLAIN, body: "the request is too large, or no text\n" };
  const read = readRequest(body, logs);
  if ("status" in read) return read;
  const { origin, size } = read.head;
  const given = book.judge(origin, (seen) => answerRequest(read, { seen, key, timeS: Math.floor(now() / 1000) }));
  told?.({ origin, size, status: given.status });
  return given;
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > REQUEST_BYTES_MAX) return null;
    parts.push(part);
  }
  return strictTextOf(Buffer.concat(parts));
}

function send(response: ServerResponse, { status, type, body }: Sent): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
