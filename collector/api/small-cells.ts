import { z } from "zod";
import type { Access } from "../../protocol/primitives.ts";
import type { StoredProbe } from "../store/store.ts";
import type { CoverageCell } from "./types.ts";

/** Stands in place of a count that could point at single volunteers: from one to the most that is not told. */
export const Band = z.string().regex(/^1-\d{1,3}$/);

/** The band of small counts under the threshold in force: `1-2`, or what those who run the collector made of it. */
export function smallBand(enough: number): string {
  return `1-${enough - 1}`;
}

export type Role = StoredProbe["role"];

/** The threshold, wherever it travels: a reader, a view. */
export type Enough = { readonly enoughProbes: number };

/** A cell as published: `band` stands in place of both counts where they would point at single volunteers. */
export type PublicCell = Omit<CoverageCell, "known" | "present"> & {
  role: Role;
  known: number | null;
  present: number | null;
  band: string | null;
};

/** Hides the counts of a cell of few witnesses. Controls are no volunteers at risk: theirs are told. */
export function publicCell(
  { known, present, ...cell }: CoverageCell & { role: Role },
  { enoughProbes }: Enough,
): PublicCell {
  return isSmall(cell.role, known, enoughProbes)
    ? { ...cell, known: null, present: null, band: smallBand(enoughProbes) }
    : { ...cell, known, present, band: null };
}

/** Whether so many known probes of one role are too few to count in public. */
export function isSmall(role: Role, known: number, enough: number): boolean {
  return role === "witness" && known < enough;
}

/** The place under which rows of a probe are published. */
export type PublicPlace = { readonly region: string | null; readonly access: Access | null };

/**
 * The probe's region and access, or only its country where fewer than `enoughProbes` witnesses are known on its
 * network, region and access. Probes that left do not count: nobody hides among the gone.
 */
export function publicCells(probes: readonly StoredProbe[], { enoughProbes }: Enough): (probe: string) => PublicPlace {
  const known = new Map<string, number>();
  for (const probe of probes)
    if (probe.role === "witness" && probe.left === null) known.set(cellOf(probe), (known.get(cellOf(probe)) ?? 0) + 1);
  const byId = new Map(probes.map((probe) => [probe.id, probe]));
  return (id) => {
    const probe = byId.get(id);
    if (probe === undefined) return { region: null, access: null };
    const { region, access } = probe;
    const small = isSmall(probe.role, known.get(cellOf(probe)) ?? 0, enoughProbes);
    return small ? { region: region === null ? null : countryOf(region), access: null } : { region, access };
  };
}

/** The region under which rows of a probe are published. */
export type PublicRegion = (probe: string) => string | null;

/** The region of {@link publicCells} alone. */
export function publicRegions(probes: readonly StoredProbe[], enough: Enough): PublicRegion {
  const cells = publicCells(probes, enough);
  return (probe) => cells(probe).region;
}

function cellOf({ region, asn, access }: StoredProbe): string {
  return JSON.stringify([region, asn, access]);
}

/** Country of a place: `KZ` of `KZ-75`. */
export function countryOf(place: string): string {
  return place.slice(0, 2);
}
