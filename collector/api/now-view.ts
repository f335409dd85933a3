import { entryOf } from "../judging/stored-items.ts";
import type { StoredProbe } from "../store/store.ts";
import { utc } from "../time.ts";
import { coverageCells } from "./coverage.ts";
import { type Reader, stamp } from "./reader.ts";
import { standingIncidents } from "./standing-incidents.ts";
import { latestCells } from "./target-cells.ts";
import type { NowView, OwnLine } from "./types.ts";

const RECENT_MS = 30 * 86_400_000;
const OPEN_MAX = 1000;
const RECENT_MAX = 50;

/** Everything the first page shows, as known now. */
export async function nowView(reader: Reader): Promise<NowView> {
  const { store, catalogue } = reader;
  const at = reader.now();
  const all = { from: 0, to: at + 1, asOf: null, heads: await store.publications.heads(null) };
  const [probes, open, recent, cells, totals] = await Promise.all([
    store.probes.all(),
    standingIncidents(reader, { ...all, openOnly: true, limit: OPEN_MAX }),
    standingIncidents(reader, { ...all, from: at - RECENT_MS, openOnly: false, limit: OPEN_MAX }),
    latestCells(reader),
    store.probes.totals(),
  ]);
  const witnesses = probes.filter(({ role }) => role === "witness");
  const controls = probes.filter(({ role, left }) => role === "control" && left === null);
  const present = reader.present();
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    numbers: { ...open.numbers, ...recent.numbers },
    open: open.incidents,
    recent: recent.incidents.filter(({ end }) => end !== null).slice(0, RECENT_MAX),
    coverage: coverageCells(witnesses, present),
    controls: { known: controls.length, present: controls.filter(({ id }) => present.has(id)).length },
    cells,
    ownLine: await ownLine(reader, probes),
    measurements: { total: totals.measurements, lastAt: totals.lastAt === null ? null : utc(totals.lastAt) },
  };
}

/** State of the line of the probe that runs beside this collector, from its latest link entry. */
async function ownLine({ store }: Reader, probes: readonly StoredProbe[]): Promise<OwnLine | null> {
  const own = probes.filter((probe) => probe.own && probe.left === null);
  const rows = await Promise.all(own.map(({ id }) => store.entries.latestLink(id)));
  const latest = rows.filter((row) => row !== null).sort((a, b) => b.at - a.at)[0];
  if (latest === undefined) return null;
  const entry = entryOf(latest);
  if (entry.kind !== "link") return null;
  const since = Date.parse(entry.body.since) + entry.clock.offsetMs;
  return { state: entry.body.state, since: utc(since), checkedAt: utc(latest.at) };
}
