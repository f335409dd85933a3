import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";
import { Text, Utc } from "./primitives.ts";
import { PublicKey, Signature, verifyText } from "./signature.ts";

/** A version in three numbers, as releases of this program have. */
const Version = z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/, "expected a version like 1.2.3");

/** What a release is: the files of the probe and their hashes. Signed (purpose `release`) over its canonical JSON. */
export const Release = z.strictObject({
  version: Version,
  publishedAt: Utc,
  files: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[\w][\w./-]{0,199}$/, "expected a path below the release"),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in hex"),
      }),
    )
    .min(1)
    .max(256),
  notes: Text,
});
export type Release = z.infer<typeof Release>;

/** A release and the signature of the people who make releases. */
export const SignedRelease = z.strictObject({ release: Release, key: PublicKey, signature: Signature });
export type SignedRelease = z.infer<typeof SignedRelease>;

/** The text that is signed. */
export function releaseText(release: Release): string {
  return canonicalJson(release);
}

/** Whether a release is signed with this key; who holds another key cannot offer anything. */
export function isSignedBy({ release, key, signature }: SignedRelease, trusted: string): boolean {
  return key === trusted && verifyText(trusted, "release", releaseText(release), signature);
}

/** Whether version `a` is newer than `b`; both as in {@link Release}. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  for (let place = 0; place < 3; place++) {
    const difference = (left?.[place] ?? 0) - (right?.[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
