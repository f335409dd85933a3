import { createHash } from "node:crypto";
import { LIMITS } from "../../../protocol/limits.ts";
import { Hex32 } from "../../../protocol/primitives.ts";
import type { HttpStep, TlsStep } from "../../../protocol/records/web.ts";
import { CERTIFICATE_FAILURES, readFailure } from "./failure-names.ts";
import { connectionOf, type TcpIn, type TlsIn } from "./read-connections.ts";
import type { Request } from "./report.ts";
import { bounded, milliseconds, readBytes, readSpan, titleOf } from "./values.ts";

/** Headers worth keeping: who answered, from where, how fresh, and by whose order. Never cookies. */
const KEPT_HEADERS: ReadonlySet<string> = new Set(
  "age cache-control cf-mitigated cf-ray content-language content-length content-type date last-modified link location retry-after server via x-cache x-powered-by x-squid-error".split(
    " ",
  ),
);

type Parts = { tcp: TcpIn[]; tls: TlsIn[]; nextId: () => number };

/**
 * HTTP steps, oldest first. Reports before transactions tell failures of a lower layer once more as failures of the
 * request: those are left out. They often lack the handshake too: a page over https proves one, and is given it.
 */
export function readRequests(requests: readonly Request[], parts: Parts): HttpStep[] {
  return [...requests]
    .reverse()
    .slice(0, LIMITS.stepsPerKind)
    .flatMap((request) => {
      const url = bounded(request.request?.url, LIMITS.url);
      return url === null || isTold(request, url, parts) ? [] : readRequest(request, url, parts);
    });
}

function readRequest(request: Request, url: string, { tcp, tls, nextId }: Parts): HttpStep[] {
  const told = readFailure(request.failure);
  const transaction = request.transaction_id ?? 0;
  const address = request.address ?? guessedAddress(url, { tcp, tls });
  const under = connectionOf({ transaction, address }, tcp, nextId);
  const secure = url.startsWith("https:");
  const own = request.x_kuager;
  let handshake = tls.findLast(({ step }) => under !== 0 && step.tcp === under && worked(step))?.step.id ?? null;
  if (handshake === null && secure && transaction === 0 && !own && tls.length < LIMITS.stepsPerKind) {
    const step = impliedHandshake(url, under, told, nextId());
    tls.push({ step, transaction: 0, endpoint: address });
    if (told.failure !== null) return [];
    handshake = step.id;
  }
  const clear = own?.clear ?? !secure;
  return [
    { id: nextId(), tcp: under, tls: clear ? null : handshake, url, ...told, ...readSpan(request), ...pageOf(request) },
  ];
}

function pageOf({ response, failure, x_kuager: own }: Request) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response?.headers ?? {})) {
    const key = name.toLowerCase();
    if (KEPT_HEADERS.has(key))
      headers[key] = String(readBytes(asBytes(value)))
        .slice(0, LIMITS.headerValue)
        .toWellFormed();
  }
  const body = readBytes(response?.body);
  const code = response?.code ?? 0;
  const ownHash = Hex32.safeParse(own?.body_sha256);
  return {
    ttfbMs: own?.ttfb_ms === null || own?.ttfb_ms === undefined ? null : milliseconds(own.ttfb_ms / 1000),
    status: Number.isInteger(code) && code >= 100 && code <= 999 ? code : null,
    headers,
    location: bounded(headers.location, LIMITS.url),
    bodyBytes: own?.body_bytes ? Math.max(0, Math.round(own.body_bytes)) : body.length,
    bodySha256: ownHash.success ? ownHash.data : failure || body.length === 0 ? null : sha256(body),
    truncated: response?.body_is_truncated ?? false,
    title: own ? bounded(own.title, LIMITS.title) : titleOf(body.toString("utf8")),
    ...(own?.purpose ? { purpose: own.purpose } : {}),
    ...(own?.block_page ? { blockPage: own.block_page.slice(0, LIMITS.blockPageBytes).toWellFormed() } : {}),
  };
}

/** Whether a report without transactions tells here what a step below has told: same failure, nothing answered. */
function isTold(request: Request, url: string, { tcp, tls }: Parts): boolean {
  if (!request.failure || request.transaction_id || request.x_kuager) return false;
  const { failure } = readFailure(request.failure);
  // Names are resolved before a request: the queries tell it, and better.
  if (failure?.startsWith("dns_")) return true;
  const below = [...tcp, ...tls].map(({ step }) => ("untrusted" in step ? step.untrusted : step.failure));
  const reached = url.startsWith("https:")
    ? tls.some(({ step }) => worked(step))
    : tcp.some(({ step }) => step.failure === null);
  return !reached && below.some((other) => other === failure);
}

/** The connection of a request that names none: the first that worked on the port of its URL. */
function guessedAddress(url: string, { tcp, tls }: Pick<Parts, "tcp" | "tls">): string | null {
  const secure = url.startsWith("https:");
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const port = Number(parsed?.port || (secure ? 443 : 80));
  const open = tcp.filter(({ step }) => step.failure === null && step.port === port);
  const shaken = open.find(({ step }) => tls.some((other) => other.step.tcp === step.id && worked(other.step)));
  const { step } = (secure ? shaken : undefined) ?? open[0] ?? { step: null };
  return step === null ? null : step.ip.includes(":") ? `[${step.ip}]:${step.port}` : `${step.ip}:${step.port}`;
}

type Told = ReturnType<typeof readFailure>;

function impliedHandshake(url: string, under: number, told: Told, id: number): TlsStep {
  const ofCertificate = told.failure !== null && CERTIFICATE_FAILURES.has(told.failure);
  const fine = told.failure === null;
  return {
    ...{
      id,
      tcp: under,
      startMs: 0,
      durationMs: 0,
      purpose: "target",
      version: null,
      alpn: null,
      chain: [],
      leaf: null,
    },
    sni: URL.canParse(url) ? new URL(url).hostname.slice(0, LIMITS.name) : null,
    failure: fine || ofCertificate ? null : told.failure,
    raw: fine ? "a page came over https" : "told by the request; the handshake was not recorded",
    trusted: fine ? true : ofCertificate ? false : null,
    ...(ofCertificate && told.failure !== null ? { untrusted: told.failure } : {}),
    answered: fine || ofCertificate,
  };
}

function worked({ failure }: TlsStep): boolean {
  return failure === null;
}

function asBytes(value: unknown): string {
  return Array.isArray(value) ? String(value[0] ?? "") : typeof value === "string" ? value : "";
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
