import type { PublishedVersion, ReviewAct } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Change, Member, PublicationState } from "../publication/types.ts";

/** What a decision about publishing comes to; `act` is the reviewer's, where one made it. */
export type Decision<T> = { readonly changes: readonly Change[]; readonly act?: ReviewAct; readonly result: T };

/** Published incidents. Versions and acts of review are only ever added. */
export type PublicationTable = {
  /** Reads the state, decides, and stores what was decided: all or nothing, with nobody else in between. */
  change: <T>(at: EpochMs, decide: (state: PublicationState) => Decision<T>) => Promise<T>;
  /** All versions of a number, newest first; empty when there is no such number. */
  versions: (number: string) => Promise<PublishedVersion[]>;
  /** A version as canonical JSON: the same text for ever. */
  versionText: (number: string, version: number) => Promise<string | null>;
  /** Incidents of the analysis that fed a number at `asOf` (null or left out: now). */
  members: (number: string, asOf?: EpochMs | null) => Promise<Member[]>;
  isHeld: (number: string) => Promise<boolean>;
  /** The number that an id of the analysis leads to. */
  numberOf: (id: string) => Promise<string | null>;
  /** The newest version of every number, in the order of the numbers. */
  newest: () => Promise<PublishedVersion[]>;
  /** The newest version of every number as published at `asOf` (null: now), in the order of the numbers, with what fed it then. */
  standing: (asOf: EpochMs | null) => Promise<{ version: PublishedVersion; members: Member[] }[]>;
  /**
   * Number and version that ids of the analysis lead to, as published at `asOf` (null: now). `over`: withdrawn or merged,
   * and so is all that the id leads to.
   */
  heads: (asOf: EpochMs | null) => Promise<Map<string, { number: string; version: number; over: boolean }>>;
  /** Versions in the order in which they were published, latest first; `before` is the `id` of an earlier answer. */
  recent: (page: Page) => Promise<{ id: number; version: PublishedVersion }[]>;
  /**
   * What reviewers did, latest first; `subject` null: to all. Of a number: also what was done to an id that leads to it,
   * what merged another with it, and what made a version of it.
   */
  acts: (page: Page & { readonly subject: string | null }) => Promise<{ id: number; act: ReviewAct }[]>;
  /** Ids of incidents that are kept from getting a number. */
  holds: () => Promise<string[]>;
};

/** Rows with an `id` below `before` (null: from the last). */
export type Page = { readonly before: number | null; readonly limit: number };
