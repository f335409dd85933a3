import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from "node:http2";
import type { Socket } from "node:net";

/** What to do with an answer as it comes in. */
export type Listener = {
  onHeaders: (status: number, headers: Record<string, string | string[] | undefined>) => void;
  /** Takes a part of the body; false when no more is wanted. */
  onBody: (bytes: Buffer) => boolean;
};

/** One answer cannot hold more than this in memory before it is read. */
const SESSION_MEGABYTES = 2;
const HEADER_PAIRS = 128;
/** What a server may send beyond what was read: a page that is cut short costs no more than this in vain. */
const WINDOW_BYTES = 32 * 1024;

/**
 * One GET over HTTP/2 on an open TLS connection that agreed on `h2`. Resolves when the body has ended or no more of it
 * is wanted; rejects with Node's error, ERR_STREAM_PREMATURE_CLOSE when the peer closed in between.
 */
export async function requestH2(
  { socket, url, headers }: { socket: Socket; url: URL; headers: Readonly<Record<string, string>> },
  listener: Listener,
): Promise<void> {
  const { connect } = await import("node:http2");
  const session = connect(url.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
    maxSessionMemory: SESSION_MEGABYTES,
    maxHeaderListPairs: HEADER_PAIRS,
  });
  try {
    await exchange(session, { ":path": `${url.pathname}${url.search}`, ...headers }, listener);
  } finally {
    session.destroy();
  }
}

function exchange(
  session: ClientHttp2Session,
  headers: Readonly<Record<string, string>>,
  listener: Listener,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays for the session's life; what comes after the first outcome changes nothing.
    session.on("error", reject);
    session.once("close", () => reject(closed()));
    const stream = session.request(headers);
    stream.on("error", reject);
    stream.once("response", (all) => {
      listener.onHeaders(all[":status"] ?? 0, withoutPseudo(all));
    });
    stream.on("data", (bytes: Buffer) => {
      if (!listener.onBody(bytes)) resolve();
    });
    stream.once("end", () => (isWhole(stream) ? resolve() : reject(closed())));
    stream.once("close", () => reject(closed()));
  });
}

/** An end after a reset of the stream is none. */
function isWhole(stream: ClientHttp2Stream): boolean {
  return !stream.aborted && (stream.rstCode ?? 0) === 0;
}

function withoutPseudo(headers: IncomingHttpHeaders): Record<string, string | string[] | undefined> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":")));
}

function closed(): Error {
  return Object.assign(new Error("The connection is closed."), { code: "ERR_STREAM_PREMATURE_CLOSE" });
}
