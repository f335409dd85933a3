import packet from "dns-packet";
import { LIMITS } from "../../protocol/limits.ts";
import type { DnsAnswer } from "../../protocol/records/web.ts";

/** The only importer of dns-packet: what comes off the wire is decoded here, and never throws out of here. */

export type QuestionType = "A" | "AAAA";

export type DnsMessage = {
  id: number;
  isResponse: boolean;
  truncated: boolean;
  rcode: string;
  /** Lower-case name of the first question, null when the question section is empty. */
  name: string | null;
  type: string | null;
  answers: DnsAnswer[];
};

/**
 * A question with recursion desired and nothing else (as stub resolvers ask). Null when the name cannot be written in
 * DNS: a label over 63 bytes, an empty label, or more than 253 bytes.
 */
export function encodeQuestion(id: number, name: string, type: QuestionType): Buffer | null {
  const labels = name.replace(/\.$/, "").split(".");
  if (name.length > LIMITS.name || labels.some((label) => label.length === 0 || Buffer.byteLength(label) > 63))
    return null;
  return packet.encode({ type: "query", id, flags: packet.RECURSION_DESIRED, questions: [{ type, name }] });
}

/** Decodes a DNS message; null when it is not one. Records other than A, AAAA and CNAME are left out. */
export function decodeMessage(data: Uint8Array): DnsMessage | null {
  try {
    const message = packet.decode(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    const question = message.questions?.[0];
    return {
      id: message.id ?? 0,
      isResponse: message.type === "response",
      truncated: ((message.flags ?? 0) & packet.TRUNCATED_RESPONSE) !== 0,
      rcode: rcodeOf(data),
      name: question ? question.name.toLowerCase() : null,
      type: question ? question.type : null,
      answers: (message.answers ?? []).flatMap(toAnswer).slice(0, LIMITS.stepsPerKind),
    };
  } catch {
    return null;
  }
}

/** The id in the first two bytes, whether or not the rest can be decoded; null when there are none. */
export function messageId(data: Uint8Array): number | null {
  const [high, low] = data;
  return high === undefined || low === undefined ? null : high * 256 + low;
}

/** A decoded answer to this very question; null for anything else. */
export function readAnswer(data: Uint8Array, name: string, type: QuestionType): DnsMessage | null {
  const message = decodeMessage(data);
  if (message === null || !message.isResponse) return null;
  const sameName = message.name === null || message.name === name.replace(/\.$/, "").toLowerCase();
  return sameName && (message.type === null || message.type === type) ? message : null;
}

const RCODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET"];

/** The answer code in the low four bits of the fourth byte (RFC 1035 section 4.1.1). */
function rcodeOf(data: Uint8Array): string {
  const code = (data[3] ?? 0) & 0x0f;
  return RCODES[code] ?? (code === 9 ? "NOTAUTH" : code === 10 ? "NOTZONE" : `RCODE${code}`);
}

function toAnswer(answer: packet.Answer): DnsAnswer[] {
  if (answer.type !== "A" && answer.type !== "AAAA" && answer.type !== "CNAME") return [];
  const data = String(answer.data).toLowerCase().slice(0, LIMITS.text).toWellFormed();
  return [{ type: answer.type, data, ttl: answer.ttl ?? null }];
}
