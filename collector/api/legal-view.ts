import { inForce } from "../legal/in-force.ts";
import { type Quarter, quarterlyRows, quarterNamed, quarterOf } from "../legal/quarterly.ts";
import { reconcile } from "../legal/reconcile.ts";
import type { LegalView, Reconciliation } from "./legal-types.ts";
import { type Reader, stamp } from "./reader.ts";
import { standingIncidents } from "./standing-incidents.ts";
import { latestCells } from "./target-cells.ts";

const OPEN_MAX = 1000;
const QUARTERS_SHOWN = 40;

/** Everything the page of legal bases shows, for a quarter (null: the latest with an incident, else the present one). */
export async function legalView(reader: Reader, asked: Quarter | null): Promise<LegalView> {
  const { store, catalogue, now } = reader;
  const [newest, legal] = await Promise.all([store.publications.newest(), store.legal.all()]);
  const starts = newest.map(({ incident }) => quarterOf(Date.parse(incident.start.earliest)));
  const quarters = [...new Set([...starts, quarterOf(now())])].sort().reverse().slice(0, QUARTERS_SHOWN);
  const quarter = asked ?? quarterNamed(starts.toSorted().at(-1) ?? quarterOf(now()));
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    quarter: quarter?.name ?? "",
    quarters,
    rows: quarter === null ? [] : quarterlyRows(newest, legal, quarter),
    ...(await registryState(reader)),
    legal: inForce(legal, null),
  };
}

/** The registry held against what probes measure now, and whether it was ever asked. */
export async function registryState(reader: Reader): Promise<{ reconciliation: Reconciliation; asked: boolean }> {
  const { store, catalogue, now } = reader;
  const [lookups, legal, { incidents: open, heads }, cells] = await Promise.all([
    store.registry.newest(),
    store.legal.all(),
    standingIncidents(reader, { from: 0, to: now() + 1, asOf: null, openOnly: true, limit: OPEN_MAX }),
    latestCells(reader),
  ]);
  const targets = catalogue.list.targets.map(({ id }) => id);
  const reconciliation = reconcile({ targets, lookups, legal: inForce(legal, null), open, cells, heads });
  return { reconciliation, asked: lookups.length > 0 };
}
