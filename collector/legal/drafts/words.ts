import type { Cause, Incident, LegalBasis, RegistryLookup } from "../../api/types.ts";
import type { Stage } from "./facts.ts";

/** Drafts that there are. */
export const DRAFT_KINDS = ["un", "request", "prosecutor", "court"] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** A part of a draft: its heading, and paragraphs in which {names} are filled in from facts. */
export type Section = { readonly title: string; readonly text: readonly string[] };

/** The words of all drafts in one language. Whatever is in [brackets] is for a person to fill in. */
export type DraftWords = {
  readonly banner: readonly string[];
  readonly labels: Readonly<
    Record<
      | "number"
      | "address"
      | "what"
      | "sites"
      | "networks"
      | "regions"
      | "began"
      | "ended"
      | "stage"
      | "sure"
      | "witnesses"
      | "measurements"
      | "basis"
      | "authority"
      | "statute"
      | "document"
      | "remedy"
      | "registry"
      | "said"
      | "causes"
      | "made",
      string
    >
  >;
  readonly open: string;
  readonly all: string;
  readonly few: string;
  readonly none: string;
  readonly notAsked: string;
  readonly kinds: Readonly<Record<Incident["kind"], string>>;
  readonly stages: Readonly<Record<Stage, string>>;
  readonly sure: Readonly<Record<Incident["confidence"], string>>;
  readonly bases: Readonly<Record<LegalBasis["basis"], string>>;
  readonly registry: Readonly<Record<RegistryLookup["status"], string>>;
  readonly causes: Readonly<Record<Cause["cause"], string>>;
  readonly verdicts: Readonly<Record<Cause["verdict"], string>>;
  /** What the measurements do not tell; stands in every draft. */
  readonly notClaimed: Section;
  readonly factsTitle: string;
  readonly drafts: Readonly<
    Record<
      DraftKind,
      { readonly title: string; readonly before: readonly Section[]; readonly after: readonly Section[] }
    >
  >;
};
