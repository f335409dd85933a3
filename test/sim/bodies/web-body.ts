import { createHash } from "node:crypto";
import type { Failure } from "../../../protocol/failure.ts";
import type { DnsStep, HttpStep, TcpStep, TlsStep, WebBody } from "../../../protocol/records/web.ts";

/**
 * What a measurement looks like on the wire: each is written step by step as `kuager probe measure --json` printed it
 * against the servers of test/world for the same treatment, with addresses, times and names of their own.
 */
export type Sight =
  | "ok"
  | "offline"
  | "dns-timeout"
  | "dns-nx"
  | "no-name"
  | "dns-lie"
  | "tcp-timeout"
  | "tls-timeout"
  | "tls-drop"
  | "tls-reset"
  | "mitm"
  | "http-timeout"
  | "server-error";

/** A site as its visitors see it. `host` is that of its URL. */
export type SiteFace = { target: string; host: string; url: string; ip: string; otherIp: string };

const CONTROL_NAME = "www.wikipedia.org";
const FORGED_IP = "198.51.100.66";
/** Deadlines of the steps (probe/measure/deadlines.ts). */
const TIMEOUT_MS = { dns: 4000, tcp: 10_000, tls: 10_000, http: 10_000 };

type Draft = Pick<WebBody, "dns" | "tcp" | "tls" | "http"> & { id: number; ms: number; face: SiteFace; pace: number };

/** The body of one sight of a site. `followUps`: whether the probe looked into the anomaly; `pace` stretches times. */
export function webBody(sight: Sight, face: SiteFace, followUps: boolean, pace: number): WebBody {
  const draft: Draft = { dns: [], tcp: [], tls: [], http: [], id: 0, ms: 0.2, face, pace };
  act(draft, sight, followUps);
  const { dns, tcp, tls, http } = draft;
  const { target, url } = face;
  const round = "00000000-0000-4000-8000-000000000000";
  return { target, url, round, durationMs: tenths(draft.ms), dns, tcp, tls, http, ...localOf(sight) };
}

function act(draft: Draft, sight: Sight, followUps: boolean): void {
  switch (sight) {
    case "offline":
    case "dns-timeout":
      resolve(draft, { system: "timeout", others: "timeout" });
      break;
    case "dns-nx":
      resolve(draft, { system: "nx", others: "good" });
      fetchPage(draft, draft.face.ip);
      break;
    case "no-name":
      resolve(draft, { system: "nx", others: "nx" });
      break;
    case "dns-lie":
      resolve(draft, { system: "forged", others: "good" });
      connect(draft, FORGED_IP, "generic_timeout_error");
      fetchPage(draft, draft.face.ip);
      break;
    case "tcp-timeout":
      resolve(draft, { system: "good", others: "good" });
      connect(draft, draft.face.ip, "generic_timeout_error");
      break;
    case "tls-timeout":
      interrupted(draft, "generic_timeout_error", followUps ? "silent" : "none");
      break;
    case "tls-drop":
      interrupted(draft, "generic_timeout_error", followUps ? "answered" : "none");
      break;
    case "tls-reset":
      interrupted(draft, "connection_reset", followUps ? "answered" : "none");
      break;
    case "mitm":
      intercepted(draft);
      break;
    case "ok":
    case "http-timeout":
    case "server-error":
      resolve(draft, { system: "good", others: "good" });
      fetchPage(draft, draft.face.ip, sight);
  }
}

type Word = "good" | "timeout" | "nx" | "forged";

function resolve(draft: Draft, words: { system: Word; others: Word }): void {
  const { host } = draft.face;
  const asked = [
    { resolver: "system", server: "192.168.1.1:53", transport: "udp", word: words.system },
    { resolver: "udp:8.8.8.8", server: "8.8.8.8:53", transport: "udp", word: words.others },
    {
      resolver: "doh:cloudflare-dns.com",
      server: "https://cloudflare-dns.com/dns-query",
      transport: "https",
      word: words.others,
    },
  ] as const;
  const started = draft.ms;
  let longest = 0;
  for (const { resolver, server, transport, word } of asked)
    for (const type of ["A", "AAAA"] as const) {
      const durationMs = word === "timeout" ? TIMEOUT_MS.dns : tenths(18 * draft.pace);
      longest = Math.max(longest, durationMs);
      const step = {
        id: ++draft.id,
        resolver,
        server,
        transport,
        name: host,
        type,
        startMs: tenths(started),
        durationMs,
      };
      draft.dns.push({ ...step, ...answerOf(word, type, draft.face), late: [] });
    }
  draft.ms += longest;
}

function answerOf(word: Word, type: "A" | "AAAA", face: SiteFace): Pick<DnsStep, "failure" | "rcode" | "answers"> {
  if (word === "timeout") return { failure: "generic_timeout_error", rcode: null, answers: [] };
  if (word === "nx") return { failure: "dns_nxdomain_error", rcode: "NXDOMAIN", answers: [] };
  if (type === "AAAA") return { failure: "dns_no_answer", rcode: "NOERROR", answers: [] };
  return { failure: null, rcode: "NOERROR", answers: [{ type, data: word === "good" ? face.ip : FORGED_IP, ttl: 60 }] };
}

