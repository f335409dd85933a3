import type { Incident } from "../protocol/incident.ts";
import type { PublishedVersion } from "../protocol/publication.ts";
import type { Language, NameBook } from "./api/told.ts";

/** What is told of an incident away from the pages, in a feed or an alert. `version` null: it has no number yet. */
export type Told = {
  readonly incident: Incident;
  readonly version: PublishedVersion | null;
  /** The later version by which it was withdrawn or merged. */
  readonly over?: PublishedVersion | null;
  /** `version`: an entry of a feed; the others are alerts. */
  readonly phase: "version" | "start" | "end";
  /** Fewest probes that are counted in public. */
  readonly enoughProbes: number;
};

/** It in words: plain text, the title beginning with how sure it is. */
export type Notice = { readonly title: string; readonly lines: readonly string[] };

/** Makes the words of what is told; given by whoever wires the program, as the pages are. */
export type MakeNotice = (told: Told, names: NameBook, language: Language) => Notice;
