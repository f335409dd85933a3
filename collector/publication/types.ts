import type { Incident } from "../../protocol/incident.ts";
import type { PublishedVersion, Selection } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";

/** One incident of the analysis that a number tells of: whole, or what was picked of it and what was taken out. */
export type Member = { readonly id: string; readonly only: Selection | null; readonly except: readonly Selection[] };

/** A number with the incidents of the analysis that feed it, and its newest version. */
export type Numbered = {
  readonly number: string;
  /** A reviewer holds it: new records make no version. */
  readonly held: boolean;
  readonly members: readonly Member[];
  readonly latest: PublishedVersion;
};

/** An incident as the analysis holds it now, and since when it has been so (a change of substance). */
export type Current = { readonly incident: Incident; readonly stored: EpochMs };

/** All that a decision about publishing rests on, read in the transaction that carries it out. */
export type PublicationState = {
  readonly numbered: readonly Numbered[];
  /** By id of the analysis. */
  readonly current: ReadonlyMap<string, Current>;
  /** Current, but its text cannot be read by this version of the program: it is left as it is. */
  readonly unreadable: ReadonlySet<string>;
  /** When the analysis took an incident back, by id; those of members only. */
  readonly gone: ReadonlyMap<string, EpochMs>;
  /** When the first change after its newest version came, by number. */
  readonly unpublishedSince: ReadonlyMap<string, EpochMs>;
  /** Number that an id of the analysis leads to, whether it still feeds it or not. */
  readonly numberOf: ReadonlyMap<string, string>;
  /** Incidents that reviewers hold back from getting a number, by id, as they were last known. */
  readonly held: ReadonlyMap<string, Incident>;
  /** Numbers given so far, by year. */
  readonly given: ReadonlyMap<number, number>;
};

/** One thing to be stored. A new number comes with its first version. */
export type Change =
  | { readonly what: "number"; readonly number: string; readonly members: readonly Member[] }
  | { readonly what: "version"; readonly version: PublishedVersion }
  | { readonly what: "members"; readonly number: string; readonly members: readonly Member[] }
  /** The id leads to the number from now on, and feeds it no facts. */
  | { readonly what: "alias"; readonly id: string; readonly number: string }
  /** `subject`: a number, or the id of an incident without one. */
  | { readonly what: "hold"; readonly subject: string; readonly on: boolean };
