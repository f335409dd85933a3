import type { DnsStep, HttpStep, TcpStep, TlsStep, WebBody } from "../../../protocol/records/web.ts";
import { hostOf, plainName, urlParts } from "./urls.ts";

/** What was tried at one address and port of the first host. Steps are in the order they happened. */
export type Path = { ip: string; port: number; tcp: TcpStep[]; tls: TlsStep[]; http: HttpStep[] };
/** A handshake made after an anomaly to tell its cause, with the address it went to. */
export type Followup = { step: TlsStep; ip: string | null };
/** The same for a request in clear. */
export type ClearFollowup = { step: HttpStep; ip: string | null };

/** One measurement sorted by whose steps they are: the first host decides, later hops of redirects are only told. */
export type Facts = {
  host: string;
  secure: boolean;
  dns: DnsStep[];
  paths: Path[];
  followups: Followup[];
  clearFollowups: ClearFollowup[];
  /** Steps for other hosts: hops after a redirect. */
  later: { dns: DnsStep[]; tls: TlsStep[]; http: HttpStep[] };
  body: WebBody;
};

type Index = { tcp: Map<number, TcpStep>; tls: Map<number, TlsStep> };

/**
 * Sorts the steps of a measurement by host and address. A connection without a handshake or request belongs to the
 * first host unless its address was only answered for another name. Never fails: dangling ids are left out.
 */
export function readFacts(body: WebBody): Facts {
  const url = urlParts(body.url);
  const host = url?.host ?? plainName(body.target);
  const index: Index = { tcp: byId(body.tcp), tls: byId(body.tls) };
  const mine = (name: string | null) => name !== null && plainName(name) === host;
  const tls = body.tls.filter((step) => step.purpose === "target" && (step.sni === null || mine(step.sni)));
  const http = body.http.filter((step) => step.purpose === undefined && mine(hostOf(step.url)));
  return {
    host,
    secure: url?.secure ?? true,
    dns: body.dns.filter((step) => mine(step.name)),
    paths: pathsOf(body, index, host, tls, http),
    followups: body.tls
      .filter((step) => step.purpose !== "target")
      .map((step) => ({ step, ip: index.tcp.get(step.tcp)?.ip ?? null })),
    clearFollowups: body.http
      .filter((step) => step.purpose !== undefined && step.tls === null)
      .map((step) => ({ step, ip: index.tcp.get(step.tcp)?.ip ?? null })),
    later: {
      dns: body.dns.filter((step) => !mine(step.name)),
      tls: body.tls.filter((step) => step.purpose === "target" && step.sni !== null && !mine(step.sni)),
      http: body.http.filter((step) => step.purpose === undefined && !http.includes(step)),
    },
    body,
  };
}

/** Addresses in an answer, without the names of CNAME chains. */
export function addressesIn(answers: DnsStep["answers"]): string[] {
  return answers.filter(({ type }) => type === "A" || type === "AAAA").map(({ data }) => data.toLowerCase());
}

/** Whether a handshake brought a certificate for the name that the public roots vouch for. */
export function isTrusted(step: TlsStep): boolean {
  return step.failure === null && step.trusted === true;
}

/** The handshake under a request; null for a request in clear or a dangling id. */
export function tlsUnder(facts: Facts, step: HttpStep): TlsStep | null {
  return facts.body.tls.find(({ id }) => id === step.tls) ?? null;
}

function pathsOf(body: WebBody, index: Index, host: string, tls: TlsStep[], http: HttpStep[]): Path[] {
  const owned = new Set([...tls, ...http].map((step) => step.tcp));
  const referenced = new Set([...body.tls, ...body.http].map((step) => step.tcp));
  const ports = new Set([portOf(body.url), ...http.map((step) => portOf(step.url))]);
  for (const step of tls) ports.add(index.tcp.get(step.tcp)?.port ?? null);
  const foreign = foreignAddresses(body, host);
  const paths = new Map<string, Path>();
  for (const step of body.tcp) {
    if (step.purpose !== undefined) continue;
    const unclaimed = !referenced.has(step.id) && ports.has(step.port) && !foreign.has(step.ip.toLowerCase());
    if (!owned.has(step.id) && !unclaimed) continue;
    const key = `${step.ip} ${step.port}`;
    const path = paths.get(key) ?? { ip: step.ip.toLowerCase(), port: step.port, tcp: [], tls: [], http: [] };
    path.tcp.push(step);
    path.tls.push(...tls.filter(({ tcp }) => tcp === step.id));
    path.http.push(...http.filter(({ tcp }) => tcp === step.id));
    paths.set(key, path);
  }
  return [...paths.values()];
}

/** Addresses answered for other names and never for the host. */
function foreignAddresses(body: WebBody, host: string): Set<string> {
  const own = new Set<string>();
  const other = new Set<string>();
  for (const step of body.dns) {
    const into = plainName(step.name) === host ? own : other;
    for (const ip of addressesIn(step.answers)) into.add(ip);
  }
  return new Set([...other].filter((ip) => !own.has(ip)));
}

function portOf(url: string): number | null {
  return urlParts(url)?.port ?? null;
}

function byId<S extends { id: number }>(steps: readonly S[]): Map<number, S> {
  return new Map(steps.map((step) => [step.id, step]));
}
