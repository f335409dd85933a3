import { type LookupAddress, lookup } from "node:dns";
import pLimit from "p-limit";
import { bounded } from "./bounded.ts";
import { DEADLINES } from "./deadlines.ts";
import type { QuestionType } from "./dns-codec.ts";
import type { DnsExchange } from "./dns-exchange.ts";
import { failedByCut } from "./failed.ts";
import { isFault } from "./fault.ts";
import { startTimer } from "./timer.ts";
import { toDnsFailure } from "./to-failure-dns.ts";

/** getaddrinfo or what stands in for it; rejects with Node's own codes. */
export type Lookup = (name: string) => Promise<LookupAddress[]>;

/** getaddrinfo for both families at once, as browsers ask, in the order the system gives. */
function osLookup(name: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(name, { all: true, family: 0, verbatim: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses),
    );
  });
}

/**
 * A lookup that asks for few names at once and passes over those that waited longer than `maxWaitMs` (rejected with
 * ETIMEDOUT). getaddrinfo holds one of Node's four worker threads until it gives up, half a minute with dead resolvers;
 * the rest of the program needs some of them.
 */
export function limitedLookup(inner: Lookup, atOnce = 2, maxWaitMs = DEADLINES.dnsMs): Lookup {
  const limit = pLimit(atOnce);
  return (name) => {
    const timer = startTimer();
    return limit(() => (timer() < maxWaitMs ? inner(name) : Promise.reject(waitedTooLong())));
  };
}

/** This host's getaddrinfo, shared by all measurements of the process. */
export const hostLookup: Lookup = limitedLookup(osLookup);

function waitedTooLong(): Error {
  return Object.assign(new Error("Earlier names still wait for the operating system."), { code: "ETIMEDOUT" });
}

/** A lookup that asks once for each name, for the questions of one measurement. */
export function sharedLookup(inner: Lookup = hostLookup): Lookup {
  const asked = new Map<string, Promise<LookupAddress[]>>();
  return (name) => {
    const answer = asked.get(name) ?? inner(name);
    asked.set(name, answer);
    return answer;
  };
}

/**
 * Asks the operating system (hosts file, caches and local resolvers included). It cannot be cancelled: a call that
 * outlives its deadline ends by itself, unheard.
 */
export async function askOs(
  question: { name: string; type: QuestionType; timeoutMs: number; lookup: Lookup },
  signal: AbortSignal,
): Promise<DnsExchange> {
  const { name, type, timeoutMs } = question;
  const timer = startTimer();
  const outcome = await bounded<{ addresses: LookupAddress[] } | { error: unknown }>(
    timeoutMs,
    signal,
    async (done) => {
      try {
        done({ addresses: await question.lookup(name) });
      } catch (error) {
        if (isFault(error)) throw error;
        done({ error });
      }
    },
  );
  const exchange = { transport: "os" as const, durationMs: timer(), late: [] };
  if (typeof outcome === "string") return { ...exchange, answer: null, failed: failedByCut(outcome) };
  if ("error" in outcome) return { ...exchange, answer: null, failed: toDnsFailure(outcome.error) };
  const family = type === "A" ? 4 : 6;
  const addresses = outcome.addresses.filter((address) => address.family === family);
  const answers = addresses.slice(0, 64).map(({ address }) => ({ type, data: address.replace(/%.*$/, ""), ttl: null }));
  return { ...exchange, answer: { rcode: null, answers }, failed: null };
}