function connect(draft: Draft, ip: string, failure: Failure | null, purpose?: TcpStep["purpose"]): number {
  const durationMs = failure === null ? tenths(60 * draft.pace) : TIMEOUT_MS.tcp;
  const step = { id: ++draft.id, ip, port: 443, startMs: tenths(draft.ms), durationMs, failure };
  draft.tcp.push(purpose === undefined ? step : { ...step, purpose });
  draft.ms += durationMs;
  return draft.id;
}

type Shake = Pick<TlsStep, "sni" | "purpose"> & Partial<TlsStep>;

function shake(draft: Draft, tcp: number, more: Shake): number {
  const failure = more.failure ?? null;
  const durationMs = failure === "generic_timeout_error" ? TIMEOUT_MS.tls : tenths(90 * draft.pace);
  const base = { id: ++draft.id, tcp, startMs: tenths(draft.ms), durationMs, failure };
  const seen = failure === null ? certificateOf(draft.face.host) : NO_CERTIFICATE;
  draft.tls.push({ ...base, ...seen, ...more });
  draft.ms += durationMs;
  return draft.id;
}

const NO_CERTIFICATE = { version: null, alpn: null, chain: [], leaf: null, trusted: null, answered: false };

function certificateOf(name: string) {
  const leaf = {
    subject: `CN=${name}`,
    issuer: "C=US, O=Let's Encrypt, CN=R11",
    sans: [name],
    notBefore: "2019-01-01T00:00:00.000Z",
    notAfter: "2029-01-01T00:00:00.000Z",
  };
  const chain = [sha256(`leaf of ${name}`), sha256("R11")];
  return { version: "TLSv1.3", alpn: "http/1.1", chain, leaf, trusted: true, answered: true };
}

function fetchPage(draft: Draft, ip: string, sight: Sight = "ok"): void {
  const tcp = connect(draft, ip, null);
  const tls = shake(draft, tcp, { sni: draft.face.host, purpose: "target" });
  draft.http.push(pageOf(draft, tcp, tls, sight));
  draft.ms += draft.http.at(-1)?.durationMs ?? 0;
}

function pageOf(draft: Draft, tcp: number, tls: number, sight: Sight): HttpStep {
  const { target, url } = draft.face;
  const base = { id: ++draft.id, tcp, tls, url, startMs: tenths(draft.ms), location: null, truncated: false };
  if (sight === "http-timeout")
    return {
      ...base,
      durationMs: TIMEOUT_MS.http,
      failure: "generic_timeout_error",
      ttfbMs: null,
      status: null,
      headers: {},
      bodyBytes: 0,
      bodySha256: null,
      title: null,
    };
  const error = sight === "server-error";
  return {
    ...base,
    durationMs: tenths(300 * draft.pace),
    failure: null,
    ttfbMs: tenths(210 * draft.pace),
    status: error ? 503 : 200,
    headers: { "content-type": "text/html; charset=utf-8", server: "nginx" },
    bodyBytes: error ? 190 : 18_342,
    bodySha256: sha256(`${target} ${error}`),
    title: error ? "503 Service Temporarily Unavailable" : target,
  };
}

function interrupted(draft: Draft, failure: Failure, followUps: "answered" | "silent" | "none"): void {
  const { host, ip, otherIp } = draft.face;
  resolve(draft, { system: "good", others: "good" });
  shake(draft, connect(draft, ip, null), { sni: host, purpose: "target", failure });
  if (followUps === "none") return;
  const silent = { failure: "generic_timeout_error" as const };
  const answered = followUps === "answered";
  const other = { trusted: false, untrusted: "ssl_invalid_hostname" as const };
  shake(draft, connect(draft, ip, null, "no-sni"), { sni: null, purpose: "no-sni", ...(answered ? {} : silent) });
  shake(draft, connect(draft, ip, null, "sni-control"), {
    sni: CONTROL_NAME,
    purpose: "sni-control",
    ...(answered ? other : silent),
  });
  const split = { sni: host, purpose: "split-hello" } as const;
  shake(draft, connect(draft, ip, null, "split-hello"), {
    ...split,
    failure: answered ? failure : "generic_timeout_error",
  });
  shake(draft, connect(draft, otherIp, null, "alt-address"), { sni: host, purpose: "alt-address", failure });
}

/** The Qaznet root of 2019 (targets/data/interception.ndjson). */
function intercepted(draft: Draft): void {
  const { host, ip } = draft.face;
  resolve(draft, { system: "good", others: "good" });
  const leaf = { ...certificateOf(host).leaf, issuer: "C=KZ, CN=Qaznet Trust Network" };
  const forged = { chain: [sha256(`forged ${host}`), sha256("Qaznet")], leaf, answered: true, version: "TLSv1.2" };
  const tcp = connect(draft, ip, null);
  const untrusted = { trusted: false, untrusted: "ssl_unknown_authority" as const };
  const tls = shake(draft, tcp, { sni: host, purpose: "target", ...forged, ...untrusted });
  draft.http.push(pageOf(draft, tcp, tls, "ok"));
  draft.ms += draft.http.at(-1)?.durationMs ?? 0;
}

function localOf(sight: Sight): Pick<WebBody, "local"> {
  if (sight !== "offline") return {};
  return {
    local: [
      { kind: "resolver_dead", says: "The resolver this host is set to use is silent for an innocent name as well." },
    ],
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
