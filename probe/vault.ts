import { createCipheriv, createDecipheriv, createPrivateKey, randomBytes, scryptSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { CodedError } from "../protocol/coded-error.ts";
import { parseJson } from "../protocol/parse.ts";
import { pathOf, readText, writeText } from "./data-folder.ts";

/** What a sealed data folder keeps to open it by: how the key is made of the passphrase, and a text to try it on. */
const Vault = z.strictObject({
  v: z.literal(1),
  salt: z.base64url().length(22),
  cost: z.int().min(1024).max(1048576),
  check: z.string(),
});
type Vault = z.infer<typeof Vault>;

/** Opened, what seals: a key for entries, and the word that the key file is encrypted with. */
type Keys = { entries: Buffer; word: string };

/** Seals what is stored of an entry, and opens it; null for what cannot be opened. */
type EntryCipher = {
  isSealed: boolean;
  seal: (seq: number, data: Buffer) => Buffer;
  open: (seq: number, stored: Buffer) => Buffer | null;
};

const PLAIN: EntryCipher = { isSealed: false, seal: (_, data) => data, open: (_, stored) => stored };
/** 32 MiB and a second or so on a small board (RFC 7914, N = 32768, r = 8, p = 1). */
const COST = 32_768;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const MOST_PASSPHRASE_BYTES = 4096;
const CHECK = Buffer.from("kuager");

/** Folders opened by this process, and passphrases for a key still to be made. */
const opened = new Map<string, Keys>();
const promised = new Map<string, string>();

/**
 * Opens a data folder with the passphrase in `file`; one that was joined without a passphrase stays plain. With
 * `mayMake` a folder that holds no key yet is sealed when its key is made. Throws `config` when the passphrase is
 * missing, wrong or cannot be read; nothing is changed then.
 */
export function unlock(folder: string, file: string | undefined, mayMake: boolean): void {
  const vault = readVault(folder);
  if (file === undefined || file === "") {
    if (vault === null) return;
    throw locked(folder);
  }
  const passphrase = readPassphrase(file);
  if (vault !== null) opened.set(folder, tryKeys(vault, passphrase, folder));
  else if (mayMake && !existsSync(pathOf(folder, "identity"))) promised.set(folder, passphrase);
  else if (mayMake)
    throw new CodedError(
      "config",
      `${folder} holds a key that was made without a passphrase. Use 'kuager probe leave' or 'kuager probe wipe', then join anew.`,
    );
}

/** A new private key as it is to be kept: encrypted where the folder is, or is to be, sealed. Throws `cannot_write`, `io`, `config`. */
export function sealKeyFile(folder: string, pem: string): string {
  const passphrase = promised.get(folder);
  if (passphrase !== undefined) makeVault(folder, passphrase);
  const keys = keysOf(folder);
  if (keys === null) return pem;
  const secret = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: keys.word } as const;
  return createPrivateKey(pem).export(secret).toString();
}

/** A private key as it was kept, opened. Throws `config`, or what Node throws for a text that is no key. */
export function openKeyFile(folder: string, pem: string): string {
  if (!pem.includes("BEGIN ENCRYPTED PRIVATE KEY")) return pem;
  const keys = keysOf(folder);
  if (keys === null)
    throw new CodedError(
      "config",
      `${pathOf(folder, "vault")} is missing, without which the key cannot be opened. Put your copy back.`,
    );
  return createPrivateKey({ key: pem, passphrase: keys.word }).export({ type: "pkcs8", format: "pem" }).toString();
}

/** What seals entries in the files of a folder: AES-256-GCM (NIST SP 800-38D), a random nonce each, `seq` bound to it. Throws `config`. */
export function entryCipherOf(folder: string): EntryCipher {
  const keys = keysOf(folder);
  if (keys === null) return PLAIN;
  return {
    isSealed: true,
    seal: (seq, data) => encrypt(keys.entries, String(seq), data),
    open: (seq, stored) => decrypt(keys.entries, String(seq), stored),
  };
}

function keysOf(folder: string): Keys | null {
  const keys = opened.get(folder);
  if (keys !== undefined) return keys;
  if (!existsSync(pathOf(folder, "vault"))) return null;
  throw locked(folder);
}

function readVault(folder: string): Vault | null {
  const text = readText(folder, "vault");
  if (text === null) return null;
  const parsed = parseJson(Vault, text);
  if (parsed.ok) return parsed.value;
  throw new CodedError("config", `${pathOf(folder, "vault")} is damaged. Without it the records cannot be opened.`);
}

function makeVault(folder: string, passphrase: string): void {
  const salt = randomBytes(16).toString("base64url");
  const keys = deriveKeys({ salt, cost: COST }, passphrase);
  const vault: Vault = { v: 1, salt, cost: COST, check: encrypt(keys.entries, "check", CHECK).toString("base64") };
  writeText(folder, "vault", JSON.stringify(vault));
  opened.set(folder, keys);
  promised.delete(folder);
}

function tryKeys(vault: Vault, passphrase: string, folder: string): Keys {
  const keys = deriveKeys(vault, passphrase);
  if (decrypt(keys.entries, "check", Buffer.from(vault.check, "base64"))?.equals(CHECK)) return keys;
  throw new CodedError("config", `This is not the passphrase that ${folder} was joined with. Nothing was changed.`);
}

/** The word for the key file comes out of scrypt too: PKCS#8's own derivation alone would be the weaker way in. */
function deriveKeys({ salt, cost }: Pick<Vault, "salt" | "cost">, passphrase: string): Keys {
  const options = { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 };
  const derived = scryptSync(passphrase.normalize("NFC"), Buffer.from(salt, "base64url"), 64, options);
  return { entries: derived.subarray(0, 32), word: derived.subarray(32).toString("base64url") };
}

function encrypt(key: Buffer, about: string, data: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(about));
  const sealed = [cipher.update(data), cipher.final()];
  return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]);
}

function decrypt(key: Buffer, about: string, bytes: Buffer): Buffer | null {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), options);
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

/** The first line of a file. */
function readPassphrase(file: string): string {
  let line = "";
  try {
    const bytes = readFileSync(file);
    line = bytes.length > MOST_PASSPHRASE_BYTES ? "" : (bytes.toString("utf8").split(/\r?\n/)[0] ?? "");
  } catch {
    // Said below.
  }
  if (line !== "") return line;
  throw new CodedError("config", `${file} holds no passphrase: its first line is taken, 4096 bytes at most.`);
}

function locked(folder: string): CodedError {
  return new CodedError(
    "config",
    `The records in ${folder} are sealed with a passphrase. Name its file: --passphrase-file FILE or KUAGER_PASSPHRASE_FILE.`,
  );
}
