import { type Knowledge, knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Failure } from "../../../protocol/failure.ts";
import type { Entry, EntryDraft } from "../../../protocol/records/entry.ts";
import type { LinkBody, LinkState } from "../../../protocol/records/link.ts";
import type { DnsStep, HttpStep, TcpStep, TlsStep, WebBody } from "../../../protocol/records/web.ts";

/** Times of tests count from here: a Wednesday at 10:00 UTC. */
export const T0 = Date.parse("2022-01-05T10:00:00.000Z");
export const REAL_IP = "203.0.113.7";
export const FORGED_IP = "198.51.100.66";
const ROUND = "00000000-0000-4000-8000-000000000000";
const LEAF = "a".repeat(64);
const OTHER_LEAF = "b".repeat(64);

/** Knowledge of a few targets, one of them hosted inside, a block page and an interception root. */
export const KNOWLEDGE: Knowledge = knowledgeFrom({
  targets: [
    { id: "orda.kz", url: "https://orda.kz/", hostedIn: "DE" },
    { id: "hola.kz", url: "https://hola.kz/", hostedIn: "KZ" },
  ],
  interception: [
    {
      name: "Test Authority",
      sha256: "c".repeat(64),
      sha1: null,
      issuerPattern: "O\\s*=\\s*ISCA",
      from: null,
      to: null,
      source: "test",
    },
    {
      name: "Intermediate on record by SHA-1",
      sha256: null,
      sha1: "c".repeat(40),
      issuerPattern: null,
      from: null,
      to: null,
      source: "test",
    },
  ],
  blockPages: [
    {
      id: "ministry",
      country: "KZ",
      match: { status: null, title: "Access restricted", bodyContains: null, headerContains: null },
      authority: "Ministry",
      basis: "seen",
      source: "test",
    },
    {
      id: "filter",
      country: "KZ",
      match: { status: 403, title: null, bodyContains: null, headerContains: "server: filter" },
      authority: null,
      source: "test",
    },
    {
      id: "generic",
      country: "KZ",
      match: { status: null, title: null, bodyContains: "by decision of", headerContains: null },
      authority: null,
      basis: "generic",
      source: "test",
    },
    {
      id: "says nothing",
      country: "KZ",
      match: { status: 200, title: null, bodyContains: null, headerContains: null },
      authority: null,
      source: "test",
    },
  ],
});

type Draft = {
  url?: string;
  dns?: Partial<DnsStep>[];
  tcp?: { ip?: string; port?: number; failure?: Failure | null; id?: number; purpose?: TcpStep["purpose"] }[];
  tls?: Partial<TlsStep>[];
  http?: Partial<HttpStep>[];
  local?: WebBody["local"];
  durationMs?: number;
};

/** A web body from the parts that matter; ids count through all arrays in their order unless given. */
export function web(draft: Draft = {}): WebBody {
  const url = draft.url ?? "https://orda.kz/";
  const target = new URL(url).hostname;
  let id = 0;
  const base = () => ({ id: ++id, startMs: id * 10, durationMs: 10, failure: null });
  const dns = (draft.dns ?? []).map(
    (step): DnsStep => ({
      ...base(),
      resolver: "system",
      server: "192.0.2.53:53",
      transport: "udp",
      name: target,
      type: "A",
      rcode: "NOERROR",
      answers: [],
      late: [],
      ...step,
    }),
  );
  const tcp = (draft.tcp ?? []).map((step) => ({ ...base(), ip: REAL_IP, port: 443, ...step }));
  const tls = (draft.tls ?? []).map(
    (step): TlsStep => ({
      ...base(),
      tcp: tcp[0]?.id ?? 0,
      sni: target,
      purpose: "target",
      version: null,
      alpn: null,
      chain: [],
      leaf: null,
      trusted: null,
      answered: step.failure == null,
      ...step,
    }),
  );
  const http = (draft.http ?? []).map(
    (step): HttpStep => ({
      ...base(),
      tcp: tcp[0]?.id ?? 0,
      tls: tls[0]?.id ?? null,
      url,
      ttfbMs: 5,
      status: 200,
      headers: {},
      location: null,
      bodyBytes: 1000,
      bodySha256: null,
      truncated: false,
      title: "Orda",
      ...step,
    }),
  );
  return {
    target,
    url,
    round: ROUND,
    durationMs: draft.durationMs ?? 200,
    dns,
    tcp,
    tls,
    http,
    ...(draft.local === undefined ? {} : { local: draft.local }),
  };
}

