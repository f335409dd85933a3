/** Names of a bag's own files (RFC 8493), and of what we lay beside them. */
export const BAG = {
  declaration: "bagit.txt",
  info: "bag-info.txt",
  manifest: "manifest-sha256.txt",
  tagManifest: "tagmanifest-sha256.txt",
  /** The tag manifest as a signed note (C2SP signed-note), and the same signature as 64 bytes for openssl. */
  note: "tagmanifest-sha256.txt.note",
  signature: "manifest.sig",
  key: "keys/log.vkey",
  pem: "keys/log.pem",
} as const;

/** Neither manifest can name itself, nor what is made over it. */
export const UNLISTED: ReadonlySet<string> = new Set([BAG.tagManifest, BAG.note, BAG.signature]);

/** Under this name the key of a log signs bundles: a signature for one cannot serve as the other. */
export function bundleSigner(origin: string): string {
  return `${origin}/bundle`;
}
