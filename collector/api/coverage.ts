import type { StoredProbe } from "../store/store.ts";
import type { CoverageCell } from "./types.ts";

/** Probes that joined and neither left nor were revoked, counted by network, region and access; never by id. */
export function coverageCells(probes: readonly StoredProbe[], present: ReadonlySet<string>): CoverageCell[] {
  const cells = new Map<string, CoverageCell>();
  for (const { id, region, asn, access, left } of probes) {
    if (left !== null) continue;
    const key = JSON.stringify([region, asn, access]);
    const cell = cells.get(key) ?? { region, asn, access, known: 0, present: 0 };
    cell.known += 1;
    if (present.has(id)) cell.present += 1;
    cells.set(key, cell);
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}
