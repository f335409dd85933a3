import type { EpochMs } from "../analysis/types.ts";
import type { Reader } from "./reader.ts";
import type { Incident, Numbers } from "./types.ts";

/** Number and version that ids of the analysis lead to. */
export type Heads = ReadonlyMap<string, { readonly number: string; readonly version: number; readonly over: boolean }>;

/** Incidents of the analysis, with the numbers that they lead to. */
export type Standing = { readonly incidents: Incident[]; readonly numbers: Numbers; readonly heads: Heads };

type Asked = {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly asOf: EpochMs | null;
  readonly openOnly: boolean;
  readonly limit: number;
  /** Where they are known already. */
  readonly heads?: Heads;
};

/**
 * Incidents that touch a window as the analysis knows them at `asOf` (null: now), newest start first. What a reviewer
 * withdrew is not among them: it stands in lists alone, marked ({@link incidentRows}).
 */
export async function standingIncidents(
  { store }: Pick<Reader, "store">,
  { heads: known, ...asked }: Asked,
): Promise<Standing> {
  const [found, heads] = await Promise.all([
    store.incidents.list(asked),
    known ?? store.publications.heads(asked.asOf),
  ]);
  const incidents = found.filter(({ id }) => heads.get(id)?.over !== true);
  return { incidents, numbers: numbersOf(heads, incidents), heads };
}

/** Numbers of the incidents of a view. */
function numbersOf(heads: Heads, incidents: readonly Incident[]): Numbers {
  const known = incidents.map(({ id }) => [id, heads.get(id)?.number] as const);
  return Object.fromEntries(known.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
