import type { CoverageCell } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";

/** Largest count of each band; beyond the last there is no upper end. */
const BANDS = [
  [3, 5],
  [6, 10],
] as const;

type Counts = Pick<CoverageCell, "known" | "present">;

/** How many probes some cells hold, as far as that may be told. */
export type Told =
  | { how: "none" }
  | { how: "few" }
  /** A small cell is among them: an exact sum less the cells that are told would give it away. */
  | { how: "band"; known: string }
  | { how: "exact"; known: number; present: number };

/** What is told of the probes of some cells together: never a count under `enough`, nor what reveals one. */
export function toldOf(cells: readonly Counts[], enough: number): Told {
  const known = cells.reduce((total, cell) => total + cell.known, 0);
  const present = cells.reduce((total, cell) => total + cell.present, 0);
  if (known === 0) return { how: "none" };
  if (known < enough) return { how: "few" };
  const small = cells.some((cell) => cell.known > 0 && cell.known < enough);
  return small ? { how: "band", known: bandText(known) } : { how: "exact", known, present };
}

/** "5 probes"; "1–2 probes" where an exact number could point at a person. */
export function probesText({ t, enoughProbes }: Pick<Context, "t" | "enoughProbes">, count: number): string {
  return count > 0 && count < enoughProbes ? t("probes.few") : t("probes.count", { count });
}

function bandText(count: number): string {
  const band = BANDS.find(([, most]) => count <= most);
  return band === undefined ? ">10" : band.join("–");
}
