import type { EpochMs } from "../analysis/types.ts";
import type { Reader } from "./reader.ts";
import type { EarlierState, Incident } from "./types.ts";

const READ_MAX = 10_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A start is dated anew by journals that come late; by more than this it would be another incident. */
const MOVED_MS = 2 * DAY_MS;
/** Moments after an incident was noticed at which it is looked up as it was known then. */
const SAMPLES_MS = [
  ...[0, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS],
  ...[1, 2, 4, 7, 14, 30, 60, 120, 240, 480].map((days) => days * DAY_MS),
];

/** An incident by its id, as known at `asOf` (null: now); null when none is known by it. */
export function findIncident({ store }: Reader, id: string, asOf: EpochMs | null): Promise<Incident | null> {
  return store.incidents.byId(id, asOf);
}

/** How an incident was known at moments before `until`, where that differs from what came after; oldest first. */
export async function earlierStates(reader: Reader, incident: Incident, until: EpochMs): Promise<EarlierState[]> {
  const noticed = Date.parse(incident.detectedAt);
  const states: { asOf: EpochMs; state: Incident }[] = [];
  for (const asOf of SAMPLES_MS.map((after) => noticed + after).filter((at) => at < until)) {
    const state = await stateAt(reader, incident, asOf);
    if (state !== null) states.push({ asOf, state });
  }
  return states.flatMap(({ asOf, state }, index) => {
    const next = states[index + 1]?.state ?? incident;
    if (substance(state) === substance(next)) return [];
    const { confidence, witnesses, end } = state;
    return [{ asOf: new Date(asOf).toISOString(), confidence, witnesses, end }];
  });
}

async function stateAt({ store }: Reader, { id, start }: Incident, asOf: EpochMs): Promise<Incident | null> {
  const window = { from: Date.parse(start.earliest) - MOVED_MS, to: Date.parse(start.latest) + MOVED_MS };
  const then = await store.incidents.list({ ...window, asOf, openOnly: false, limit: READ_MAX });
  return then.find((incident) => incident.id === id) ?? null;
}

/** What a reader would call a change; counts that grow with every round are not. */
function substance({ witnesses: _w, measurements: _m, version: _v, causes, ...rest }: Incident): string {
  return JSON.stringify({ ...rest, causes: causes.map(({ cause, verdict }) => [cause, verdict]) });
}
