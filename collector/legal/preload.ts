import type { Logger } from "pino";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import type { LegalBasis } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Store } from "../store/store.ts";

/**
 * Stores the statements and legal bases of the project's data files. What people of this collector recorded themselves
 * is never written over; a legal basis that they wrote otherwise is told and left as it is. One that is on record as
 * in the files but for its names gets these as its next version.
 */
export async function preloadLegal(
  { statements, legal }: Pick<Store, "statements" | "legal">,
  catalogue: Pick<Catalogue, "statements" | "legal">,
  { at, log }: { readonly at: EpochMs; readonly log: Logger },
): Promise<void> {
  await statements.addKnown(catalogue.statements, at);
  const stored = await legal.all();
  for (const record of catalogue.legal) {
    const next = nextOf(record, stored);
    if (next === null) continue;
    try {
      await legal.add([next]);
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== "bad_input") throw error;
      log.warn(
        { id: record.id, version: record.version },
        "a legal basis of the data files is on record with other content",
      );
    }
  }
}

/**
 * What a record of the data files adds to those stored: itself; its names as the next version, where nobody recorded one
 * since; or nothing. The date stays: a translation is no newer knowledge, and must not come before what people recorded.
 */
function nextOf(record: LegalBasis, stored: readonly LegalBasis[]): LegalBasis | null {
  const known = stored.filter(({ id }) => id === record.id);
  const same = known.find(({ version }) => version === record.version);
  if (same === undefined || saidBy(same) !== saidBy(record)) return record;
  const isNewest = known.every(({ version }) => version <= same.version);
  if (!isNewest || canonicalJson(same) === canonicalJson(record)) return null;
  return { ...record, version: record.version + 1 };
}

function saidBy({ names: _, ...rest }: LegalBasis): string {
  return canonicalJson(rest);
}
