import type { StoredProbe } from "../store/store.ts";
import { type CoverageCell, ENOUGH_PROBES } from "./types.ts";

export type Role = StoredProbe["role"];

/** A cell as published: `band` stands in place of both counts where they would point at single volunteers. */
export type PublicCell = Omit<CoverageCell, "known" | "present"> & {
  role: Role;
  known: number | null;
  present: number | null;
  band: "1-2" | null;
};

/** Hides the counts of a cell of few witnesses. Controls are no volunteers at risk: theirs are told. */
export function publicCell({ known, present, ...cell }: CoverageCell & { role: Role }): PublicCell {
  return isSmall(cell.role, known)
    ? { ...cell, known: null, present: null, band: "1-2" }
    : { ...cell, known, present, band: null };
}

/** Whether so many known probes of one role are too few to count in public. */
export function isSmall(role: Role, known: number): boolean {
  return role === "witness" && known < ENOUGH_PROBES;
}

/** The region under which rows of a probe are published. */
export type PublicRegion = (probe: string) => string | null;

/**
 * The probe's region, or only its country where fewer than {@link ENOUGH_PROBES} witnesses are known on its network,
 * region and access. Probes that left do not count: nobody hides among the gone.
 */
export function publicRegions(probes: readonly StoredProbe[]): PublicRegion {
  const known = new Map<string, number>();
  for (const probe of probes)
    if (probe.role === "witness" && probe.left === null) known.set(cellOf(probe), (known.get(cellOf(probe)) ?? 0) + 1);
  const byId = new Map(probes.map((probe) => [probe.id, probe]));
  return (id) => {
    const probe = byId.get(id);
    if (probe === undefined || probe.region === null) return null;
    return isSmall(probe.role, known.get(cellOf(probe)) ?? 0) ? countryOf(probe.region) : probe.region;
  };
}

function cellOf({ region, asn, access }: StoredProbe): string {
  return JSON.stringify([region, asn, access]);
}

/** Country of a place: `KZ` of `KZ-75`. */
export function countryOf(place: string): string {
  return place.slice(0, 2);
}
