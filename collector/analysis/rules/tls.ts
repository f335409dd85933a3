import type { TlsStep } from "../../../protocol/records/web.ts";
import type { Strength } from "../../../protocol/verdict.ts";
import { isTrusted, type Path } from "../read/facts.ts";
import { isStale } from "../read/stale.ts";
import { because, type Case, controlsSay, type Finding, lineOf, type Rule } from "./rule.ts";

const RESETS = ["connection_reset", "connection_aborted", "eof_error", "ssl_failed_handshake"] as const;

export const TLS_NAME_RULE: Rule = {
  id: "tls-name-rule",
  gives: ["tls_drop", "tls_reset"],
  doc: "The handshake for the name is met with silence, a reset or an end, while the same address answers another name or a split hello: it fails because of the name.",
  source:
    "OONI, IFKZ, EDF 2024: silence after ClientHello is the country's commonest method; paired test on one address",
  judge: (found) => interrupted(found, "name"),
};

export const TLS_RULE: Rule = {
  id: "tls-interrupted",
  gives: ["tls_drop", "tls_reset", "inconclusive"],
  doc: "The handshake is met with silence, a reset or an end where controls complete it. An orderly end (FIN) and an alert count with the reset: both end a handshake that controls complete.",
  source: "OONI web_connectivity: TLS failure that the control did not have",
  judge: (found) => interrupted(found, "contrast"),
};

export const TLS_MITM_RULE: Rule = {
  id: "tls-other-certificate",
  gives: ["tls_mitm"],
  doc: "The certificate does not hold, and controls get another that does.",
  source: "docs/method.md; Censored Planet on the interception of 2019",
  judge: mitm,
};

function interrupted(found: Case, by: "name" | "contrast"): Finding | null {
  const cut = found.facts.paths.map(cutOf).filter((one) => one !== null);
  // A handshake that showed a certificate on another address is a matter for the rules of certificates.
  if (cut.length === 0 || found.facts.paths.some((path) => path.tls.some((step) => step.chain.length > 0))) return null;
  const proof = cut.map(({ path, step }) => ({ step, answers: answersToOthers(found, path, step) }));
  const proved = proof.find(({ answers }) => answers.length > 0);
  if (by === "name") return proved === undefined ? null : finding("self-evident", proved.step, found, proved.answers);
  const first = cut[0];
  if (first === undefined) return null;
  const contrasted = found.contrast("tls") === "reached" && !mayBeInnocent(found, cut);
  return finding(contrasted ? "contrasted" : "weak", first.step, found, []);
}

/**
 * What the line or the server may explain. Silence, where the innocent site stalls as well; and whatever meets the
 * innocent name at the same address alike, where nothing good is known of the line, or where no control was given that
 * address: it may be a dead server near the witness, of many that a CDN has.
 */
function mayBeInnocent(found: Case, cut: readonly { path: Path; step: TlsStep }[]): boolean {
  const { state } = lineOf(found);
  const drops = cut.every(({ step }) => isDrop(step));
  if (drops && state === "bad") return true;
  if (likewise(found, cut).length === 0) return false;
  const same = cut.some(({ path }) => found.controls.some(({ connected }) => connected.has(path.ip)));
  return !same || (drops && state === "unknown");
}

/** Handshakes with an innocent name that ended as those for the name did. */
function likewise({ facts }: Case, cut: readonly { step: TlsStep }[]): TlsStep[] {
  return facts.followups
    .map(({ step }) => step)
    .filter(
      ({ purpose, failure, answered }) =>
        purpose === "sni-control" && cut.some(({ step }) => step.failure === failure && step.answered === answered),
    );
}

/** The first handshake of a path that was cut off; null when one completed or it stopped for other reasons. */
function cutOf(path: Path): { path: Path; step: TlsStep } | null {
  if (path.tls.some((step) => step.failure === null)) return null;
  const step = path.tls.find((one) => isDrop(one) || isReset(one));
  return step === undefined ? null : { path, step };
}

