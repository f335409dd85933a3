import { CodedError } from "../../protocol/coded-error.ts";
import { generateIdentity, type Purpose, probeIdOf, publicKeyOf, signText } from "../../protocol/signature.ts";
import { makeFolder, numberedPath, pathOf, readText, readTextAt, writeText, writeTextAt } from "../data-folder.ts";
import { openKeyFile, sealKeyFile } from "../vault.ts";

/** Who the probe is. The private key stays inside; only signatures come out. */
export type Identity = {
  readonly probe: string;
  readonly publicKey: string;
  sign: (purpose: Purpose, message: string) => string;
};

/** Reads the probe's identity; null when none was made yet. Throws `config` when the key file is not a key. */
export function loadIdentity(folder: string): Identity | null {
  const pem = readText(folder, "identity");
  return pem === null ? null : identityOf(pem, folder, pathOf(folder, "identity"));
}

/** An earlier key of this host, kept while its records are on their way; null when there is none of this number. */
export function loadEarlier(folder: string, number: number): Identity | null {
  const path = numberedPath(folder, "identity", number);
  const pem = readTextAt(path, folder);
  return pem === null ? null : identityOf(pem, folder, path);
}

/**
 * Puts a new key in the place of `probe`'s, which is kept under a number. Does nothing where that was done before. Throws
 * `cannot_write`, `io`, `config`.
 */
export function replaceIdentity(folder: string, probe: string, number: number): Identity {
  const pem = readText(folder, "identity");
  const known = loadIdentity(folder);
  if (pem === null || known === null || known.probe !== probe) return known ?? makeIdentity(folder);
  writeTextAt(numberedPath(folder, "identity", number), folder, pem);
  const { privateKeyPem } = generateIdentity();
  writeText(folder, "identity", sealKeyFile(folder, privateKeyPem));
  return identityOf(privateKeyPem, folder, pathOf(folder, "identity"));
}

/** Reads the identity, or makes an Ed25519 key pair on this host and keeps it (file mode 0600). Throws `cannot_write`, `io`, `config`. */
export function makeIdentity(folder: string): Identity {
  const known = loadIdentity(folder);
  if (known !== null) return known;
  makeFolder(folder);
  const { privateKeyPem } = generateIdentity();
  writeText(folder, "identity", sealKeyFile(folder, privateKeyPem));
  return identityOf(privateKeyPem, folder, pathOf(folder, "identity"));
}

function identityOf(kept: string, folder: string, path: string): Identity {
  const { privateKeyPem, publicKey } = readKey(kept, folder, path);
  return {
    probe: probeIdOf(publicKey),
    publicKey,
    sign: (purpose, message) => signText(privateKeyPem, purpose, message),
  };
}

function readKey(kept: string, folder: string, path: string): { privateKeyPem: string; publicKey: string } {
  try {
    const privateKeyPem = openKeyFile(folder, kept);
    return { privateKeyPem, publicKey: publicKeyOf(privateKeyPem) };
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    const says = `${path} is not a key of ours. Put your copy back, or use 'kuager probe wipe' and join anew.`;
    throw new CodedError("config", says, { cause });
  }
}
