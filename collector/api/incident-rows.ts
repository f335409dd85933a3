import type { Incident, IncidentRow, Numbers } from "./types.ts";

/** Number and version that ids of the analysis lead to. */
export type Heads = ReadonlyMap<string, { readonly number: string; readonly version: number }>;

/** An incident of the analysis with the number and version under which it is published. */
export function incidentRow({ version: revision, ...incident }: Incident, heads: Heads): IncidentRow {
  const head = heads.get(incident.id);
  return {
    ...incident,
    number: head?.number ?? null,
    ...(head !== undefined && { version: head.version }),
    ...(revision !== undefined && { revision }),
  };
}

/** Numbers of the incidents of a view. */
export function numbersOf(heads: Heads, incidents: readonly Incident[]): Numbers {
  const known = incidents.map(({ id }) => [id, heads.get(id)?.number] as const);
  return Object.fromEntries(known.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
