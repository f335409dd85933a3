import { isIPv4 } from "node:net";
import packet from "dns-packet";
import type { Zone } from "./config.ts";

const RECURSION_AVAILABLE = 0x80;
const RCODE = { noerror: 0, servfail: 2, nxdomain: 3 } as const;
const TTL_S = 5;

/** The answer to one DNS question out of a zone. Decoding faults throw, which callers take as a packet to ignore. */
export function answerQuestion(question: Buffer, zone: Zone): Buffer | null {
  const { query, asked } = readQuestion(question);
  if (asked === undefined) return null;
  const addresses = zone[asked.name.toLowerCase()];
  const wanted = (addresses ?? []).filter((address) => asked.type === (isIPv4(address) ? "A" : "AAAA"));
  const answers = wanted.map((data) => ({
    type: isIPv4(data) ? ("A" as const) : ("AAAA" as const),
    name: asked.name,
    ttl: TTL_S,
    data,
  }));
  return reply(query, asked, addresses === undefined ? RCODE.nxdomain : RCODE.noerror, answers);
}

/** The answer of a server that fails for every name. */
export function failQuestion(question: Buffer): Buffer | null {
  const { query, asked } = readQuestion(question);
  return asked === undefined ? null : reply(query, asked, RCODE.servfail, []);
}

function readQuestion(question: Buffer) {
  const query = packet.decode(question);
  return { query, asked: query.questions?.[0] };
}

function reply(
  query: packet.DecodedPacket,
  asked: packet.Question,
  rcode: number,
  answers: packet.StringAnswer[],
): Buffer {
  return packet.encode({
    type: "response",
    id: query.id ?? 0,
    // The response code is the lowest four bits of the flags (RFC 1035 section 4.1.1).
    flags: packet.RECURSION_DESIRED | RECURSION_AVAILABLE | rcode,
    questions: [asked],
    answers,
  });
}
