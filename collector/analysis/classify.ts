import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { isBlocking, type Verdict } from "../../protocol/verdict.ts";
import type { Knowledge } from "./knowledge.ts";
import { plainVerdict } from "./plain-verdict.ts";
import { contrastOf, fitControls } from "./read/contrast.ts";
import { type Control, type ControlFacts, readControl } from "./read/control.ts";
import { readDns } from "./read/dns-view.ts";
import { type Facts, readFacts } from "./read/facts.ts";
import type { LinkView } from "./read/link-view.ts";
import { pagesOf } from "./read/page.ts";
import { isAlive } from "./rules/local.ts";
import { because, type Case, type Finding } from "./rules/rule.ts";
import { RULES, RULES_VERSION } from "./rules/table.ts";

export type { Control } from "./read/control.ts";
export type { LinkView } from "./read/link-view.ts";
export { RULES_VERSION };

/** One measurement: the body, suspects found on the host, and the state of its line where that is known. */
export type Measurement = {
  body: WebBody;
  local: readonly LocalSuspect[];
  link: LinkView | null;
  /** Whether anything outside answered, where the body is part of a larger measurement. */
  alive?: boolean;
};

/**
 * The verdict of one measurement held against control measurements of the same target at about the same time. Pure
 * and total: every body that fits the schema gets a verdict, and the same input the same one.
 */
export function classify(measurement: Measurement, controls: readonly Control[], knowledge: Knowledge): Verdict {
  return classifyAgainst(measurement, controls.map(readControl), knowledge);
}

/** {@link classify} for controls already reduced by `readControl`. */
export function classifyAgainst(
  measurement: Measurement,
  controls: readonly ControlFacts[],
  knowledge: Knowledge,
): Verdict {
  const plain = measurement.local.length === 0 ? plainVerdict(measurement.body) : null;
  return plain ?? classifyByRules(measurement, controls, knowledge);
}

/** The same by asking every rule in turn, whatever the measurement is like. */
export function classifyByRules(
  measurement: Measurement,
  controls: readonly ControlFacts[],
  knowledge: Knowledge,
): Verdict {
  const found = buildCase(measurement, controls, knowledge);
  for (const rule of RULES) {
    const finding = rule.judge(found);
    if (finding !== null) return { ...unclaimed(finding), rule: rule.id, rulesVersion: RULES_VERSION };
  }
  return {
    code: "inconclusive",
    stage: "none",
    strength: "weak",
    rule: "none",
    rulesVersion: RULES_VERSION,
    reasons: [],
  };
}

/** What neither proof nor contrast supports accuses nobody: it is told, as inconclusive. */
function unclaimed(finding: Finding): Finding {
  if (finding.strength !== "weak" || !isBlocking(finding.code)) return finding;
  const reasons = [...finding.reasons, because(`looks like ${finding.code}, but nothing rules out an innocent cause`)];
  return { ...finding, code: "inconclusive", reasons };
}

function buildCase(measurement: Measurement, all: readonly ControlFacts[], knowledge: Knowledge): Case {
  const { body } = measurement;
  const suspects = new Set([...measurement.local, ...(body.local ?? [])].map(({ kind }) => kind));
  const facts = withoutBrokenIpv6(readFacts(body), suspects.has("broken_ipv6"));
  const hostedInside = knowledge.targets.get(body.target)?.hostedIn === knowledge.country;
  const controls = fitControls(all, hostedInside, knowledge.country);
  return {
    facts,
    pages: pagesOf(facts),
    dns: readDns(facts, controls),
    controls,
    contrast: (layer) => contrastOf(controls, layer, hostedInside),
    suspects,
    link: measurement.link,
    alive: measurement.alive ?? isAlive(body),
    hostedInside,
    knowledge,
  };
}

/** IPv6 that never leaves the host is the host's affair: such paths are left out while others were tried. */
function withoutBrokenIpv6(facts: Facts, suspected: boolean): Facts {
  const v6 = facts.paths.filter(({ ip }) => ip.includes(":"));
  const dead = v6.flatMap((path) => path.tcp);
  const unreachable = dead.every(
    ({ failure }) =>
      failure === "network_unreachable" || failure === "host_unreachable" || failure === "address_not_available",
  );
  const broken = v6.length > 0 && dead.every(({ failure }) => failure !== null) && (suspected || unreachable);
  return broken && v6.length < facts.paths.length
    ? { ...facts, paths: facts.paths.filter((path) => !v6.includes(path)) }
    : facts;
}
