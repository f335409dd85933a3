import type { LegalBasis, RegistryLookup, Statement } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Page } from "./publication-tables.ts";

/** What is known of the legal basis of blocks, in versions that are only ever added. */
export type LegalTable = {
  /**
   * Adds versions that are not known; returns how many. Error: `bad_input` for a version that is known with other
   * content, or that leaves a gap; then nothing is added.
   */
  add: (records: readonly LegalBasis[]) => Promise<number>;
  /** Every version, by time of recording, then id and version. */
  all: () => Promise<LegalBasis[]>;
};

export type KeptLookup = { readonly id: number; readonly lookup: RegistryLookup };

/** Answers of a public registry of prohibited resources, as they came. */
export type RegistryTable = {
  /** Keeps a lookup and the bytes of its answer; those of one content once. */
  add: (lookup: RegistryLookup, answer: Uint8Array | null) => Promise<void>;
  /** The newest lookup of each target. */
  newest: () => Promise<RegistryLookup[]>;
  /** Lookups, latest first; `target` null: of all. */
  list: (page: Page & { readonly target: string | null }) => Promise<KeptLookup[]>;
  answer: (sha256: string) => Promise<Buffer | null>;
};

/** Who said what, when. */
export type StatementTable = {
  /** Adds statements, and a revision of those that differ; returns how many were new or different. */
  put: (statements: readonly Statement[], at: EpochMs) => Promise<number>;
  /** Adds statements whose very text was never on record: what was corrected since stays corrected. Returns how many. */
  addKnown: (statements: readonly Statement[], at: EpochMs) => Promise<number>;
  /** As they are now, oldest first. */
  all: () => Promise<Statement[]>;
  /** All revisions of one, oldest first. */
  revisions: (id: string) => Promise<Statement[]>;
};
