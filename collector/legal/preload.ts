import type { Logger } from "pino";
import { CodedError } from "../../protocol/coded-error.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Store } from "../store/store.ts";

/**
 * Stores the statements and legal bases of the project's data files. What people of this collector recorded themselves
 * is never written over; a legal basis that they wrote otherwise is told and left as it is.
 */
export async function preloadLegal(
  { statements, legal }: Pick<Store, "statements" | "legal">,
  catalogue: Pick<Catalogue, "statements" | "legal">,
  { at, log }: { readonly at: EpochMs; readonly log: Logger },
): Promise<void> {
  await statements.addKnown(catalogue.statements, at);
  for (const record of catalogue.legal) {
    try {
      await legal.add([record]);
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== "bad_input") throw error;
      log.warn(
        { id: record.id, version: record.version },
        "a legal basis of the data files is on record with other content",
      );
    }
  }
}
