import type { Language } from "../api/types.ts";
import { enReport } from "./report-words-en.ts";
import { kkReport } from "./report-words-kk.ts";
import { ruReport } from "./report-words-ru.ts";

/** Words of the report. None says who did something or why it happened: what was measured, and how sure that is. */
export type ReportWords = {
  readonly title: string;
  readonly finding: Readonly<Record<"block" | "interception" | "throttle" | "shutdown" | "outage", string>>;
  readonly confidence: Readonly<Record<"observed" | "probable" | "confirmed", string>>;
  readonly attribution: Readonly<Record<"none" | "claimed" | "documented", string>>;
  readonly verdict: Readonly<Record<"supported" | "contradicted" | "untestable", string>>;
  readonly cause: Readonly<Record<string, string>>;
  readonly rows: Readonly<
    Record<
      | "id"
      | "made"
      | "where"
      | "networks"
      | "targets"
      | "began"
      | "ended"
      | "open"
      | "detected"
      | "sure"
      | "who"
      | "witnesses"
      | "measurements"
      | "entries"
      | "controls"
      | "excluded"
      | "everywhere"
      | "between"
      | "method",
      string
    >
  >;
  readonly notClaimedTitle: string;
  readonly notClaimed: readonly string[];
  readonly sections: Readonly<
    Record<
      "facts" | "causes" | "verdicts" | "coverage" | "events" | "reports" | "earlier" | "check" | "cite" | "limits",
      string
    >
  >;
  readonly columns: Readonly<
    Record<
      | "cause"
      | "score"
      | "held"
      | "reasons"
      | "verdict"
      | "count"
      | "time"
      | "least"
      | "most"
      | "expected"
      | "what"
      | "source"
      | "grade"
      | "witnesses",
      string
    >
  >;
  readonly notes: Readonly<
    Record<
      | "causes"
      | "events"
      | "reports"
      | "noData"
      | "few"
      | "none"
      | "check"
      | "checkKey"
      | "limits"
      | "gaps"
      | "singleWitness",
      string
    >
  >;
  readonly edition: Readonly<Record<"public" | "originals", string>>;
};

/** Words of the report by language. */
export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = { kk: kkReport, ru: ruReport, en: enReport };
