import type { StoredProbe } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { coverageCells } from "../coverage.ts";
import { type Reader, stamp } from "../reader.ts";
import { standingIncidents } from "../standing-incidents.ts";
import { pointOf } from "./presence-rows.ts";
import type { FleetView, Lag } from "./view-types.ts";

const DAY_MS = 86_400_000;
const DAYS = 90;
const SILENCE_DAYS = 30;
const INCIDENTS_MAX = 2000;
const LAG_ROWS = 500;

/** Who watches and where nobody does, what fell silent, how fresh it is, and what we ourselves missed. */
export async function fleetView(reader: Reader): Promise<FleetView> {
  const { store, catalogue } = reader;
  const at = reader.now();
  const from = Math.floor(at / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS;
  const [probes, lanes, { incidents, numbers }, gaps, lag, totals] = await Promise.all([
    store.probes.all(),
    store.rollups.presence({
      ...{ role: "witness", region: null, asn: null, access: null },
      ...{ from, to: at, stepMs: DAY_MS, by: [] },
    }),
    standingIncidents(reader, {
      ...{ from: at - SILENCE_DAYS * DAY_MS, to: at + 1, asOf: null },
      ...{ openOnly: false, limit: INCIDENTS_MAX },
    }),
    store.gaps.within({ from: 0, to: at }),
    lagNow(reader),
    store.probes.totals(),
  ]);
  const witnesses = probes.filter(({ role }) => role === "witness");
  const controls = probes.filter(({ role, left }) => role === "control" && left === null);
  const present = reader.present();
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    numbers,
    coverage: coverageCells(witnesses, present),
    controls: { known: controls.length, present: controls.filter(({ id }) => present.has(id)).length },
    silences: incidents.filter(({ kind }) => kind === "shutdown" || kind === "outage"),
    versions: versionsOf(
      probes.filter(({ left }) => left === null),
      reader.enoughProbes,
    ),
    lag,
    measurements: { total: totals.measurements, lastAt: totals.lastAt === null ? null : utc(totals.lastAt) },
    gaps: gaps.map((gap) => ({ from: utc(gap.from), to: utc(gap.to) })).toReversed(),
    days: (lanes[0]?.parts ?? []).map(pointOf),
  };
}

/** Probes by version, most first. A version that one or two probes run could point at a person: those are one row. */
function versionsOf(probes: readonly StoredProbe[], enough: number): FleetView["versions"] {
  const counts = new Map<string | null, number>();
  for (const { software } of probes) counts.set(software, (counts.get(software) ?? 0) + 1);
  const told = [...counts].flatMap(([software, count]) =>
    software === null || count < enough ? [] : [{ software, probes: count }],
  );
  const rest = probes.length - told.reduce((sum, one) => sum + one.probes, 0);
  const sorted = told.sort((a, b) => b.probes - a.probes || a.software.localeCompare(b.software));
  return rest === 0 ? sorted : [...sorted, { software: null, probes: rest }];
}

/** From measurement to receipt, over the newest measurements of a day. */
async function lagNow({ store, now }: Reader): Promise<Lag | null> {
  const at = now();
  const { rows } = await store.entries.measurements({
    ...{ from: at - DAY_MS, to: at + 1, target: null },
    ...{ asOf: Number.MAX_SAFE_INTEGER, after: null, limit: LAG_ROWS },
  });
  const lags = rows.map((row) => Math.max(0, row.received - row.at)).sort((a, b) => a - b);
  if (lags.length === 0) return null;
  const quantile = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0;
  return { p50Ms: quantile(0.5), p95Ms: quantile(0.95), measurements: lags.length };
}
