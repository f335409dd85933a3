import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";

/** What an account's password must be: long enough that no list of common ones holds it. */
export const Password = z.string().min(12).max(256);

/** Cost of scrypt (RFC 7914): 64 MiB and about half a second on a small board. */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number };
export const SCRYPT_COST: ScryptCost = { N: 65_536, r: 8, p: 2 };

const HASH_BYTES = 32;
const SALT_BYTES = 16;
const MEMORY_MAX = 256 * 1024 * 1024;

const derive = promisify<string, Buffer, number, ScryptCost & { maxmem: number }, Buffer>(scrypt);

/** A password as it is stored: `scrypt$N$r$p$salt$hash`. Parameters stand beside it, so that they can grow later. */
export async function hashPassword(password: string, cost: ScryptCost = SCRYPT_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await hashOf(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Whether a password is the stored one, in a time that does not tell how far it agrees. */
export async function isPassword(stored: string, password: string): Promise<boolean> {
  const parts = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]+)\$([\w-]+)$/.exec(stored);
  if (parts === null) return false;
  const [, N, r, p, salt = "", hash = ""] = parts;
  const wanted = Buffer.from(hash, "base64url");
  const found = await hashOf(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

function hashOf(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  return derive(password.normalize("NFKC"), salt, HASH_BYTES, { ...cost, maxmem: MEMORY_MAX });
}
