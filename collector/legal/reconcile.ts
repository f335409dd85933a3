import type { LegalBasis, RegistryLookup } from "../../protocol/publication.ts";
import { isBlocking } from "../../protocol/verdict.ts";
import type { Reach, ReconciledTarget, Reconciliation } from "../api/legal-types.ts";
import type { Heads } from "../api/standing-incidents.ts";
import type { Incident, TargetCell } from "../api/types.ts";
import { basisOf, ofTarget } from "./in-force.ts";

export type Known = {
  readonly targets: readonly string[];
  /** The newest lookup of each target. */
  readonly lookups: readonly RegistryLookup[];
  readonly legal: readonly LegalBasis[];
  /** Incidents that are open now. */
  readonly open: readonly Incident[];
  readonly cells: readonly TargetCell[];
  readonly heads: Heads;
};

/**
 * What a registry lists, held against what probes measure: each target in one cell of listed or not × blocked or reachable.
 * A lookup that failed or was never made, and a measurement that tells neither, stand apart and are counted in no cell.
 */
export function reconcile(known: Known): Reconciliation {
  const lookups = new Map(known.lookups.map((lookup) => [lookup.target, lookup]));
  const rows = known.targets.map((target) => reconciled(target, lookups.get(target) ?? null, known));
  const count = (listed: boolean, reach: Reach) =>
    rows.filter((row) => row.listed === listed && row.reach === reach).length;
  return {
    rows,
    counts: {
      listedBlocked: count(true, "blocked"),
      listedReachable: count(true, "reachable"),
      unlistedBlocked: count(false, "blocked"),
      unlistedReachable: count(false, "reachable"),
      unanswered: rows.filter(({ listed }) => listed === null).length,
      unmeasured: rows.filter(({ listed, reach }) => listed !== null && reach === "unclear").length,
    },
  };
}

function reconciled(target: string, lookup: RegistryLookup | null, known: Known): ReconciledTarget {
  const incidents = known.open.filter((one) => isBlock(one) && one.targets.includes(target));
  const cells = known.cells.filter((cell) => cell.target === target);
  return {
    target,
    listed: lookup === null || lookup.status === "lookup_failed" ? null : lookup.status !== "not_listed",
    status: lookup?.status ?? null,
    askedAt: lookup?.asked ?? null,
    answerSha256: lookup?.answerSha256 ?? null,
    reach: reachOf(incidents, cells),
    incidents: incidents.map(({ id }) => known.heads.get(id)?.number ?? id),
    networks: new Set(cells.map(({ asn }) => asn)).size,
    basis: basisOf(ofTarget(known.legal, target)),
  };
}

function isBlock({ kind, confidence }: Incident): boolean {
  return (kind === "block" || kind === "interception") && confidence !== "observed";
}

/** `blocked`: an incident is open that is more than observed. `reachable`: all networks that measured it opened it. */
function reachOf(incidents: readonly Incident[], cells: readonly TargetCell[]): Reach {
  if (incidents.length > 0) return "blocked";
  const opened = cells.some(({ code }) => code === "ok");
  return opened && !cells.some(({ code }) => isBlocking(code) || code === "throttled") ? "reachable" : "unclear";
}
