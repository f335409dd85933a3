import { CodedError, errorCode } from "../../protocol/coded-error.ts";

export type Question = {
  readonly method?: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole exchange, from the name's look-up to the last byte. */
  readonly deadlineMs: number;
  /** More than so many bytes of an answer end it. */
  readonly bytesMax: number;
};

export type Answer = { readonly status: number; readonly type: string; readonly bytes: Uint8Array };

/** Asks once: no redirect is followed, nothing is tried again. Error: `unreachable`, without the address. */
export type Ask = (question: Question) => Promise<Answer>;

/** A client for what the collector asks witnesses and keepers of time. `close` ends what is under way. */
export async function createAsk(): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const { Agent, request } = await import("undici");
  const dispatcher = new Agent({ connections: 4, pipelining: 0, maxHeaderSize: 16 * 1024 });
  const stop = new AbortController();
  const ask: Ask = async ({ method = "GET", url, headers = {}, body, deadlineMs, bytesMax }) => {
    const signal = AbortSignal.any([AbortSignal.timeout(deadlineMs), stop.signal]);
    try {
      const sent = body === undefined ? {} : { body: typeof body === "string" ? body : Buffer.from(body) };
      const answer = await request(url, { dispatcher, method, headers, signal, ...sent });
      const type = String(answer.headers["content-type"] ?? "");
      return { status: answer.statusCode, type, bytes: await readAll(answer.body, bytesMax) };
    } catch (error) {
      throw new CodedError("unreachable", `no whole answer (${errorCode(error) ?? nameOf(error)})`, { cause: error });
    }
  };
  return {
    ask,
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

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
