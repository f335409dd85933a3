import { X509Certificate } from "node:crypto";
import tls from "node:tls";

/** Longer chains than this are nobody's. */
const LONGEST = 8;

/** Whether a chain ends at a trusted root by signatures alone, whatever the time. */
export type ChainCheck = (leaf: X509Certificate) => boolean;

/**
 * Makes the check, for hosts whose clock is wrong: there every certificate is out of time, and the error that says so
 * hides that an impostor's is also signed by nobody. Roots are read at the first use: as text they take a third of a megabyte.
 */
export function createChainCheck(ca: readonly string[]): ChainCheck {
  let roots: Map<string, X509Certificate[]> | null = null;
  return (leaf) => {
    roots ??= bySubject([...tls.rootCertificates, ...ca]);
    let current: X509Certificate | undefined = leaf;
    for (let depth = 0; current !== undefined && depth < LONGEST; depth++) {
      const certificate: X509Certificate = current;
      const isRooted = (roots.get(certificate.issuer) ?? []).some((root) => certificate.verify(root.publicKey));
      if (isRooted) return true;
      const issuer: X509Certificate | undefined = certificate.issuerCertificate;
      const isSigned = issuer?.ca === true && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
      current = isSigned && issuer.fingerprint256 !== certificate.fingerprint256 ? issuer : undefined;
    }
    return false;
  };
}

function bySubject(pems: readonly string[]): Map<string, X509Certificate[]> {
  const found = new Map<string, X509Certificate[]>();
  for (const pem of pems) {
    const root = new X509Certificate(pem);
    found.set(root.subject, [...(found.get(root.subject) ?? []), root]);
  }
  return found;
}
