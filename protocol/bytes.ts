/** Bytes as text and back, the same in Node and in a browser: what checks evidence runs in both. */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map([...BASE64].map((letter, value) => [letter, value]));
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** Text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** UTF-8 as text; what is none becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** UTF-8 as text, and null where it is none. */
export function strictTextOf(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Lower-case hex digits, two a byte. */
export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Bytes of hex digits; empty for what is none. */
export function bytesOfHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || /[^0-9a-fA-F]/.test(text)) return new Uint8Array();
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

/** Base 64 with padding (RFC 4648 section 4). */
export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += letter(three >> 18) + letter(three >> 12);
    text += (left > 1 ? letter(three >> 6) : "=") + (left > 2 ? letter(three) : "=");
  }
  return text;
}

/** Bytes of base 64 as {@link base64Of} writes them; null for any other text, so that one value has one text. */
export function bytesOfBase64(text: string): Uint8Array | null {
  const bare = text.replace(/={1,2}$/, "");
  if (text.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(bare)) return null;
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4));
  let [bits, held, next] = [0, 0, 0];
  for (const one of bare) {
    held = ((held << 6) | (VALUES.get(one) ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[next++] = (held >> bits) & 0xff;
  }
  return base64Of(bytes) === text ? bytes : null;
}

/** Base 64 for addresses, without padding (RFC 4648 section 5). */
export function base64UrlOf(bytes: Uint8Array): string {
  return base64Of(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Bytes of {@link base64UrlOf}; empty for any other text. */
export function bytesOfBase64Url(text: string): Uint8Array {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return bytesOfBase64(plain + "=".repeat((4 - (plain.length % 4)) % 4)) ?? new Uint8Array();
}

/** Pieces one after the other. */
export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Whether two are the same bytes; not for secrets. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function letter(value: number): string {
  return BASE64[value & 63] ?? "";
}