/** Silence after ClientHello: a handshake that stalls after the server's first byte is something else. */
function isDrop(step: TlsStep): boolean {
  return step.failure === "generic_timeout_error" && !step.answered;
}

function isReset(step: TlsStep): boolean {
  return RESETS.some((failure) => failure === step.failure);
}

/**
 * Follow-ups that show the path to the very address open for everything but the name. What ends like the handshake for
 * the name shows nothing: a server may send everybody an alert. An alert alone, where silence is to be explained, shows
 * nothing on a line that loses large packets, as an alert is a small one.
 */
function answersToOthers(found: Case, path: Path, cut: TlsStep): TlsStep[] {
  const stalls = isDrop(cut) && lineOf(found).state === "bad";
  return found.facts.followups
    .filter(({ ip, step }) => {
      if (ip?.toLowerCase() !== path.ip) return false;
      if (step.purpose === "split-hello") return isTrusted(step);
      if (step.purpose !== "sni-control" && step.purpose !== "no-sni") return false;
      if (step.failure === null) return true;
      return step.answered && !cut.answered && step.failure !== cut.failure && !stalls;
    })
    .map(({ step }) => step);
}

function finding(strength: Strength, step: TlsStep, found: Case, answers: TlsStep[]): Finding {
  const drop = isDrop(step);
  const alike = likewise(found, [{ step }]);
  return {
    code: drop ? "tls_drop" : "tls_reset",
    stage: "tls",
    strength,
    reasons: [
      because(cutSays(step), [step]),
      ...(answers.length > 0
        ? [because("the same address answers a handshake without the name in clear", answers)]
        : []),
      ...(answers.length === 0 && alike.length > 0 ? [because("it treats another name alike", alike)] : []),
      ...(found.contrast("tls") === "reached" ? [controlsSay("controls complete the handshake")] : []),
    ],
  };
}

function cutSays(step: TlsStep): string {
  if (isDrop(step)) return "silence after ClientHello";
  if (step.failure === "eof_error") return "the connection ends (FIN) during the handshake";
  if (step.failure === "ssl_failed_handshake") return "an alert ends the handshake";
  return "the handshake is reset";
}

function mitm(found: Case): Finding | null {
  const strange = found.facts.paths
    .flatMap((path) => path.tls)
    .filter((step) => step.chain.length > 0 && !isTrusted(step) && !isStale(step, found.controls));
  const seen = new Set(found.controls.flatMap((control) => [...control.leaves]));
  const other = strange.filter((step) => step.chain[0] !== undefined && !seen.has(step.chain[0]));
  if (other.length === 0) return null;
  const trusted = found.contrast("tls") === "reached";
  if (!trusted && !isReplaced(found, other)) return null;
  return {
    code: "tls_mitm",
    stage: "tls",
    strength: "contrasted",
    reasons: [
      because("the certificate does not hold", other),
      controlsSay(
        trusted
          ? "controls get another certificate that holds"
          : "all controls get another one, the same, at that address",
      ),
    ],
  };
}

/**
 * Sites with a certificate of their own making: at an address that two controls reached, all controls see one
 * certificate, and here stands one of another issuer.
 */
function isReplaced({ facts, controls }: Case, other: readonly TlsStep[]): boolean {
  const usable = controls.filter((control) => control.usable && control.leaves.size > 0);
  const leaves = new Set(usable.flatMap((control) => [...control.leaves]));
  const issuers = new Set(usable.flatMap((control) => [...control.issuers]));
  if (leaves.size !== 1 || new Set(usable.map(({ probe }) => probe)).size < 2) return false;
  return facts.paths.some(
    (path) =>
      usable.every(({ connected }) => connected.has(path.ip)) &&
      path.tls.some((step) => other.includes(step) && step.leaf !== null && !issuers.has(step.leaf.issuer)),
  );
}
