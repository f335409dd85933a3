import { createHash } from "node:crypto";
import tls, { type SecureContext } from "node:tls";

/** Whom a handshake trusts. One object is shared by all handshakes with the same roots: making one is dear. */
export type Trust = { readonly secureContext: SecureContext };

/** Few different sets of roots live in one process; the oldest goes first. */
const MAX_KEPT = 4;
const kept = new Map<string, Trust>();

/** Trust in the public roots and in the PEM certificates given. Throws Node's error when one cannot be read. */
export function trustIn(ca: readonly string[] = []): Trust {
  const key = createHash("sha256").update(JSON.stringify(ca)).digest("base64");
  const known = kept.get(key);
  if (known !== undefined) return known;
  const trust = { secureContext: contextWith(ca) };
  const oldest = kept.keys().next().value;
  if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, trust);
  return trust;
}

/**
 * The public roots and these. Node keeps the public ones parsed, and its own handle adds to a copy of them; given as
 * text they are parsed once more, which costs 25 ms of CPU and a megabyte.
 */
function contextWith(ca: readonly string[]): SecureContext {
  const made = tls.createSecureContext();
  const handle: Partial<Handle> = made.context;
  if (ca.length > 0 && handle.addCACert === undefined)
    return tls.createSecureContext({ ca: [...tls.rootCertificates, ...ca] });
  for (const pem of ca) handle.addCACert?.(pem);
  return made;
}

type Handle = { addCACert: (pem: string) => void };
