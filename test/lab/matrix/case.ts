import type { LocalSuspect } from "../../../protocol/records/local.ts";
import type { Stage, Strength, VerdictCode } from "../../../protocol/verdict.ts";
import type { Act } from "../acts/act.ts";
import type { SiteName } from "./places.ts";

/** What a case must be judged as: one code. The rest is compared where it is given. */
export type ExpectedVerdict = {
  code: VerdictCode;
  stage?: Stage;
  strength?: Strength;
  /** A suspect that the probe must find on its own host. */
  local?: LocalSuspect["kind"];
};

/** One line of the matrix: an act, how it is measured, and what must come out. */
export type WebCase = {
  name: string;
  act: Act;
  site: SiteName;
  scheme: "https" | "http";
  /** Whom the probe asks for names: everybody, or only what the provider gives. */
  resolvers: "all" | "provider";
  /** Whether a control abroad measures the site at the same time, and the probe knows the addresses it sees. */
  controls: boolean;
  followups: boolean;
  /** Whether the state of the line is known, as it is for a probe and is not for `kuager classify`. */
  link: boolean;
  expected: ExpectedVerdict;
};

/** A line about speed: the ratio of the target's goodput to its control's. A single pair has no verdict. */
export type SpeedCase = { name: string; act: Act; site: SiteName; control: SiteName; slower: boolean };

/**
 * A line about throttling: real pairs of a target and a control near it, told to the detector as if several probes had
 * measured them hour by hour.
 */
export type SeriesCase = { name: string; act: Act; site: SiteName; control: SiteName; throttled: boolean };

/** How a case is measured, where it is not as usual: by https, everybody asked, no controls, follow-ups, line known. */
export type Manner = Partial<Pick<WebCase, "scheme" | "resolvers" | "controls" | "followups" | "link" | "site">>;

/** A case about orda.kz in the usual manner, or what `manner` says. */
export function webCase(name: string, act: Act, expected: ExpectedVerdict, manner: Manner = {}): WebCase {
  const usual = {
    site: "orda.kz",
    scheme: "https",
    resolvers: "all",
    controls: false,
    followups: true,
    link: true,
  } as const;
  return { name, act, ...usual, ...manner, expected };
}
