import { Agent } from "node:https";
import { isIP } from "node:net";
import type { DnsStep } from "../../protocol/records/web.ts";
import type { QuestionType } from "./dns-codec.ts";
import { hostLookup, sharedLookup } from "./dns-os.ts";
import { endpointText, hostOf, parseEndpoint } from "./endpoint.ts";
import type { Measurement } from "./measurement.ts";
import { type Question, resolve } from "./resolve.ts";

/** Addresses of well-known DoH servers, from their operators' pages: their names may be lied about, too. */
const DOH_ADDRESSES: Readonly<Record<string, string>> = {
  "cloudflare-dns.com": "1.1.1.1",
  "dns.adguard-dns.com": "94.140.14.14",
  "dns.google": "8.8.8.8",
  "dns.quad9.net": "9.9.9.9",
};

/**
 * Asks every resolver for a name's A and AAAA records, all at once (questions do not disturb each other), and appends
 * the steps in the order of resolvers. Returns the steps of this name.
 */
export async function askEverybody(m: Measurement, name: string): Promise<DnsStep[]> {
  const who = await resolvers(m);
  const questions = who.flatMap((resolver) => (["A", "AAAA"] as const).map((type) => ({ ...resolver, type })));
  const room = questions.slice(0, m.room("dns"));
  const answers = await Promise.all(room.map((one) => resolve(question(m, one, name, one.type), m.signal)));
  for (const { agent } of who) agent?.destroy();
  return answers.map((answer) => m.add("dns", answer));
}

/** Address of a name that matters only for a follow-up: one A question to the system's and to a public resolver. */
export async function askBriefly(m: Measurement, name: string): Promise<string[]> {
  if (isIP(name)) return [name];
  const { systemResolvers, publicResolvers } = m.options;
  const who = [...systemResolvers.slice(0, 1).map(system), ...publicResolvers.slice(0, 1).map(udp)];
  const room = who.slice(0, m.room("dns"));
  const answers = await Promise.all(room.map((one) => resolve(question(m, one, name, "A"), m.signal)));
  const steps = answers.map((answer) => m.add("dns", answer));
  return steps.flatMap((step) => step.answers.filter((answer) => answer.type === "A").map((answer) => answer.data));
}

/** One A question for a name to each of the system's resolvers, each with `timeoutMs` at most. */
export async function askSystem(m: Measurement, name: string, timeoutMs: number): Promise<DnsStep[]> {
  const who = m.options.systemResolvers.map(system).slice(0, m.room("dns"));
  const questions = who.map((one) => ({ ...question(m, one, name, "A"), timeoutMs }));
  const answers = await Promise.all(questions.map((one) => resolve(one, m.signal)));
  return answers.map((answer) => m.add("dns", answer));
}

type Who = Pick<Question, "resolver" | "server" | "address" | "lookup" | "agent">;

async function resolvers(m: Measurement): Promise<Who[]> {
  const { systemResolvers, publicResolvers, doh, lookup } = m.options;
  const os: Who[] =
    lookup === null ? [] : [{ resolver: "os", server: null, lookup: sharedLookup(lookup ?? hostLookup) }];
  const overHttps = await Promise.all(doh.map((url) => dohServer(m, url, os)));
  return [...systemResolvers.map(system), ...os, ...publicResolvers.map(udp), ...overHttps];
}

function system(server: string): Who {
  return { resolver: "system", server };
}

function udp(server: string): Who {
  const endpoint = parseEndpoint(server, 53);
  return { resolver: `udp:${endpoint?.ip ?? server}`, server: endpoint ? endpointText(endpoint) : server };
}

/** A DoH server by its address: literal, well known, as getaddrinfo says, or as the first public resolver says. */
async function dohServer(m: Measurement, text: string, os: readonly Who[]): Promise<Who> {
  const host = hostOf(new URL(text));
  // Both questions on one connection: a second handshake tells nothing more and costs as much as the site's own.
  const who = { resolver: `doh:${host}`, server: text, agent: new Agent({ keepAlive: true, maxSockets: 1 }) };
  const known = isIP(host) ? host : DOH_ADDRESSES[host];
  if (known !== undefined) return { ...who, address: known };
  const [first] = m.options.publicResolvers;
  const asked: Who[] = [...os, ...(first === undefined ? [] : [udp(first)])];
  for (const one of asked) {
    const { answers } = await resolve({ ...question(m, one, host, "A"), isBogon: () => false, lateMs: 0 }, m.signal);
    const address = answers.find((answer) => answer.type === "A")?.data;
    if (address !== undefined) return { ...who, address };
  }
  return who;
}

function question(m: Measurement, who: Who, name: string, type: QuestionType): Question {
  const { random } = m.options;
  return {
    ...who,
    name,
    type,
    timeoutMs: m.deadlines.dnsMs,
    lateMs: m.deadlines.lateMs,
    timer: m.timer,
    isBogon: m.isBogon,
    trust: m.trust,
    ...(random && { queryId: Math.floor(random() * 65536) }),
  };
}
