import { coverageCells } from "../coverage.ts";
import { type Reader, stamp } from "../reader.ts";
import { standingIncidents } from "../standing-incidents.ts";
import { latestCells } from "../target-cells.ts";
import type { PlaceKind, PlacesView } from "./view-types.ts";

const RECENT_MS = 30 * 86_400_000;
const INCIDENTS_MAX = 2000;

/** All regions, or all networks, as they are now. */
export async function placesView(reader: Reader, by: PlaceKind, sort: PlacesView["sort"]): Promise<PlacesView> {
  const { store, catalogue } = reader;
  const at = reader.now();
  const all = { to: at + 1, asOf: null, limit: INCIDENTS_MAX };
  const [probes, open, recent, cells] = await Promise.all([
    store.probes.all(),
    standingIncidents(reader, { ...all, from: 0, openOnly: true }),
    standingIncidents(reader, { ...all, from: at - RECENT_MS, openOnly: false }),
    latestCells(reader),
  ]);
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    numbers: { ...open.numbers, ...recent.numbers },
    by,
    sort,
    open: open.incidents,
    recent: recent.incidents.filter(({ end }) => end !== null),
    coverage: coverageCells(
      probes.filter(({ role }) => role === "witness"),
      reader.present(),
    ),
    cells,
  };
}
