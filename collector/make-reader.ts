import { randomBytes } from "node:crypto";
import { createPseudonym } from "./api/pseudonym.ts";
import type { Reader } from "./api/reader.ts";
import type { Threshold } from "./api/threshold.ts";

/** What differs between those who read: a collector that serves, and commands beside it. */
export type ReaderParts = Omit<Reader, "pseudonym" | "now" | "rulesVersion" | "enoughProbes"> & {
  readonly rulesVersion: () => string;
  readonly threshold: Threshold;
};

/** A reader over a store, with the pseudonyms that this collector gives. */
export async function makeReader({ rulesVersion, threshold, ...parts }: ReaderParts): Promise<Reader> {
  const secret = await parts.store.state.once("pseudonym-secret", () => randomBytes(32).toString("hex"));
  return {
    ...parts,
    pseudonym: createPseudonym(secret),
    get rulesVersion() {
      return rulesVersion();
    },
    get enoughProbes() {
      return threshold.enough();
    },
    now: Date.now,
  };
}
