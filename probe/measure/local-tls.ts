import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { TlsStep } from "../../protocol/records/web.ts";
import { type Scene, suspect } from "./suspect.ts";

/** A clock this far off breaks certificate checks; smaller differences are the servers' own. */
const CLOCK_TOLERANCE_MS = 24 * 3600 * 1000;

/**
 * Words in issuers that security programs and debuggers write into certificates they put in place of a site's own.
 * Comodo and Symantec sold public certificates too: only chains that the public roots do not vouch for are looked at.
 */
const INSPECTORS: readonly (readonly [string, RegExp])[] = [
  ["Kaspersky", /kaspersky/i],
  ["ESET", /\beset\b/i],
  ["Avast", /avast/i],
  ["AVG", /\bavg\b/i],
  ["Dr.Web", /dr\.?\s?web/i],
  ["Avira", /avira/i],
  ["Comodo", /comodo/i],
  ["Bitdefender", /bitdefender/i],
  ["Norton", /norton|symantec/i],
  ["AdGuard", /adguard/i],
  ["Fiddler", /fiddler/i],
  ["mitmproxy", /mitmproxy/i],
  ["Charles", /charles proxy/i],
  ["NetFilter SDK", /netfilter/i],
];

/** Authorities of interception by the state: that they were added to the host does not make their chains the host's doing. */
const STATE = /qaznet|\bisca\b|information security certification|trust network/i;

/** A program on the host that shows certificates of its own: by its issuer's name, or by an authority added to the host. */
export function inspection({ steps, facts }: Scene): LocalSuspect | null {
  const untrusted = steps.tls.filter((step) => step.trusted === false && step.leaf !== null);
  if (untrusted.length === 0) return null;
  const program = INSPECTORS.find(([, words]) => untrusted.some(({ leaf }) => words.test(leaf?.issuer ?? "")))?.[0];
  if (program !== undefined)
    return suspect("antivirus", `The certificate's issuer reads like ${program}, which may inspect TLS on this host.`);
  const strange = untrusted.filter((step) => isOf(step, facts.localRoots()));
  return strange.length === 0
    ? null
    : suspect(
        "antivirus",
        "The certificate's issuer was added to this host's own trust: a program here may inspect TLS.",
      );
}

function isOf({ chain, leaf }: TlsStep, roots: ReturnType<Scene["facts"]["localRoots"]>): boolean {
  const issuer = leaf?.issuer ?? "";
  if (STATE.test(issuer)) return false;
  return roots.some(({ subject, sha256 }) => !STATE.test(subject) && (subject === issuer || chain.includes(sha256)));
}

/**
 * The clock is suspect when two different certificates are not valid yet by it (and none is trusted), or when all
 * servers' own Dates differ from it by more than a day. One certificate may be early by its issuer's mistake; a page out
 * of a cache carries its age, which is added.
 */
export function clock({ steps, facts: { nowMs } }: Scene): LocalSuspect | null {
  const early = steps.tls.filter(
    ({ leaf }) => leaf !== null && Date.parse(leaf.notBefore) - nowMs > CLOCK_TOLERANCE_MS,
  );
  const different = new Set(early.map(({ chain, leaf }) => chain[0] ?? leaf?.notBefore));
  if (different.size > 1 && !steps.tls.some(({ trusted }) => trusted === true))
    return suspect(
      "wrong_clock",
      "By this host's clock several sites' certificates are not valid yet: it may be slow.",
    );
  const dates = steps.http
    .map(({ headers }) => Date.parse(headers.date ?? "") + 1000 * (Number(headers.age ?? 0) || 0))
    .filter((time) => !Number.isNaN(time));
  const off = dates.length > 0 && dates.every((time) => Math.abs(time - nowMs) > CLOCK_TOLERANCE_MS);
  return off ? suspect("wrong_clock", "This host's clock differs by more than a day from what servers say.") : null;
}
