import { isUnsteady } from "../read/control.ts";
import { because, type Case, controlsSay, type Finding, type Rule } from "./rule.ts";

/** Failures that are not the witness's network: the site fails for controls too, or controls do not agree. */
export const SITE_RULE: Rule = {
  id: "fails-for-controls",
  gives: ["site_down", "origin_side"],
  doc: "Controls cannot reach the site either. For a site hosted in the watched country the cause stays open: a filter in front of the server locks foreigners out as well.",
  source: "docs/method.md; 'abroad fails too, so it is down' is wrong for sites hosted inside",
  judge: failsForControls,
};

export const UNSTEADY_RULE: Rule = {
  id: "site-comes-and-goes",
  gives: ["inconclusive"],
  doc: "Controls reach the site at one moment and not at the next: an overloaded site fails for the witness by chance, and by chance answers its paired test.",
  source: "docs/method.md: DDoS flapping is never a block",
  judge: unsteady,
};

export const DIVIDED_RULE: Rule = {
  id: "controls-divided",
  gives: ["inconclusive", "site_down", "origin_side"],
  doc: "As many controls reach the site as do not, or the site answers most of them with errors of its own.",
  source: "docs/method.md: most of the controls must have reached it",
  judge: divided,
};

/** The last rule: says what was seen, and that it is too little. */
export const REST_RULE: Rule = {
  id: "too-little",
  gives: ["inconclusive"],
  doc: "Nothing above fits: controls are missing, or what was seen has more than one honest reading.",
  source: "docs/method.md",
  judge: rest,
};

function failsForControls(found: Case): Finding | null {
  if (found.contrast("http") !== "failed" || found.contrast("tls") === "reached") return null;
  const reasons = [
    because("the site was not reached", failed(found)),
    controlsSay(`${found.controls.length} control measurements did not reach it either`),
  ];
  const code = found.hostedInside ? "origin_side" : "site_down";
  return { code, stage: "none", strength: "contrasted", reasons };
}

function unsteady(found: Case): Finding | null {
  if (!isUnsteady(found.controls)) return null;
  const reasons = [
    because("the site was not reached", failed(found)),
    controlsSay("controls reach it at one moment and not at the next"),
  ];
  return { code: "inconclusive", stage: "none", strength: "weak", reasons };
}

function divided(found: Case): Finding | null {
  if (found.contrast("http") === "reached" && found.contrast("well") === "failed") {
    const reasons = [
      because("the site was not reached", failed(found)),
      controlsSay("controls get errors of the site"),
    ];
    return { code: found.hostedInside ? "origin_side" : "site_down", stage: "none", strength: "contrasted", reasons };
  }
  const layer = found.facts.secure ? "tls" : "http";
  if (found.contrast(layer) !== "split" && found.contrast("well") !== "split" && found.contrast("http") !== "split")
    return null;
  const reasons = [
    because("the site was not reached", failed(found)),
    controlsSay("some controls reach it, as many do not"),
  ];
  return { code: "inconclusive", stage: "none", strength: "weak", reasons };
}

function rest(found: Case): Finding {
  const says =
    found.contrast("http") === "none" ? "no control measured it at about that time" : "no rule fits what was seen";
  return { code: "inconclusive", stage: "none", strength: "weak", reasons: [because(says, failed(found))] };
}

function failed({ facts: { body } }: Case) {
  return [...body.dns, ...body.tcp, ...body.tls, ...body.http].filter(({ failure }) => failure !== null);
}
