import { isIP } from "node:net";
import type { Failure } from "../../../protocol/failure.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { type DnsAnswer, type DnsStep, Resolver } from "../../../protocol/records/web.ts";
import { readFailure } from "./failure-names.ts";
import type { Query } from "./report.ts";
import { bounded, RCODES, readEndpoint, readSpan } from "./values.ts";

/** DNS steps of a report's queries; later answers to the same question go with the first. */
export function readQueries(queries: readonly Query[], late: readonly Query[], nextId: () => number): DnsStep[] {
  return queries
    .filter(({ hostname }) => bounded(hostname, LIMITS.name) !== null)
    .slice(0, LIMITS.stepsPerKind)
    .map((query) => {
      const step = readQuery(query, nextId());
      const again = late.filter((other) => isSameQuestion(query, other)).slice(0, 16);
      return {
        ...step,
        late: again.map((other) => ({
          atMs: readSpan(other).startMs,
          rcode: rcodeOf(other) ?? "NOERROR",
          answers: answersOf(other),
        })),
      };
    });
}

function readQuery(query: Query, id: number): DnsStep {
  const answers = answersOf(query);
  const own = query.x_kuager;
  const asked = query.query_type === "A" || query.query_type === "AAAA" ? query.query_type : null;
  const only6 = answers.length > 0 && answers.every(({ type }) => type === "AAAA");
  return {
    id,
    ...readSpan(query),
    ...readFailure(query.failure),
    ...whoOf(query),
    name: query.hostname?.slice(0, LIMITS.name) ?? "",
    type: asked ?? (only6 ? "AAAA" : "A"),
    rcode: rcodeOf(query),
    answers,
    late: [],
    ...(typeof own?.ttl === "number" && own.ttl >= 1 && own.ttl <= 255 ? { ttl: Math.round(own.ttl) } : {}),
  };
}

const TRANSPORTS: Readonly<Record<string, DnsStep["transport"]>> = { udp: "udp", tcp: "tcp", dot: "tcp", doh: "https" };

/** Who was asked. Without a word on the engine it was the host's own resolver, as in the first reports. */
function whoOf(query: Query): Pick<DnsStep, "resolver" | "server" | "transport"> {
  const address = query.resolver_address ?? joined(query.resolver_hostname, query.resolver_port);
  const server = bounded(address, LIMITS.text);
  const transport = TRANSPORTS[query.engine ?? ""];
  const own = Resolver.safeParse(query.x_kuager?.resolver);
  if (own.success)
    return { resolver: own.data, server, transport: TRANSPORTS[query.x_kuager?.transport ?? ""] ?? transport ?? "os" };
  if (transport === "https") return { resolver: `doh:${dohName(address)}`, server, transport };
  const ip = readEndpoint(address)?.ip ?? (isIP(address ?? "") === 0 ? null : address);
  if (transport !== undefined && ip !== null) return { resolver: `udp:${ip}`, server, transport };
  if (query.engine === "system") return { resolver: "system", server, transport: "udp" };
  return { resolver: "os", server, transport: "os" };
}

function joined(host: string | null | undefined, port: string | number | null | undefined): string | null {
  return host ? `${host}${port ? `:${port}` : ""}` : null;
}

function dohName(address: string | null): string {
  const name = address !== null && URL.canParse(address) ? new URL(address).hostname : (address ?? "");
  return /^[^\s]{1,253}$/.test(name) ? name : "unknown";
}

/** Failures that only an answer can bring, with the code it had. */
const TOLD_BY: Partial<Record<Failure, string>> = {
  dns_nxdomain_error: "NXDOMAIN",
  dns_refused_error: "REFUSED",
  dns_servfail_error: "SERVFAIL",
  dns_no_answer: "NOERROR",
};

function rcodeOf({ rcode, failure, answers }: Query): string | null {
  if (typeof rcode === "number") return RCODES[rcode] ?? String(Math.round(rcode)).slice(0, 16);
  if (!failure) return (answers?.length ?? 0) > 0 ? "NOERROR" : null;
  // Android says the same without a network.
  if (failure === "android_dns_cache_no_data") return null;
  return TOLD_BY[readFailure(failure).failure ?? "unknown_failure"] ?? null;
}

function answersOf({ answers }: Query): DnsAnswer[] {
  return (answers ?? [])
    .map((answer) => {
      if (answer === null) return null;
      const data = bounded(answer.ipv4 ?? answer.ipv6 ?? answer.hostname, LIMITS.text);
      const type = bounded(answer.answer_type, 16);
      const ttl = typeof answer.ttl === "number" && answer.ttl >= 0 ? Math.round(answer.ttl) : null;
      return data === null || type === null ? null : { type, data, ttl };
    })
    .filter((answer) => answer !== null)
    .slice(0, LIMITS.stepsPerKind);
}

function isSameQuestion(a: Query, b: Query): boolean {
  if (a.transaction_id && b.transaction_id) return a.transaction_id === b.transaction_id;
  return a.hostname === b.hostname && a.query_type === b.query_type && a.resolver_address === b.resolver_address;
}
