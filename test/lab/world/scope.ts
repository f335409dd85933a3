import { CELLS, CITIES, NETWORKS } from "./places.ts";

/** One network in one city, as `9198@KZ-75`. */
export type Cell = `${number}@${string}`;

/** Every cell with probes. */
export const WATCHED: readonly Cell[] = CELLS.flatMap((cell) => {
  const network = NETWORKS.find(({ slug }) => slug === cell.network);
  const city = CITIES.find(({ slug }) => slug === cell.city);
  return network && city ? [`${network.asn}@${city.region}` as const] : [];
});

/** The watched cells that networks and regions mean together; empty lists mean all that were watched. */
export function cellsOf(asns: readonly number[], regions: readonly string[]): Cell[] {
  return WATCHED.filter((cell) => {
    const [asn = "", region = ""] = cell.split("@");
    return (asns.length === 0 || asns.includes(Number(asn))) && (regions.length === 0 || regions.includes(region));
  });
}

/** Networks of cells, for people: `AS9198, AS21299`. */
export function networksText(cells: readonly Cell[]): string {
  return unique(cells.map((cell) => `AS${cell.split("@")[0]}`)).join(", ");
}

/** Cities of cells, for people. */
export function citiesText(cells: readonly Cell[]): string {
  const regions = unique(cells.map((cell) => cell.split("@")[1] ?? ""));
  return regions.map((region) => CITIES.find((city) => city.region === region)?.name ?? region).join(", ");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
