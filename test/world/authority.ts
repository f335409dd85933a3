import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import { loadX509 } from "./load-x509.ts";

/** A certificate and its key as PEM, ready for `tls.createServer`. `cert` holds the leaf, then its issuers. */
export type Credentials = { cert: string; key: string };

/** What a certificate is made for; by default one that is valid now for `names`. */
export type Order = {
  /** DNS names and IP addresses. The first is the subject's common name. */
  names: readonly string[];
  notBefore?: Date;
  notAfter?: Date;
};

/** A certificate authority of a test's own. */
export type Authority = {
  /** The root certificate, to be trusted or not. */
  ca: string;
  issue: (order: Order) => Promise<Credentials>;
};

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 24 * 3600 * 1000;

/** Makes an authority named `name` (an X.500 name), with a fresh key. */
export async function createAuthority(name = "CN=Kuager Test CA"): Promise<Authority> {
  const x509 = await loadX509();
  const keys = await makeKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name,
    notBefore: new Date(Date.now() - 365 * DAY_MS),
    notAfter: new Date(Date.now() + 365 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const issue = async (order: Order): Promise<Credentials> => {
    const leafKeys = await makeKeys();
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: `CN=${order.names[0] ?? "nobody"}`,
      issuer: root.subject,
      ...validity(order),
      signingAlgorithm: ALGORITHM,
      publicKey: leafKeys.publicKey,
      signingKey: keys.privateKey,
      extensions: [alternativeNames(x509, order.names)],
    });
    return { cert: `${leaf.toString("pem")}\n${root.toString("pem")}\n`, key: await keyPem(leafKeys.privateKey) };
  };
  return { ca: root.toString("pem"), issue };
}

/** A certificate that vouches for itself. */
export async function selfSigned(order: Order): Promise<Credentials> {
  const x509 = await loadX509();
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${order.names[0] ?? "nobody"}`,
    ...validity(order),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [alternativeNames(x509, order.names)],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: await keyPem(keys.privateKey) };
}

/** An authority whose root reads like the state interception root of 2020: "Information Security Certification Authority". */
export function createInterceptionAuthority(): Promise<Authority> {
  return createAuthority("CN=Information Security Certification Authority, O=ISCA, C=KZ");
}

/** Dates of a certificate that ended yesterday. */
export function expired(): Pick<Order, "notBefore" | "notAfter"> {
  return { notBefore: new Date(Date.now() - 90 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) };
}

/** Dates of a certificate that begins in ten days, as a host sees it whose clock is slow. */
export function notYetValid(): Pick<Order, "notBefore" | "notAfter"> {
  return { notBefore: new Date(Date.now() + 10 * DAY_MS), notAfter: new Date(Date.now() + 90 * DAY_MS) };
}

function validity(order: Order): { notBefore: Date; notAfter: Date } {
  const { notBefore = new Date(Date.now() - DAY_MS), notAfter = new Date(Date.now() + 30 * DAY_MS) } = order;
  return { notBefore, notAfter };
}

function alternativeNames(x509: Awaited<ReturnType<typeof loadX509>>, names: readonly string[]) {
  return new x509.SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIP(value) ? ("ip" as const) : ("dns" as const), value })),
  );
}

function makeKeys() {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, "$&\n").trim()}\n-----END PRIVATE KEY-----\n`;
}

/** Eight random bytes; the first bit stays clear, serial numbers are positive. */
function serial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(8));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString("hex");
}
