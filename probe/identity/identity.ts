import { CodedError } from "../../protocol/coded-error.ts";
import { generateIdentity, type Purpose, probeIdOf, publicKeyOf, signText } from "../../protocol/signature.ts";
import { makeFolder, pathOf, readText, writeText } from "../data-folder.ts";

/** Who the probe is. The private key stays inside; only signatures come out. */
export type Identity = {
  readonly probe: string;
  readonly publicKey: string;
  sign: (purpose: Purpose, message: string) => string;
};

/** Reads the probe's identity; null when none was made yet. Throws `config` when the key file is not a key. */
export function loadIdentity(folder: string): Identity | null {
  const pem = readText(folder, "identity");
  return pem === null ? null : identityOf(pem, folder);
}

/** Reads the identity, or makes an Ed25519 key pair on this host and keeps it (file mode 0600). Throws `cannot_write`, `io`, `config`. */
export function makeIdentity(folder: string): Identity {
  const known = loadIdentity(folder);
  if (known !== null) return known;
  makeFolder(folder);
  const { privateKeyPem } = generateIdentity();
  writeText(folder, "identity", privateKeyPem);
  return identityOf(privateKeyPem, folder);
}

function identityOf(privateKeyPem: string, folder: string): Identity {
  const publicKey = readKey(privateKeyPem, folder);
  return {
    probe: probeIdOf(publicKey),
    publicKey,
    sign: (purpose, message) => signText(privateKeyPem, purpose, message),
  };
}

function readKey(privateKeyPem: string, folder: string): string {
  try {
    return publicKeyOf(privateKeyPem);
  } catch (cause) {
    const says = `${pathOf(folder, "identity")} is not a key of ours. Put your copy back, or use 'kuager probe wipe' and join anew.`;
    throw new CodedError("config", says, { cause });
  }
}
