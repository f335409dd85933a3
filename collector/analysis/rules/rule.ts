import type { LocalSuspect } from "../../../protocol/records/local.ts";
import type { Reason, Stage, Strength, VerdictCode } from "../../../protocol/verdict.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Contrast, Layer } from "../read/contrast.ts";
import type { ControlFacts } from "../read/control.ts";
import type { DnsView } from "../read/dns-view.ts";
import type { Facts } from "../read/facts.ts";
import { type LineTrial, readLineTrial } from "../read/line-trial.ts";
import { type LinkView, rung } from "../read/link-view.ts";
import type { Page } from "../read/page.ts";

/** All that a rule may look at. */
export type Case = {
  facts: Facts;
  pages: Page[];
  dns: DnsView;
  controls: readonly ControlFacts[];
  contrast: (layer: Layer) => Contrast;
  suspects: ReadonlySet<LocalSuspect["kind"]>;
  link: LinkView | null;
  /** Something outside answered, in this measurement or in the one it is part of. */
  alive: boolean;
  /** The site is hosted in the watched country. */
  hostedInside: boolean;
  knowledge: Knowledge;
};

export type Finding = { code: VerdictCode; stage: Stage; strength: Strength; reasons: Reason[] };

/** One rule: what it is called, where it comes from, and the finding when it fits. */
export type Rule = {
  id: string;
  /** Verdict codes it can give. */
  gives: readonly VerdictCode[];
  doc: string;
  source: string;
  judge: (found: Case) => Finding | null;
};

/**
 * Whether the line could have carried the site: what the ladder says where it was recorded, else what the innocent
 * site at its own address showed.
 */
export function lineOf({ link, hostedInside, facts }: Pick<Case, "link" | "hostedInside" | "facts">): LineTrial {
  const needed = hostedInside ? "domestic" : "international";
  if (link !== null && !link.portal && rung(link.state) >= rung(needed)) return { state: "works", steps: [] };
  const tried = readLineTrial(facts.body);
  return link !== null && tried.state !== "works" ? { ...tried, state: "bad" } : tried;
}

/** A reason that points at the probe's own steps. */
export function because(says: string, steps: readonly { id: number }[] = []): Reason {
  return { says: says.slice(0, 2000), steps: [...new Set(steps.map(({ id }) => id))], of: "probe" };
}

/** A reason told by the controls. */
export function controlsSay(says: string): Reason {
  return { says, steps: [], of: "control" };
}
