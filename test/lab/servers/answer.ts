import packet from "dns-packet";
import type { Lies, Zone } from "./config.ts";

const RECURSION_AVAILABLE = 0x80;
const RCODE = { noerror: 0, servfail: 2, nxdomain: 3, refused: 5 } as const;
const TTL_S = 5;

/**
 * The answer to one DNS question out of a zone, with the lies told about it; null for silence. Decoding faults throw,
 * which callers take as a packet to ignore.
 */
export function answerQuestion(question: Buffer, zone: Zone, lies: Lies): Buffer | null {
  const query = packet.decode(question);
  const asked = query.questions?.[0];
  if (asked === undefined) return null;
  const name = asked.name.toLowerCase();
  const lie = lies[name];
  if (lie?.kind === "silence") return null;
  const addresses = lie === undefined ? zone[name] : lie.kind === "address" ? [lie.address] : [];
  const rcode =
    addresses === undefined ? RCODE.nxdomain : lie && lie.kind !== "address" ? RCODE[lie.kind] : RCODE.noerror;
  const answers = asked.type === "A" ? (addresses ?? []) : [];
  return packet.encode({
    type: "response",
    id: query.id ?? 0,
    // The response code is the lowest four bits of the flags (RFC 1035 section 4.1.1).
    flags: packet.RECURSION_DESIRED | RECURSION_AVAILABLE | rcode,
    questions: [asked],
    answers: answers.map((data) => ({ type: "A" as const, name: asked.name, ttl: TTL_S, data })),
  });
}