/** An answer of DNS with these addresses. */
export function answer(...ips: string[]): Pick<DnsStep, "answers"> {
  return { answers: ips.map((data) => ({ type: data.includes(":") ? "AAAA" : "A", data, ttl: 60 })) };
}

/** A handshake with a certificate that holds, or with one that does not. */
export const TRUSTED: Partial<TlsStep> = { version: "TLSv1.3", chain: [LEAF], trusted: true };
export const UNTRUSTED: Partial<TlsStep> = {
  version: "TLSv1.3",
  chain: [OTHER_LEAF],
  trusted: false,
  untrusted: "ssl_unknown_authority",
  leaf: { subject: "CN=orda.kz", issuer: "CN=Somebody", sans: ["orda.kz"], notBefore: "", notAfter: "" },
};
const SILENT: Partial<TlsStep> = { failure: "generic_timeout_error", answered: false, durationMs: 300 };

export const okPage = (url = "https://orda.kz/") =>
  web({ url, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{}] });
export const tlsDrop = (url = "https://orda.kz/") =>
  web({
    url,
    dns: [answer(REAL_IP)],
    tcp: [{}, {}],
    tls: [SILENT, { tcp: 3, sni: "example.org", purpose: "sni-control", chain: [OTHER_LEAF], trusted: false }],
    durationMs: 500,
  });
export const tlsDropUnproved = (url = "https://orda.kz/") =>
  web({ url, dns: [answer(REAL_IP)], tcp: [{}], tls: [SILENT], durationMs: 500 });
export const tcpTimeout = (url = "https://orda.kz/") =>
  web({ url, dns: [answer(REAL_IP)], tcp: [{ failure: "generic_timeout_error" }], durationMs: 400 });
export const dnsLie = (url = "https://orda.kz/") =>
  web({
    url,
    dns: [answer(FORGED_IP), { resolver: "doh:dns.example", transport: "https", ...answer(REAL_IP) }],
    tcp: [{ ip: FORGED_IP, failure: "generic_timeout_error" }, { ip: REAL_IP }],
    tls: [{ tcp: 4, ...TRUSTED }],
    http: [{ tcp: 4 }],
  });
export const deadLine = (url = "https://orda.kz/") =>
  web({ url, dns: [{ failure: "generic_timeout_error", rcode: null }], durationMs: 300 });

/** A probe with an id made of one letter. */
export function probeOf(letter: string, info: Partial<ProbeInfo> = {}): ProbeInfo {
  const id = letter.charCodeAt(0).toString(16).padStart(2, "0").repeat(16);
  return {
    id,
    role: "witness",
    asn: 9198,
    region: "KZ-75",
    access: "fixed",
    from: new Date(T0 - 86_400_000).toISOString(),
    to: null,
    ...info,
  };
}

/** A link entry's body. */
export function link(state: LinkState, since: number, more: Partial<LinkBody> = {}): LinkBody {
  const ok = state === "international";
  const check = (good: boolean) => ({
    ok: good,
    ms: good ? 5 : null,
    failure: good ? null : ("generic_timeout_error" as const),
  });
  return {
    state,
    since: new Date(since).toISOString(),
    medium: "ethernet",
    vpn: false,
    portal: false,
    checks: {
      gateway: check(state !== "none"),
      resolver: check(ok || state === "isp" || state === "domestic"),
      domestic: [
        { id: "egov.kz", ...check(ok || state === "domestic") },
        { id: "kaspi.kz", ...check(ok || state === "domestic") },
      ],
      whitelist: [],
      foreign: [
        { id: "cloudflare", ...check(ok) },
        { id: "google", ...check(ok) },
      ],
    },
    ports: {},
    collector: [],
    ...more,
  };
}

/** A journal of one probe: each entry gets the next seq. Chains are not checked by analysis. */
export function journalOf(probe: ProbeInfo) {
  let seq = 0;
  return (at: number, draft: EntryDraft, more: Partial<Pick<Entry, "boot" | "clock" | "mono">> = {}): Entry =>
    // Soundly one of the union's members: kind and body come from one draft.
    ({
      v: 1,
      probe: probe.id,
      seq: ++seq,
      prev: "0".repeat(64),
      boot: "boot-1",
      mono: Math.max(0, at - T0 + 3_600_000),
      at: new Date(at).toISOString(),
      clock: { offsetMs: 0, source: "collector" },
      ...draft,
      ...more,
    }) as Entry;
}
