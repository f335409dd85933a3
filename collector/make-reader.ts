import { randomBytes } from "node:crypto";
import { createPseudonym } from "./api/pseudonym.ts";
import type { Reader } from "./api/reader.ts";

/** What differs between those who read: a collector that serves, and commands beside it. */
export type ReaderParts = Omit<Reader, "pseudonym" | "now" | "rulesVersion"> & { readonly rulesVersion: () => string };

/** A reader over a store, with the pseudonyms that this collector gives. */
export async function makeReader({ rulesVersion, ...parts }: ReaderParts): Promise<Reader> {
  const secret = await parts.store.state.once("pseudonym-secret", () => randomBytes(32).toString("hex"));
  return {
    ...parts,
    pseudonym: createPseudonym(secret),
    get rulesVersion() {
      return rulesVersion();
    },
    now: Date.now,
  };
}
