import { createHash, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { LIMITS } from "../../../protocol/limits.ts";
import type { Leaf, TcpStep, TlsStep } from "../../../protocol/records/web.ts";
import { CERTIFICATE_FAILURES, readFailure } from "./failure-names.ts";
import type { TcpConnect, TlsHandshake } from "./report.ts";
import { bounded, readBytes, readEndpoint, readSpan } from "./values.ts";

/** A TCP step, and the transaction that it belongs to in the report (0: none told). */
export type TcpIn = { step: TcpStep; transaction: number };
export type TlsIn = { step: TlsStep; transaction: number; endpoint: string | null };

export function readTcp(connects: readonly TcpConnect[], nextId: () => number): TcpIn[] {
  return connects
    .filter(({ ip, port }) => isIP(ip ?? "") !== 0 && isPort(port))
    .slice(0, LIMITS.stepsPerKind)
    .map((connect) => ({
      transaction: connect.transaction_id ?? 0,
      step: {
        id: nextId(),
        ...readSpan(connect),
        ...readFailure(connect.status?.failure ?? (connect.status?.success === false ? "unknown_failure" : null)),
        ip: connect.ip ?? "",
        port: connect.port ?? 0,
        ...(connect.x_kuager?.purpose ? { purpose: connect.x_kuager.purpose } : {}),
      },
    }));
}

/**
 * TLS steps. Each stands on the connection of its transaction, or, in reports without transactions, of its address. A
 * handshake proves a connection: where none is told, one is added to `tcp`.
 */
export function readTls(handshakes: readonly TlsHandshake[], tcp: TcpIn[], nextId: () => number): TlsIn[] {
  return handshakes.slice(0, LIMITS.stepsPerKind).map((handshake) => {
    const transaction = handshake.transaction_id ?? 0;
    const under = connectionOf({ transaction, address: handshake.address ?? null }, tcp, nextId);
    return {
      transaction,
      endpoint: handshake.address ?? null,
      step: { id: nextId(), tcp: under, ...readHandshake(handshake) },
    };
  });
}

/** Id of the connection that a later step stands on; 0 when the report does not tell. */
export function connectionOf(
  { transaction, address }: { transaction: number; address: string | null },
  tcp: TcpIn[],
  nextId: () => number,
): number {
  const endpoint = readEndpoint(address);
  const same = tcp.filter(
    (other) =>
      (transaction !== 0 && other.transaction === transaction) ||
      (transaction === 0 && other.step.ip === endpoint?.ip && other.step.port === endpoint.port),
  );
  const found = same.find(({ step }) => step.failure === null) ?? same[0];
  if (found !== undefined) return found.step.id;
  if (endpoint === null || tcp.length >= LIMITS.stepsPerKind) return 0;
  const step: TcpStep = { id: nextId(), startMs: 0, durationMs: 0, failure: null, ...endpoint };
  tcp.push({ step, transaction });
  return step.id;
}

function readHandshake(handshake: TlsHandshake): Omit<TlsStep, "id" | "tcp"> {
  const own = handshake.x_kuager;
  const told = readFailure(handshake.failure);
  const ofCertificate = told.failure !== null && CERTIFICATE_FAILURES.has(told.failure);
  const certificates = (handshake.peer_certificates ?? []).filter((one) => one !== null).slice(0, LIMITS.certificates);
  const ders = certificates.map((one) => (typeof one === "string" ? Buffer.from(one, "base64") : readBytes(one)));
  const worked = told.failure === null || ofCertificate;
  return {
    ...readSpan(handshake),
    ...(ofCertificate ? { failure: null } : told),
    sni: bounded(handshake.server_name, LIMITS.name),
    purpose: own?.purpose ?? "target",
    version: bounded(handshake.tls_version, 16),
    alpn: bounded(handshake.negotiated_protocol, 32),
    chain: own?.chain?.slice(0, LIMITS.certificates) ?? ders.map((der) => hash("sha256", der)),
    ...sha1Of(own?.sha1 ?? (ofCertificate && !own ? ders.map((der) => hash("sha1", der)) : [])),
    leaf: own?.leaf ?? leafOf(ders[0]),
    trusted: own ? (own.trusted ?? null) : worked && handshake.no_tls_verify !== true ? !ofCertificate : null,
    ...(ofCertificate && told.failure !== null ? { untrusted: told.failure, trusted: false } : {}),
    answered: own?.answered ?? (worked || told.failure === "ssl_failed_handshake" || ders.length > 0),
  };
}

function sha1Of(hashes: readonly string[]): Pick<TlsStep, "chainSha1"> {
  return hashes.length > 0 ? { chainSha1: hashes.slice(0, LIMITS.certificates) } : {};
}

function leafOf(der: Buffer | undefined): Leaf | null {
  if (der === undefined) return null;
  try {
    const { subject, issuer, subjectAltName, validFrom, validTo } = new X509Certificate(der);
    const sans = (subjectAltName ?? "").split(", ").map((name) => name.replace(/^[A-Za-z ]+:/, ""));
    return {
      subject: subject.slice(0, LIMITS.text),
      issuer: issuer.slice(0, LIMITS.text),
      sans: sans.filter((name) => name !== "" && name.length <= LIMITS.name).slice(0, LIMITS.sans),
      notBefore: validFrom.slice(0, 40),
      notAfter: validTo.slice(0, 40),
    };
  } catch {
    return null;
  }
}

function hash(by: "sha256" | "sha1", der: Buffer): string {
  return createHash(by).update(der).digest("hex");
}

function isPort(port: number | null | undefined): boolean {
  return Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535;
}
