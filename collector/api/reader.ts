import type { EpochMs } from "../analysis/types.ts";
import type { BundleShelf } from "../bundles/shelf.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Pseudonym } from "./pseudonym.ts";
import type { Stamp } from "./types.ts";

/** What answering readers needs: it never changes anything. */
export type Reader = {
  readonly store: Store;
  readonly catalogue: Catalogue;
  /** Ids of probes that beat now. */
  readonly present: () => ReadonlySet<string>;
  readonly pseudonym: Pseudonym;
  readonly rulesVersion: string;
  readonly now: () => EpochMs;
  /** Fewest probes that a published cell may count, as it is in force now (`threshold.ts`). */
  readonly enoughProbes: number;
  /** Where readers reach the pages, without a slash at its end; null or left out: not told. */
  readonly publicUrl?: string | null;
  /** Bundles for readers to fetch; left out: none are offered. */
  readonly bundles?: BundleShelf;
};

export const LICENSE = "CC BY 4.0";

/** What every answer carries. `asOf` null: as known now. */
export function stamp({ now, rulesVersion, enoughProbes }: Reader, asOf: EpochMs | null): Stamp {
  const generatedAt = utc(now());
  return { generatedAt, asOf: asOf === null ? generatedAt : utc(asOf), rulesVersion, license: LICENSE, enoughProbes };
}
