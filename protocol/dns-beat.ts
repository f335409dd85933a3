import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { fromBase32, toBase32 } from "./base32.ts";
import { LINK_STATES, type LinkState } from "./records/link.ts";

/**
 * A heartbeat as the name of a DNS question, for lines on which nothing but DNS goes through. One label of 61 letters:
 * version, pseudonym of the day, time, counter, the state under a mask, and HMAC-SHA256 cut to 8 bytes (RFC 2104
 * section 5). What the question passes on its way can tell that two labels of one day are of one probe, no more.
 */

/** A zone of at most 138 letters, so that a name has 200 at most; lower case, labels of letters, digits and hyphens. */
export const BeatZone = z
  .string()
  .max(138)
  .regex(/^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+$/, "expected a DNS zone in lower case, such as b.example.org");

/** What a probe is told of it. The secret (32 bytes in hex) is its own; where anyone may ask, only the zone is told. */
export const DnsBeat = z.object({
  zone: BeatZone,
  secret: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type DnsBeat = z.infer<typeof DnsBeat>;

/** `at`: seconds since 1970 by the collector's clock as far as known; `boot`: 4 bytes of a hash in hex. */
export type Beat = {
  at: number;
  counter: number;
  seq: number;
  boot: string;
  uptimeMinutes: number;
  link: LinkState | null;
};

/** A label taken apart before it is known whose it is. */
export type SealedBeat = { pseudonym: string; at: number; label: Buffer };

const VERSION = 1;
/** Where the parts begin: version, pseudonym (8), at (4), counter (4), state (13), code (8). */
const AT = 9;
const COUNTER = 13;
const STATE = 17;
const CODE = 30;
const LENGTH = 38;

/** Seconds by which a beat may be older or newer than the collector's clock. */
export const BEAT_WINDOW_S = 300;

/** A probe's own secret, made from the collector's: nothing more has to be stored. */
export function beatSecret(root: string, probe: string): string {
  return hmac(root, `dns-beat ${probe}`).toString("hex");
}

/** What a probe is called on the day (UTC) of a time in seconds: 8 bytes in hex, another each day. */
export function beatPseudonym(secret: string, at: number): string {
  const day = new Date(at * 1000).toISOString().slice(0, 10);
  return hmac(secret, `day ${day}`).subarray(0, 8).toString("hex");
}

/** Four bytes of a hash, in hex, by which boots are told apart without naming them. */
export function bootMark(boot: string): string {
  return createHash("sha256").update(`boot ${boot}`).digest("hex").slice(0, 8);
}

/** The name to ask for. Numbers beyond their room are cut to the highest that fits. */
export function writeBeat(beat: Beat, { zone, secret }: { zone: string; secret: string }): string {
  const label = Buffer.alloc(LENGTH);
  label[0] = VERSION;
  label.write(beatPseudonym(secret, beat.at), 1, "hex");
  label.writeUInt32BE(beat.at, AT);
  label.writeUInt32BE(beat.counter, COUNTER);
  label.writeUIntBE(Math.min(beat.seq, 2 ** 40 - 1), STATE, 5);
  label.write(beat.boot, STATE + 5, "hex");
  label.writeUIntBE(Math.min(beat.uptimeMinutes, 2 ** 24 - 1), STATE + 9, 3);
  label[STATE + 12] = beat.link === null ? 255 : LINK_STATES.indexOf(beat.link);
  mask(label, secret);
  codeOf(label, zone, secret).copy(label, CODE);
  return `${toBase32(label)}.${zone}`;
}

/** Takes the label of a name in the zone apart; null when it has not the form of a beat. Upper case is as good. */
export function readBeatName(name: string, zone: string): SealedBeat | null {
  const [first = "", ...rest] = name.split(".");
  if (rest.join(".").toLowerCase() !== zone) return null;
  const label = fromBase32(first);
  if (label === null || label.length !== LENGTH || label[0] !== VERSION) return null;
  return { pseudonym: label.toString("hex", 1, AT), at: label.readUInt32BE(AT), label };
}

/** What a beat says, once it is known whose it claims to be; null when the code is not made with that secret. */
export function openBeat({ label }: SealedBeat, { zone, secret }: { zone: string; secret: string }): Beat | null {
  if (!timingSafeEqual(label.subarray(CODE), codeOf(label, zone, secret))) return null;
  const plain = Buffer.from(label);
  mask(plain, secret);
  return {
    at: plain.readUInt32BE(AT),
    counter: plain.readUInt32BE(COUNTER),
    seq: plain.readUIntBE(STATE, 5),
    boot: plain.toString("hex", STATE + 5, STATE + 9),
    uptimeMinutes: plain.readUIntBE(STATE + 9, 3),
    link: LINK_STATES[plain[STATE + 12] ?? 255] ?? null,
  };
}

function codeOf(label: Buffer, zone: string, secret: string): Buffer {
  return hmac(secret, Buffer.concat([Buffer.from(`beat ${zone} `), label.subarray(0, CODE)])).subarray(0, 8);
}

/** Covers the state with bytes that nobody without the secret can make, or uncovers it: the same step. */
function mask(label: Buffer, secret: string): void {
  const cover = hmac(secret, Buffer.concat([Buffer.from("mask "), label.subarray(0, STATE)]));
  for (let index = STATE; index < CODE; index++) label[index] = (label[index] ?? 0) ^ (cover[index - STATE] ?? 0);
}

function hmac(secret: string, data: string | Buffer): Buffer {
  return createHmac("sha256", Buffer.from(secret, "hex")).update(data).digest();
}
