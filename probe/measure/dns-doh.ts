import type { IncomingMessage } from "node:http";
import { type Agent, type RequestOptions, request } from "node:https";
import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { bounded } from "./bounded.ts";
import { encodeQuestion, type QuestionType, readAnswer } from "./dns-codec.ts";
import type { DnsExchange } from "./dns-exchange.ts";
import { hostOf, portOf } from "./endpoint.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { isFault } from "./fault.ts";
import { startTimer } from "./timer.ts";
import { toDnsFailure } from "./to-failure-dns.ts";
import { type Trust, trustIn } from "./trust.ts";

const MAX_ANSWER_BYTES = 65535;

export type DohQuestion = {
  url: string;
  /** Where to connect, unless the URL itself names an address. Who names none cannot be asked. */
  address?: string;
  name: string;
  type: QuestionType;
  timeoutMs: number;
  trust?: Trust;
  /** Keeps a connection that several questions to this server share; one of its own by default. */
  agent?: Agent;
};

/** Asks a DNS over HTTPS server by POST (RFC 8484), its certificate verified. */
export async function askDoh(question: DohQuestion, signal: AbortSignal): Promise<DnsExchange> {
  const { name, type, timeoutMs } = question;
  const timer = startTimer();
  const exchange = (answer: DnsExchange["answer"], failed: Failed | null): DnsExchange => {
    return { transport: "https", durationMs: timer(), answer, failed, late: [] };
  };
  // RFC 8484 section 4.1: id 0, so that caches can serve the answer.
  const data = encodeQuestion(0, name, type);
  if (data === null) return exchange(null, { failure: "dns_non_recoverable_failure", raw: "not a DNS name" });
  const host = question.address ?? hostOf(new URL(question.url));
  if (isIP(host) === 0) return exchange(null, { failure: "address_not_available", raw: "the server has no address" });
  const stop = new AbortController();
  const outcome = await bounded<{ data: Buffer } | Failed>(timeoutMs, signal, async (done) => {
    try {
      done(await post(question, host, data, stop.signal));
    } catch (error) {
      if (isFault(error)) throw error;
      done(toDnsFailure(error));
    }
  }).finally(() => stop.abort());
  if (typeof outcome === "string") return exchange(null, failedByCut(outcome));
  if (!("data" in outcome)) return exchange(null, outcome);
  const message = readAnswer(outcome.data, name, type);
  return message === null ? exchange(null, { failure: "dns_malformed_answer" }) : exchange(message, null);
}

function post(
  question: DohQuestion,
  host: string,
  data: Buffer,
  signal: AbortSignal,
): Promise<{ data: Buffer } | Failed> {
  const url = new URL(question.url);
  const { secureContext } = question.trust ?? trustIn([]);
  const headers = {
    host: url.host,
    accept: "application/dns-message",
    "content-type": "application/dns-message",
    "content-length": data.length,
  };
  const options: RequestOptions & ConnectionOptions & { autoSelectFamily: boolean } = {
    host,
    port: portOf(url),
    path: `${url.pathname}${url.search}`,
    method: "POST",
    headers,
    agent: question.agent ?? false,
    autoSelectFamily: false,
    secureContext,
    signal,
  };
  return new Promise((resolve, reject) => {
    const sending = request(options, (response) => readResponse(response).then(resolve, reject));
    sending.on("error", reject);
    sending.end(data);
  });
}

async function readResponse(response: IncomingMessage): Promise<{ data: Buffer } | Failed> {
  if (response.statusCode !== 200) {
    response.destroy();
    return { failure: "http_unexpected_status_code", raw: `status ${response.statusCode}` };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part: Buffer = chunk;
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) return { failure: "dns_malformed_answer", raw: "longer than a DNS message can be" };
    chunks.push(part);
  }
  return { data: Buffer.concat(chunks) };
}
