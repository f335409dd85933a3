import { isSmall } from "../api/small-cells.ts";
import type { StoredProbe } from "../store/store.ts";

export type MetricCell = { region: string; access: string; known: number; present: number };

/**
 * Witnesses by region and kind of line, as far as that may be told: cells of too few go together into one, and that is
 * left out where it is too small itself. Scraped numbers end up in systems with more readers than this collector has.
 */
export function metricCells(
  probes: readonly StoredProbe[],
  present: ReadonlySet<string>,
  enough: number,
): MetricCell[] {
  const cells = new Map<string, MetricCell>();
  for (const { id, role, region, access, left } of probes) {
    if (role !== "witness" || left !== null) continue;
    const key = JSON.stringify([region, access]);
    const cell = cells.get(key) ?? { region: region ?? "unknown", access: access ?? "unknown", known: 0, present: 0 };
    cells.set(key, { ...cell, known: cell.known + 1, present: cell.present + (present.has(id) ? 1 : 0) });
  }
  const told = [...cells.values()].filter(({ known }) => !isSmall("witness", known, enough));
  const small = [...cells.values()].filter(({ known }) => isSmall("witness", known, enough));
  const sum = (of: (cell: MetricCell) => number) => small.reduce((total, cell) => total + of(cell), 0);
  const rest = {
    region: "other",
    access: "any",
    known: sum(({ known }) => known),
    present: sum((cell) => cell.present),
  };
  // One small cell alone would be told by its rest.
  return small.length < 2 || isSmall("witness", rest.known, enough) ? told : [...told, rest];
}
