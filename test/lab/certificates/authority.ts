import type { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import { installReflectMetadata } from "./reflect-metadata.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;

/** A certificate with its private key, both PEM. */
export type Credential = { certificate: string; key: string };

/** From when to when a certificate holds. */
export type Validity = { notBefore: Date; notAfter: Date };

/** A certificate authority of the lab's own. */
export type Authority = {
  /** Its certificate, PEM: what probes are told to trust besides the public roots. */
  root: string;
  /** A server certificate for names or addresses; the first is its subject. Valid as the authority is, if not told otherwise. */
  issue: (names: readonly [string, ...string[]], validity?: Validity) => Promise<Credential>;
};

/** Makes a new authority, valid from yesterday (clocks differ) for a week. */
export async function createAuthority(name: string): Promise<Authority> {
  installReflectMetadata();
  const x509 = await import("@peculiar/x509");
  const validity: Validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 7 * DAY_MS) };
  const keys = await newKeys();
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, SubjectAlternativeNameExtension } = x509;
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: "01",
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
  });
  let serial = 1;
  const issue: Authority["issue"] = async (names, dates = validity) => {
    const own = await newKeys();
    serial += 1;
    const leaf = await x509.X509CertificateGenerator.create({
      ...dates,
      serialNumber: serial.toString(16).padStart(4, "0"),
      subject: `CN=${names[0]}`,
      issuer: root.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? "ip" : "dns", value }))),
      ],
    });
    const secret = await crypto.subtle.exportKey("pkcs8", own.privateKey);
    return { certificate: leaf.toString("pem"), key: x509.PemConverter.encode(secret, "PRIVATE KEY") };
  };
  return { root: root.toString("pem"), issue };
}

/** A certificate that vouches for itself, as many boxes on the way show. */
export async function selfSigned(names: readonly [string, ...string[]]): Promise<Credential> {
  installReflectMetadata();
  const x509 = await import("@peculiar/x509");
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 7 * DAY_MS),
    serialNumber: "01",
    name: `CN=${names[0]}`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value })))],
  });
  const secret = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { certificate: certificate.toString("pem"), key: x509.PemConverter.encode(secret, "PRIVATE KEY") };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}
