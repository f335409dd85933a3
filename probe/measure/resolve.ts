import type { Agent } from "node:https";
import type { DnsStep } from "../../protocol/records/web.ts";
import { bogonTest } from "./bogon.ts";
import { DEADLINES } from "./deadlines.ts";
import type { QuestionType } from "./dns-codec.ts";
import { askDoh } from "./dns-doh.ts";
import type { DnsExchange } from "./dns-exchange.ts";
import { askOs, hostLookup, type Lookup } from "./dns-os.ts";
import { askServer } from "./dns-server.ts";
import { resolverText } from "./privacy.ts";
import { startTimer, type Timer } from "./timer.ts";
import { answerFailure } from "./to-failure-dns.ts";
import type { Trust } from "./trust.ts";

export type Question = {
  /** `system`, `os`, `udp:<ip>` or `doh:<name>`, as in the record. */
  resolver: string;
  /** `ip:port` for system and udp, the https URL for doh, null for os. */
  server: string | null;
  name: string;
  type: QuestionType;
  timeoutMs?: number;
  /** How long further, different UDP answers are awaited after the first. */
  lateMs?: number;
  timer?: Timer;
  /** Whether an address answered is a bogon; by default every private one is. */
  isBogon?: (ip: string) => boolean;
  /** DoH only: the address to connect to, when known, and whom to trust. */
  address?: string;
  trust?: Trust;
  agent?: Agent;
  /** os only: getaddrinfo by default. */
  lookup?: Lookup;
  /** Query id over UDP; random by default. */
  queryId?: number;
  /** How many hops the question may travel over UDP, to see how far off an injector is; the system's own by default. */
  ttl?: number;
};

/** The record of one DNS question; the caller gives the id. */
export type ResolveResult = Omit<DnsStep, "id">;

/**
 * Asks one resolver one question. `late[].atMs` and `durationMs` count from the moment of asking, `startMs` from the
 * timer given. Fails with the names of to-failure-dns.ts, `generic_timeout_error` after `timeoutMs` (4 s by default),
 * `interrupted` when the signal aborts; answers seen before a failure stay. Throws only a fault of ours.
 */
export async function resolve(question: Question, signal: AbortSignal): Promise<ResolveResult> {
  const timer = question.timer ?? startTimer();
  const startMs = timer();
  const exchange = await ask(question, signal);
  const { resolver, server, name, type, ttl } = question;
  const answers = exchange.answer?.answers ?? [];
  return {
    resolver,
    server: server === null || resolver !== "system" ? server : resolverText(server),
    transport: exchange.transport,
    name,
    type,
    startMs,
    durationMs: exchange.durationMs,
    ...(exchange.failed ?? { failure: judge(question, exchange) }),
    rcode: exchange.answer?.rcode ?? null,
    answers,
    late: exchange.late,
    ...(ttl !== undefined && { ttl }),
  };
}

function ask(question: Question, signal: AbortSignal): Promise<DnsExchange> {
  const { name, type, server, timeoutMs = DEADLINES.dnsMs, lateMs = DEADLINES.lateMs } = question;
  if (question.resolver === "os")
    return askOs({ name, type, timeoutMs, lookup: question.lookup ?? hostLookup }, signal);
  if (question.resolver.startsWith("doh:")) {
    const { address, trust, agent } = question;
    return askDoh(
      {
        url: server ?? "",
        name,
        type,
        timeoutMs,
        ...(address && { address }),
        ...(trust && { trust }),
        ...(agent && { agent }),
      },
      signal,
    );
  }
  const { queryId: id, ttl } = question;
  return askServer(
    { server: server ?? "", name, type, timeoutMs, lateMs, ...(id !== undefined && { id }), ...(ttl && { ttl }) },
    signal,
  );
}

function judge(question: Question, exchange: DnsExchange): DnsStep["failure"] {
  const isBogon = question.isBogon ?? bogonTest(false);
  const addresses = (exchange.answer?.answers ?? []).filter((answer) => answer.type === question.type);
  return answerFailure({
    rcode: exchange.answer?.rcode ?? "NOERROR",
    addresses: addresses.length,
    bogon: addresses.some((answer) => isBogon(answer.data)),
  });
}
