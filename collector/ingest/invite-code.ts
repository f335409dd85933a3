import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Letters and digits that are not mistaken for one another when read aloud (Crockford's base 32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A one-time code of 80 random bits, such as 7KQ2-M9XD-04TB-PZ5H. */
export function newCode(random: (size: number) => Buffer = randomBytes): string {
  const letters = [...random(16)].map((byte) => ALPHABET[byte % 32]).join("");
  return letters.match(/.{4}/g)?.join("-") ?? letters;
}

/** Hash under which a code is stored. Case, spaces and dashes do not matter, nor O for 0 and I or L for 1. */
export function hashCode(salt: string, code: string): string {
  const plain = code.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return createHash("sha256").update(`${salt}:${plain}`).digest("hex");
}

/** Whether two hashes are equal, in a time that tells nothing. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, "hex"), Buffer.from(b, "hex")];
  return left.length === right.length && timingSafeEqual(left, right);
}
