import { createHash, createVerify, randomBytes, type X509Certificate } from "node:crypto";
import { ContentInfo, SignedData, type SignerInfo } from "@peculiar/asn1-cms";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  MessageImprint,
  PKIStatus,
  TimeStampReq,
  TimeStampReqVersion,
  TimeStampResp,
  TSTInfo,
} from "@peculiar/asn1-tsp";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { joined, sameBytes } from "../../../protocol/bytes.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import { sha256 } from "../../../protocol/hash.ts";
import { isTrusted, signerOf } from "./certificates.ts";

const SHA256 = "2.16.840.1.101.3.4.2.1";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
/** Names of digests as Node has them. */
const DIGESTS: Readonly<Record<string, string>> = {
  [SHA256]: "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};

/** A request for a time stamp (RFC 3161) over a text's SHA-256, with the certificate to be sent along. */
export function stampRequest(text: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: TimeStampReqVersion.v1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
      hashedMessage: new OctetString(sha256(text)),
    }),
    // Positive, as DER integers are signed.
    nonce: new Uint8Array([0x01, ...randomBytes(8)]).buffer,
    certReq: true,
  });
  return new Uint8Array(AsnConvert.serialize(request));
}

/** What a stamp says: when, and whether the key of its own certificate, and somebody trusted, vouch for it. */
export type Stamped = {
  readonly time: string;
  readonly signer: string;
  /** Whether the reader's own roots lead to the signer; null when none were given. */
  readonly trusted: boolean | null;
};

/**
 * Reads an answer of a time stamp authority and checks it against the text it should be over. Error: `bad_input`, in words,
 * for an answer that is none, a refusal, another text or a signature that does not hold.
 */
export function checkStamp(text: Uint8Array, answer: Uint8Array, roots: readonly X509Certificate[] | null): Stamped {
  const { info, content, signed } = opened(answer);
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const digest = DIGESTS[hashAlgorithm.algorithm];
  if (digest === undefined || !sameBytes(digestOf(digest, text), new Uint8Array(hashedMessage.buffer)))
    throw wrong("it is over another text");
  const [signerInfo] = signed.signerInfos;
  const certificates = signed.certificates ?? [];
  const signer = signerInfo === undefined ? null : signerOf(signerInfo, certificates);
  if (signerInfo === undefined || signer === null) throw wrong("it does not bring the certificate of its signer");
  if (!holds(signerInfo, signer, content)) throw wrong("its signature does not hold");
  const time = info.genTime;
  return {
    time: time.toISOString(),
    signer: signer.subject.replaceAll("\n", ", "),
    trusted: roots === null ? null : isTrusted(signer, { certificates, roots, time }),
  };
}

function opened(answer: Uint8Array): { info: TSTInfo; content: Uint8Array; signed: SignedData } {
  try {
    const { status, timeStampToken } = AsnConvert.parse(answer, TimeStampResp);
    if (status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods)
      throw wrong("it is a refusal");
    if (timeStampToken === undefined) throw wrong("it holds no stamp");
    const token = AsnConvert.parse(AsnConvert.serialize(timeStampToken), ContentInfo);
    const signed = AsnConvert.parse(token.content, SignedData);
    const content = signed.encapContentInfo.eContent?.single?.buffer;
    if (token.contentType !== SIGNED_DATA || signed.encapContentInfo.eContentType !== TST_INFO || content === undefined)
      throw wrong("it holds no stamp");
    return { info: AsnConvert.parse(content, TSTInfo), content: new Uint8Array(content), signed };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw wrong("it cannot be read", error);
  }
}

/** The signature is over the attributes, one of which is the digest of the content (RFC 5652 section 5.4). */
function holds(signer: SignerInfo, certificate: X509Certificate, content: Uint8Array): boolean {
  const digest = DIGESTS[signer.digestAlgorithm.algorithm];
  const attributes = signer.signedAttrs ?? [];
  const told = attributes.find(({ attrType }) => attrType === MESSAGE_DIGEST)?.attrValues[0];
  if (digest === undefined || told === undefined) return false;
  const value = new Uint8Array(AsnConvert.parse(told, OctetString).buffer);
  const verifier = createVerify(digest).update(
    setOf(attributes.map((one) => new Uint8Array(AsnConvert.serialize(one)))),
  );
  const isOver = sameBytes(value, digestOf(digest, content));
  return isOver && verifier.verify(certificate.publicKey, new Uint8Array(signer.signature.buffer));
}

/** SET OF in DER: members in the order of their bytes (X.690 section 11.6). In the message itself they stand under a tag. */
function setOf(members: readonly Uint8Array[]): Uint8Array {
  const sorted = [...members].sort((a, b) => Buffer.compare(a, b));
  const content = joined(...sorted);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return joined(Uint8Array.of(0x31, ...size), content);
}

function digestOf(name: string, bytes: Uint8Array): Uint8Array {
  return createHash(name).update(bytes).digest();
}

function wrong(why: string, cause?: unknown): CodedError {
  return new CodedError("bad_input", `The time stamp is no good: ${why}.`, { cause });
}
