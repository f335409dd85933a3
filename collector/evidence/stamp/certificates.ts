import { X509Certificate } from "node:crypto";
import type { CertificateChoices, SignerInfo } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";

const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const CHAIN_MAX = 5;

/** The certificate of a signer, by its issuer and serial number; null when it is not among those that came along. */
export function signerOf({ sid }: SignerInfo, certificates: readonly CertificateChoices[]): X509Certificate | null {
  const wanted = sid.issuerAndSerialNumber;
  const found = certificates.find(({ certificate }) => {
    if (certificate === undefined || wanted === undefined) return false;
    const { serialNumber, issuer } = certificate.tbsCertificate;
    return (
      sameBuffer(serialNumber, wanted.serialNumber) &&
      sameBuffer(AsnConvert.serialize(issuer), AsnConvert.serialize(wanted.issuer))
    );
  });
  return found?.certificate === undefined ? null : read(found.certificate);
}

/** Whether roots that the reader trusts lead to a signer who may stamp, and all were valid at the time of the stamp. */
export function isTrusted(
  signer: X509Certificate,
  {
    certificates,
    roots,
    time,
  }: { certificates: readonly CertificateChoices[]; roots: readonly X509Certificate[]; time: Date },
): boolean {
  // Of certificates, Node calls the purposes in the extension for them "key usage".
  if (!(signer.keyUsage ?? []).includes(TIME_STAMPING)) return false;
  const between = certificates.flatMap(({ certificate }) => (certificate === undefined ? [] : [read(certificate)]));
  let current = signer;
  for (let step = 0; step < CHAIN_MAX; step++) {
    if (!isValidAt(current, time)) return false;
    if (roots.some((root) => isIssued(current, root) || root.fingerprint256 === current.fingerprint256)) return true;
    const next = between.find(
      (one) => one.fingerprint256 !== current.fingerprint256 && one.ca && isIssued(current, one),
    );
    if (next === undefined) return false;
    current = next;
  }
  return false;
}

function isIssued(certificate: X509Certificate, by: X509Certificate): boolean {
  return certificate.checkIssued(by) && certificate.verify(by.publicKey);
}

function isValidAt({ validFrom, validTo }: X509Certificate, time: Date): boolean {
  return Date.parse(validFrom) <= time.getTime() && time.getTime() <= Date.parse(validTo);
}

function read(certificate: NonNullable<CertificateChoices["certificate"]>): X509Certificate {
  return new X509Certificate(new Uint8Array(AsnConvert.serialize(certificate)));
}

function sameBuffer(a: ArrayBuffer, b: ArrayBuffer): boolean {
  return Buffer.from(a).equals(Buffer.from(b));
}
