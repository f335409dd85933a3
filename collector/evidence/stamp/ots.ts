import { createHash } from "node:crypto";
import { hexOf, joined, sameBytes, strictTextOf, utf8 } from "../../../protocol/bytes.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import { sha256 } from "../../../protocol/hash.ts";

/** What an OpenTimestamps proof leads to: a calendar that promises, or a block of Bitcoin that holds a hash. */
export type Anchor =
  | { readonly kind: "pending"; readonly calendar: string; readonly commitment: string }
  | { readonly kind: "bitcoin"; readonly height: number; readonly merkleRoot: string }
  | { readonly kind: "unknown" };

const MAGIC = joined(
  Uint8Array.of(0),
  utf8("OpenTimestamps"),
  Uint8Array.of(0, 0),
  utf8("Proof"),
  Uint8Array.of(0, 0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94),
);
const VERSION = 1;
const SHA256 = 0x08;
const FORK = 0xff;
const ATTESTATION = 0x00;
const PENDING = "83dfe30d2ef90c8e";
const BITCOIN = "0588960d73d71901";
const MESSAGE_MAX = 4096;
const STEPS_MAX = 20_000;
const ANCHORS_MAX = 1000;

/** A proof file over a text, of what a calendar answered for its SHA-256 (the answer stands in it as it came). */
export function otsFile(text: Uint8Array, answer: Uint8Array): Uint8Array {
  return joined(MAGIC, Uint8Array.of(VERSION, SHA256), sha256(text), answer);
}

/** Follows a proof file from a text to where it leads. Error: `bad_input`, in words, for what is none or over another text. */
export function readOts(text: Uint8Array, file: Uint8Array): Anchor[] {
  const head = joined(MAGIC, Uint8Array.of(VERSION, SHA256));
  const start = head.length + 32;
  if (!sameBytes(file.subarray(0, head.length), head)) throw wrong("it is none of the form known here");
  const digest = sha256(text);
  if (!sameBytes(file.subarray(head.length, start), digest)) throw wrong("it is over another text");
  const reader = createReader(file, start);
  const anchors = follow(reader, digest);
  if (!reader.isAtEnd()) throw wrong("bytes stand behind its end");
  return anchors;
}

type Reader = {
  byte: () => number;
  bytes: (count: number) => Uint8Array;
  number: () => number;
  isAtEnd: () => boolean;
  step: () => void;
};

function createReader(file: Uint8Array, start: number): Reader {
  let [at, steps] = [start, 0];
  const byte = () => {
    const value = file[at++];
    if (value === undefined) throw wrong("it ends too early");
    return value;
  };
  return {
    byte,
    bytes: (count) => {
      const some = file.subarray(at, at + count);
      if (some.length < count) throw wrong("it ends too early");
      at += count;
      return some;
    },
    number: () => {
      let [value, scale] = [0, 1];
      for (let more = true; more; scale *= 128) {
        const next = byte();
        value += (next & 0x7f) * scale;
        more = next >= 0x80;
        if (value > Number.MAX_SAFE_INTEGER / 128) throw wrong("a number in it is too large");
      }
      return value;
    },
    isAtEnd: () => at === file.length,
    step: () => {
      if (++steps > STEPS_MAX) throw wrong("it is longer than a proof can be");
    },
  };
}

/** Branches that are still to be followed keep the message that they go on from. */
function follow(reader: Reader, message: Uint8Array): Anchor[] {
  const anchors: Anchor[] = [];
  const waiting: Uint8Array[] = [];
  let current = message;
  for (;;) {
    reader.step();
    let tag = reader.byte();
    if (tag === FORK) {
      waiting.push(current);
      tag = reader.byte();
    }
    if (tag !== ATTESTATION) {
      current = applied(tag, reader, current);
      continue;
    }
    anchors.push(anchorOf(reader, current));
    if (anchors.length > ANCHORS_MAX) throw wrong("it leads to too many places");
    const next = waiting.pop();
    if (next === undefined) return anchors;
    current = next;
  }
}

function applied(tag: number, reader: Reader, message: Uint8Array): Uint8Array {
  const result = operation(tag, reader, message);
  if (result.length > MESSAGE_MAX) throw wrong("a message in it is too long");
  return result;
}

function operation(tag: number, reader: Reader, message: Uint8Array): Uint8Array {
  switch (tag) {
    case 0xf0:
      return joined(message, varBytes(reader));
    case 0xf1:
      return joined(varBytes(reader), message);
    case 0x02:
      return createHash("sha1").update(message).digest();
    case 0x03:
      return createHash("ripemd160").update(message).digest();
    case SHA256:
      return sha256(message);
    default:
      throw wrong("it has a step that is not known here");
  }
}

function anchorOf(reader: Reader, message: Uint8Array): Anchor {
  const kind = hexOf(reader.bytes(8));
  const payload = varBytes(reader);
  const inner = createReader(payload, 0);
  if (kind === PENDING) {
    const calendar = strictTextOf(varBytes(inner));
    if (calendar === null || !URL.canParse(calendar)) throw wrong("it names a calendar that is none");
    return { kind: "pending", calendar, commitment: hexOf(message) };
  }
  // Blocks write their hashes backwards.
  if (kind === BITCOIN)
    return { kind: "bitcoin", height: inner.number(), merkleRoot: hexOf(Uint8Array.from(message).reverse()) };
  return { kind: "unknown" };
}

function varBytes(reader: Reader): Uint8Array {
  const length = reader.number();
  if (length > 8192) throw wrong("a part of it is too long");
  return reader.bytes(length);
}

function wrong(why: string): CodedError {
  return new CodedError("bad_input", `The OpenTimestamps proof is no good: ${why}.`);
}
