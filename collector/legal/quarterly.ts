import type { LegalBasis, PublishedVersion } from "../../protocol/publication.ts";
import type { QuarterlyRow } from "../api/legal-types.ts";
import { isOver } from "../publication/plan.ts";
import { basisOf, inForce, ofIncident } from "./in-force.ts";

/** A quarter of a year (UTC), such as 2026-Q4. */
export type Quarter = { readonly name: string; readonly from: number; readonly to: number };

/** The quarter that a name names; null for what is no quarter. */
export function quarterNamed(name: string): Quarter | null {
  const [, year, part] = /^(\d{4})-Q([1-4])$/.exec(name) ?? [];
  if (year === undefined) return null;
  const month = (Number(part) - 1) * 3;
  return { name, from: Date.UTC(Number(year), month), to: Date.UTC(Number(year), month + 3) };
}

/** Name of the quarter in which a moment lies. */
export function quarterOf(at: number): string {
  const date = new Date(at);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/**
 * Published incidents that began in a quarter, by ARTICLE 19's categories of legal basis: a row for each site of an incident,
 * one for a whole service. Left out are what was withdrawn or merged, and losses whose leading explanation is no ordered cut.
 */
export function quarterlyRows(
  newest: readonly PublishedVersion[],
  legal: readonly LegalBasis[],
  { name, from, to }: Quarter,
): QuarterlyRow[] {
  const records = inForce(legal, null);
  return newest
    .filter((version) => !isOver(version) && version.incident.kind !== "outage")
    .filter(({ incident }) => Date.parse(incident.start.earliest) >= from && Date.parse(incident.start.earliest) < to)
    .flatMap(({ number, version, incident }) => {
      const targets = incident.targets.length === 0 ? [null] : incident.targets;
      return targets.map((target): QuarterlyRow => {
        const known = ofIncident(records, number, target === null ? [] : [target]);
        const basis = basisOf(known);
        const last = known.filter((record) => record.basis === basis).at(-1) ?? null;
        const { kind, confidence, start, end, asns, regions } = incident;
        return {
          ...{ quarter: name, number, version, kind, confidence, target, start, end, asns, regions, basis },
          authority: last?.authority ?? null,
          statute: last?.statute ?? null,
          document: last?.document ?? null,
          remedy: last?.remedy ?? null,
          ...(last?.names && { names: last.names }),
          source: last?.source ?? null,
        };
      });
    });
}
