import packet from "dns-packet";

/** The one question of a DNS message, and its bytes as they came (letters keep their case: RFC 4343, draft 0x20). */
export type Question = {
  readonly id: number;
  readonly recursionDesired: boolean;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Length of the whole message. */
  readonly length: number;
};

export type Answer = { readonly rcode: "ok" | "no_name" | "refused"; readonly record: "address" | "soa" | null };

/** What a resolver sends is far shorter; longer messages are not read. */
const QUESTION_BYTES = 512;
const HEADER = 12;
const RCODES = { ok: 0, no_name: 3, refused: 5 } as const;
/** An address for documentation (TEST-NET-1, RFC 5737): it says that the beat counts, and leads nowhere. */
const ADDRESS = Buffer.from([192, 0, 2, 53]);
/** Points to the name of the question (RFC 1035 section 4.1.4). */
const SAME_NAME = Buffer.from([0xc0, HEADER]);
/** Serial, refresh, retry, expire, and the time for which "no such name" may be kept: none. */
const SOA_TIMES = [1, 3600, 600, 86_400, 0];

/** Reads a message that asks one question of class IN; null for everything else, which gets no answer at all. */
export function readQuestion(message: Buffer): Question | null {
  if (message.length < HEADER || message.length > QUESTION_BYTES) return null;
  // One question, no answer, and neither a response nor another kind of message than a query.
  if (message.readUInt16BE(4) !== 1 || message.readUInt32BE(6) !== 0 || (message[2] ?? 0) >> 3 !== 0) return null;
  const end = endOfName(message);
  if (end === null || end + 4 > message.length || message.readUInt16BE(end + 2) !== 1) return null;
  try {
    const question = packet.decode(message).questions?.[0];
    if (question === undefined || !/^[\x21-\x7e]*$/.test(question.name)) return null;
    return {
      id: message.readUInt16BE(0),
      recursionDesired: ((message[2] ?? 0) & 1) === 1,
      name: question.name,
      type: question.type,
      bytes: message.subarray(HEADER, end + 4),
      length: message.length,
    };
  } catch {
    return null;
  }
}

/**
 * The answer to a question, by one who speaks for the zone and asks nobody else. Never longer than twice the question
 * (RFC 5358: no help for those who forge senders): a record for which there is no room is left out.
 */
export function writeAnswer(question: Question, { rcode, record }: Answer): Buffer {
  const records = record === null ? [] : [record === "address" ? addressRecord() : soaRecord()];
  const room = question.length * 2 - HEADER - question.bytes.length;
  const fitting = records.filter(({ length }) => length <= room);
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(question.id, 0);
  header[2] = 0x80 | (rcode === "refused" ? 0 : 0x04) | (question.recursionDesired ? 1 : 0);
  header[3] = RCODES[rcode];
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(fitting.length, 6);
  return Buffer.concat([header, question.bytes, ...fitting]);
}

function addressRecord(): Buffer {
  return resourceRecord(1, ADDRESS);
}

function soaRecord(): Buffer {
  const times = Buffer.alloc(20);
  for (const [index, seconds] of SOA_TIMES.entries()) times.writeUInt32BE(seconds, index * 4);
  return resourceRecord(6, Buffer.concat([SAME_NAME, SAME_NAME, times]));
}

/** A record of the question's own name, class IN, that nobody is to keep (time to live 0). */
function resourceRecord(type: number, data: Buffer): Buffer {
  const fields = Buffer.alloc(10);
  fields.writeUInt16BE(type, 0);
  fields.writeUInt16BE(1, 2);
  fields.writeUInt16BE(data.length, 8);
  return Buffer.concat([SAME_NAME, fields, data]);
}

/** Where the question's name ends; null when it points elsewhere or runs out of the message. */
function endOfName(message: Buffer): number | null {
  for (let at = HEADER; at < message.length; ) {
    const length = message[at] ?? 0;
    if (length === 0) return at + 1;
    if (length > 63) return null;
    at += length + 1;
  }
  return null;
}
