import { randomBytes } from "node:crypto";
import { RULES_VERSION } from "../analysis/classify.ts";
import { createPseudonym } from "../api/pseudonym.ts";
import type { Reader } from "../api/reader.ts";
import { openThreshold } from "../api/threshold.ts";
import { loadCatalogue } from "../catalogue.ts";
import { openExistingStore } from "../store/open-store.ts";

/** A reader over the data of a collector, for commands; nobody is present. `targets` replaces data files. */
export async function offlineReader(
  folder: string,
  targets: string | undefined,
  now: () => number = Date.now,
): Promise<{ reader: Reader; close: () => Promise<void> }> {
  const catalogue = loadCatalogue(targets);
  const store = await openExistingStore(folder);
  const threshold = await openThreshold(store.state);
  const secret = await store.state.once("pseudonym-secret", () => randomBytes(32).toString("hex"));
  return {
    reader: {
      ...{ store, catalogue, now, rulesVersion: RULES_VERSION, pseudonym: createPseudonym(secret) },
      present: () => new Set<string>(),
      enoughProbes: threshold.enough(),
    },
    close: () => store.close(),
  };
}
