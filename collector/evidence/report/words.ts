/** Section headings, in the order of the report. */
export const SECTIONS = [
  "notClaimed",
  "check",
  "cite",
  "timeline",
  "cells",
  "targets",
  "verdicts",
  "causes",
  "events",
  "reports",
  "outside",
  "statements",
  "legal",
  "versions",
  "method",
  "limits",
  "glossary",
  "provenance",
] as const;
export type Section = (typeof SECTIONS)[number];

type Texts<Key extends string> = Readonly<Record<Key, string>>;

/** Headings, labels and notes of the report; what it says of the incident itself comes from `collector/wording/`. */
export type ReportWords = {
  readonly title: string;
  readonly edition: Texts<"public" | "originals">;
  readonly section: Texts<Section>;
  readonly row: Texts<
    | "began"
    | "ended"
    | "lasted"
    | "where"
    | "networks"
    | "access"
    | "sites"
    | "what"
    | "how"
    | "sure"
    | "who"
    | "seenBy"
    | "enclosed"
    | "controls"
    | "noticed"
    | "known"
    | "number"
    | "log"
    | "leaves"
    | "root"
    | "software"
    | "rules"
    | "knowledge"
    | "query"
    | "license"
    | "window"
    | "replay"
  >;
  readonly column: Texts<
    | "region"
    | "network"
    | "probes"
    | "measurements"
    | "interfered"
    | "clear"
    | "unclear"
    | "began"
    | "ended"
    | "site"
    | "first"
    | "last"
    | "cause"
    | "prediction"
    | "records"
    | "held"
    | "score"
    | "verdict"
    | "count"
    | "time"
    | "what"
    | "source"
    | "beside"
    | "grade"
    | "who"
    | "claim"
    | "basis"
    | "document"
    | "subject"
    | "registry"
    | "version"
    | "change"
    | "witnesses"
    | "sure"
    | "term"
    | "meaning"
    | "agrees"
    | "moment"
    | "before"
    | "least"
    | "code"
    | "spokenOf"
  >;
  /** Before all that was found, where the version does not stand; `merged` is followed by the number. */
  readonly over: Texts<"tombstone" | "merged">;
  /** The same in a word, before the title. */
  readonly overTitle: Texts<"tombstone" | "merged">;
  readonly note: Texts<
    | "check"
    | "checkKey"
    | "cells"
    | "cellsFew"
    | "cellsLoss"
    | "targetsNone"
    | "causes"
    | "causesEnglish"
    | "verdicts"
    | "excluded"
    | "events"
    | "reports"
    | "outside"
    | "statements"
    | "legal"
    | "legalUnknown"
    | "versions"
    | "few"
    | "none"
    | "noData"
    | "gaps"
    | "translated"
    | "footer"
    | "replaySame"
    | "replayOther"
    | "replayNone"
    | "country"
    | "wholeCountry"
  >;
  readonly chart: Texts<
    "title" | "probes" | "measurements" | "expected" | "incident" | "edge" | "gap" | "event" | "interfered" | "clear"
  >;
  readonly agrees: Texts<"agrees" | "disagrees" | "silent">;
  /** What a judgement of a measurement means, by code. */
  readonly verdict: Readonly<Record<string, string>>;
  readonly changed: Readonly<Record<string, string>>;
  readonly method: readonly string[];
  readonly limits: readonly string[];
  readonly glossary: readonly (readonly [term: string, meaning: string])[];
  /** Links of tables and charts need names; these are read aloud. */
  readonly caption: Texts<"facts" | "moments" | "parts" | "measured" | "tested">;
  readonly moment: Texts<"began" | "ended" | "noticed">;
};
