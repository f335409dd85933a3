import { isIP } from "node:net";
import { LIMITS } from "../../../protocol/limits.ts";
import type { DnsStep, HttpStep, TcpStep, TlsStep, WebBody } from "../../../protocol/records/web.ts";
import { CERTIFICATE_FAILURES, readFailure } from "./failure-names.ts";
import type { Helper } from "./report.ts";
import { bounded, readEndpoint } from "./values.ts";

const NO_TIME = { startMs: 0, durationMs: 0 };

/** What the test helper saw, as a control's measurement of the same URL. It tells no times. */
export function readHelper(helper: Helper, about: Pick<WebBody, "target" | "url" | "round">): WebBody {
  let last = 0;
  const nextId = () => ++last;
  const host = URL.canParse(about.url) ? new URL(about.url).hostname.replace(/^\[|\]$/g, "") : about.target;
  const dns = readDns(helper, host, nextId);
  const tcp = readTcp(helper, nextId);
  const tls = readTls(helper, { tcp, host, nextId });
  const http = readHttp(helper, { ...about, host, tcp, tls, dns, nextId });
  return { ...about, durationMs: 0, dns, tcp, tls, http };
}

function readDns({ dns }: Helper, host: string, nextId: () => number): DnsStep[] {
  if (!dns) return [];
  const told = readFailure(dns.failure);
  const ips = (dns.addrs ?? []).filter((address) => isIP(address) !== 0).slice(0, LIMITS.stepsPerKind);
  // The helper has no word for a name without addresses.
  const failure = told.failure === null && ips.length === 0 ? ({ failure: "dns_no_answer" } as const) : told;
  const answers = ips.map((data) => ({ type: isIP(data) === 6 ? "AAAA" : "A", data, ttl: null }));
  return [
    {
      ...{
        id: nextId(),
        ...NO_TIME,
        ...failure,
        resolver: "os",
        server: null,
        transport: "os",
        name: host.slice(0, 253),
      },
      ...{ type: "A", rcode: null, answers, late: [] },
    },
  ];
}

function readTcp({ tcp_connect: connects }: Helper, nextId: () => number): TcpStep[] {
  return Object.entries(connects ?? {})
    .slice(0, LIMITS.stepsPerKind)
    .flatMap(([address, { status, failure }]) => {
      const endpoint = readEndpoint(address);
      const told = readFailure(failure ?? (status === false ? "unknown_error" : null));
      return endpoint === null ? [] : [{ id: nextId(), ...NO_TIME, ...told, ...endpoint }];
    });
}

type Below = { tcp: TcpStep[]; host: string; nextId: () => number };

function readTls({ tls_handshake: handshakes }: Helper, { tcp, host, nextId }: Below): TlsStep[] {
  return Object.entries(handshakes ?? {})
    .slice(0, LIMITS.stepsPerKind)
    .flatMap(([address, { status, failure, server_name }]) => {
      const endpoint = readEndpoint(address);
      const under = tcp.find(({ ip, port }) => ip === endpoint?.ip && port === endpoint.port);
      if (under === undefined) return [];
      const told = readFailure(failure ?? (status === false ? "unknown_error" : null));
      return [handshake({ id: nextId(), tcp: under.id, sni: bounded(server_name, LIMITS.name) ?? host, told })];
    });
}

type Handshake = { id: number; tcp: number; sni: string; told: ReturnType<typeof readFailure> };

function handshake({ id, tcp, sni, told }: Handshake): TlsStep {
  const ofCertificate = told.failure !== null && CERTIFICATE_FAILURES.has(told.failure);
  const fine = told.failure === null;
  return {
    ...{ id, tcp, ...NO_TIME, sni, purpose: "target", version: null, alpn: null, chain: [], leaf: null },
    ...(ofCertificate ? { failure: null } : told),
    trusted: fine ? true : ofCertificate ? false : null,
    ...(ofCertificate && told.failure !== null ? { untrusted: told.failure } : {}),
    answered: fine || ofCertificate || told.failure === "ssl_failed_handshake",
  };
}

type Around = Below & { url: string; tls: TlsStep[]; dns: DnsStep[] };

/**
 * The helper's page. It says not on which address it came: on one that worked; helpers before 2022 told neither
 * connections nor handshakes, which a page proves.
 */
function readHttp({ http_request: page }: Helper, { url, host, tcp, tls, dns, nextId }: Around): HttpStep[] {
  if (!page) return [];
  const told = readFailure(page.failure);
  const secure = url.startsWith("https:");
  const port = Number((URL.canParse(url) && new URL(url).port) || (secure ? 443 : 80));
  const came = told.failure === null;
  const shaken = tls.find(({ failure, trusted }) => failure === null && trusted === true);
  const open = tcp.find((step) => step.port === port && step.failure === null);
  let under = (secure ? shaken?.tcp : undefined) ?? open?.id ?? 0;
  const address = dns[0]?.answers[0]?.data;
  if (came && under === 0 && address !== undefined && tcp.length < LIMITS.stepsPerKind) {
    under = nextId();
    tcp.push({ id: under, ...NO_TIME, failure: null, ip: address, port });
  }
  let over = shaken?.id ?? null;
  if (came && secure && over === null && under !== 0 && tls.length < LIMITS.stepsPerKind) {
    over = nextId();
    tls.push(handshake({ id: over, tcp: under, sni: host.slice(0, LIMITS.name), told }));
  }
  const code = page.status_code ?? 0;
  const location = Object.entries(page.headers ?? {}).find(([name]) => name.toLowerCase() === "location")?.[1];
  return [
    {
      ...{ id: nextId(), tcp: under, tls: secure ? over : null, ...NO_TIME, ...told, url, ttfbMs: null, headers: {} },
      status: came && Number.isInteger(code) && code >= 100 && code <= 999 ? code : null,
      location: typeof location === "string" ? bounded(location, LIMITS.url) : null,
      bodyBytes: Math.max(0, Math.round(page.body_length ?? 0)),
      bodySha256: null,
      truncated: false,
      title: bounded(page.title, LIMITS.title),
    },
  ];
}
