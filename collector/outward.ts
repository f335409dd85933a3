import { CodedError, errorCode } from "../protocol/coded-error.ts";
import { within } from "../protocol/deadline.ts";

export type Question = {
  readonly method?: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole exchange, from the name's look-up to the last byte. */
  readonly deadlineMs: number;
  /** More than so many bytes of an answer end it. */
  readonly bytesMax: number;
};

export type Answer = { readonly status: number; readonly type: string; readonly bytes: Uint8Array };

/**
 * Asks once: no redirect is followed, nothing is tried again. Error: `unreachable`, with words that name neither address
 * nor key: messages end in logs and on pages.
 */
export type Ask = (question: Question) => Promise<Answer>;

/** Requests that the collector makes of its own. */
export type Outward = {
  ask: Ask;
  /** Ends what is under way. */
  close: () => Promise<void>;
};

/** A client with an optional proxy (http, https or socks5; names are then looked up by the proxy). */
export async function createOutward(proxy: string | null): Promise<Outward> {
  const { Agent, ProxyAgent, request, Socks5ProxyAgent } = await import("undici");
  const limits = { connections: 16, pipelining: 0, maxHeaderSize: 16 * 1024 };
  const dispatcher =
    proxy === null
      ? new Agent(limits)
      : proxy.startsWith("socks5:")
        ? new Socks5ProxyAgent(proxy)
        : new ProxyAgent({ uri: proxy, ...limits });
  const stop = new AbortController();
  return {
    ask: async ({ method = "GET", url, headers = {}, body, deadlineMs, bytesMax }) => {
      const signal = within(deadlineMs, stop.signal);
      try {
        const sent = body === undefined ? {} : { body: typeof body === "string" ? body : Buffer.from(body) };
        const answer = await request(url, { dispatcher, method, headers, signal, ...sent });
        const type = String(answer.headers["content-type"] ?? "");
        return { status: answer.statusCode, type, bytes: await readAll(answer.body, bytesMax) };
      } catch (error) {
        throw new CodedError("unreachable", wordsOf(error), { cause: error });
      }
    },
    close: async () => {
      stop.abort();
      await dispatcher.destroy();
    },
  };
}

async function readAll(body: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    // Leaving the loop ends the connection.
    if (bytes > bytesMax) throw new CodedError("too_big", `more than ${bytesMax} bytes came`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What went wrong, by code: texts of libraries hold addresses. */
function wordsOf(error: unknown): string {
  if (error instanceof CodedError) return error.message;
  if (error instanceof Error && error.name === "TimeoutError") return "no whole answer before the deadline";
  if (error instanceof Error && error.name === "AbortError") return "stopped";
  return `no answer (${errorCode(error) ?? "unknown"})`;
}
