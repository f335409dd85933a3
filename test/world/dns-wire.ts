import packet from "dns-packet";

/** What a DNS server of the world answers a name with. */
export type DnsAct =
  | { a?: readonly string[]; aaaa?: readonly string[]; cname?: string; ttlS?: number }
  | "nxdomain"
  | "refused"
  | "servfail"
  /** NOERROR without records. */
  | "empty"
  | "silence"
  /** A private address, as careless filters give. */
  | "bogon"
  /** The right id, then bytes that are no DNS message. */
  | "malformed"
  /** A good answer under another id. */
  | "wrong-id"
  /** Cut off over UDP, whole over TCP. */
  | { truncated: { a?: readonly string[]; aaaa?: readonly string[] } }
  /** Two answers to one question: the first at once, the second later. */
  | { race: readonly [DnsAct, DnsAct]; gapMs: number };

export type DnsQuestion = { id: number; name: string; type: string };

/** One message to send back, and how long after the question. */
export type DnsReply = { afterMs: number; data: Buffer };

/** What was asked; null when it cannot be read. */
export function readQuestion(data: Buffer): DnsQuestion | null {
  try {
    const message = packet.decode(data);
    const question = message.questions?.[0];
    return question ? { id: message.id ?? 0, name: question.name.toLowerCase(), type: question.type } : null;
  } catch {
    return null;
  }
}

/** The messages that an act sends back for a question. */
export function replies(question: DnsQuestion, act: DnsAct, transport: "udp" | "tcp"): DnsReply[] {
  if (act === "silence") return [];
  if (act === "malformed") return [{ afterMs: 0, data: malformed(question) }];
  if (act === "wrong-id")
    return replies({ ...question, id: (question.id + 1) % 65536 }, { a: ["127.0.0.1"] }, transport);
  if (typeof act === "object" && "race" in act) {
    const [first, second] = act.race;
    const late = replies(question, second, transport).map((reply) => ({
      ...reply,
      afterMs: reply.afterMs + act.gapMs,
    }));
    return [...replies(question, first, transport), ...late];
  }
  return [{ afterMs: 0, data: message(question, act, transport) }];
}

type Plain = Exclude<DnsAct, "silence" | "malformed" | "wrong-id" | { race: readonly [DnsAct, DnsAct] }>;

const RCODES = { nxdomain: 3, refused: 5, servfail: 2, empty: 0 };

function message(question: DnsQuestion, act: Plain, transport: "udp" | "tcp"): Buffer {
  if (act === "bogon") return encode(question, 0, { a: ["10.10.34.34"], aaaa: ["fd00::34"] });
  if (typeof act === "string") return encode(question, RCODES[act], {});
  if (!("truncated" in act)) return encode(question, 0, act);
  return transport === "tcp" ? encode(question, 0, act.truncated) : encode(question, 0, {}, packet.TRUNCATED_RESPONSE);
}

type Records = { a?: readonly string[]; aaaa?: readonly string[]; cname?: string; ttlS?: number };

function encode(question: DnsQuestion, rcode: number, records: Records, flags = 0): Buffer {
  const { id, name, type } = question;
  const { a = [], aaaa = [], cname, ttlS = 60 } = records;
  const owner = cname ?? name;
  const answers: packet.Answer[] = cname ? [{ type: "CNAME", name, ttl: ttlS, data: cname }] : [];
  if (type === "A") answers.push(...a.map((data) => ({ type: "A" as const, name: owner, ttl: ttlS, data })));
  if (type === "AAAA") answers.push(...aaaa.map((data) => ({ type: "AAAA" as const, name: owner, ttl: ttlS, data })));
  return packet.encode({
    type: "response",
    id,
    flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | flags | rcode,
    // The question was decoded by the same library, so its type is one it can write.
    questions: [{ name, type: type as "A" }],
    answers,
  });
}

function malformed(question: DnsQuestion): Buffer {
  const data = Buffer.alloc(14, 0xff);
  data.writeUInt16BE(question.id, 0);
  return data;
}
