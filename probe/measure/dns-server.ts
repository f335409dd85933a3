import { randomInt } from "node:crypto";
import { type DnsMessage, encodeQuestion, messageId, type QuestionType, readAnswer } from "./dns-codec.ts";
import type { DnsExchange } from "./dns-exchange.ts";
import { type Endpoint, parseEndpoint } from "./endpoint.ts";
import { exchangeTcp } from "./exchange-tcp.ts";
import { exchangeUdp, type Packet, type UdpExchange } from "./exchange-udp.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { startTimer } from "./timer.ts";
import { toDnsFailure } from "./to-failure-dns.ts";

/** A question to a name server; `server` is `ip` or `ip:port`. */
export type ServerQuestion = {
  server: string;
  name: string;
  type: QuestionType;
  timeoutMs: number;
  lateMs: number;
  id?: number;
  ttl?: number;
};

/**
 * Asks a name server over UDP, and over TCP when the answer says it was cut off. Packets with another id are passed
 * over; when nothing else comes they make the failure `dns_reply_with_wrong_query_id`.
 */
export async function askServer(question: ServerQuestion, signal: AbortSignal): Promise<DnsExchange> {
  const { server, name, type, timeoutMs, lateMs, ttl, id = randomInt(65536) } = question;
  const endpoint = parseEndpoint(server, 53);
  const data = encodeQuestion(id, name, type);
  if (endpoint === null) return nothing({ failure: "address_not_available", raw: "not an IP address" });
  if (data === null) return nothing({ failure: "dns_non_recoverable_failure", raw: "not a DNS name" });
  const timer = startTimer();
  const udp = await exchangeUdp(
    { endpoint, data, timeoutMs, lateMs, accepts: (packet) => messageId(packet) === id, ...(ttl && { ttl }) },
    signal,
  );
  const [first, ...others] = udp.packets;
  if (first === undefined) return { ...nothing(whyNothing(udp)), durationMs: timer() };
  const message = readAnswer(first.data, name, type);
  const late = differing(message, others, name, type);
  if (message?.truncated)
    return { ...(await askAgainByTcp({ endpoint, data, message, timeoutMs }, question, signal)), late };
  const exchange = { transport: "udp" as const, durationMs: first.atMs, late };
  if (message === null) return { ...exchange, answer: null, failed: { failure: "dns_malformed_answer" } };
  return { ...exchange, answer: message, failed: null };
}

function nothing(failed: Failed): DnsExchange {
  return { transport: "udp", durationMs: 0, answer: null, failed, late: [] };
}

function whyNothing(udp: UdpExchange): Failed {
  if (udp.end === "timeout" && udp.strays > 0) return { failure: "dns_reply_with_wrong_query_id" };
  if (udp.end === "answered") return { failure: "unknown_failure" };
  return typeof udp.end === "string" ? failedByCut(udp.end) : toDnsFailure(udp.end.error);
}

async function askAgainByTcp(
  sent: { endpoint: Endpoint; data: Buffer; message: DnsMessage; timeoutMs: number },
  { name, type }: ServerQuestion,
  signal: AbortSignal,
): Promise<DnsExchange> {
  const timer = startTimer();
  const tcp = await exchangeTcp(sent, signal);
  const exchange = { transport: "tcp" as const, durationMs: timer(), late: [] };
  // What the cut-off answer said stays when TCP brings nothing better.
  if (!("data" in tcp)) return { ...exchange, answer: sent.message, failed: tcp };
  const message = readAnswer(tcp.data, name, type);
  if (message === null) return { ...exchange, answer: sent.message, failed: { failure: "dns_malformed_answer" } };
  return { ...exchange, answer: message, failed: null };
}

/** Later answers that say something else than the first and each other: two answers to one question are an injection. */
function differing(first: DnsMessage | null, others: readonly Packet[], name: string, type: QuestionType) {
  const seen = new Set(first ? [meaning(first)] : []);
  return others.flatMap(({ atMs, data }) => {
    const message = readAnswer(data, name, type);
    if (message === null || seen.has(meaning(message))) return [];
    seen.add(meaning(message));
    return [{ atMs, rcode: message.rcode, answers: message.answers }];
  });
}

/** What an answer says, whatever the order of its records and their remaining time to live. */
function meaning(message: DnsMessage): string {
  return [message.rcode, ...message.answers.map((answer) => `${answer.type} ${answer.data}`).sort()].join("\n");
}
