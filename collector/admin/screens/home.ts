import { monitorEventLoopDelay } from "node:perf_hooks";
import type { FastifyInstance } from "fastify";
import { SOFTWARE } from "../../../protocol/software.ts";
import { freeBytes, storeBytes } from "../../metrics/gauges.ts";
import type { StoredProbe } from "../../store/store.ts";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import type { HealthView } from "../types.ts";
import { addScreen } from "../visit.ts";

const DAY_MS = 86_400_000;
const GAPS_SHOWN = 20;
const OPEN_MAX = 10_000;

/** The first screen: how the collector is. */
export function addHome(app: FastifyInstance, desk: Desk): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  app.addHook("onClose", async () => void delay.disable());
  addScreen(app, desk, {
    path: "",
    role: "viewer",
    get: async ({ frame }) => ({ page: desk.pages.home(await healthOf(desk, delay.percentile(99) / 1e6), frame) }),
  });
}

async function healthOf(desk: Desk, eventLoopMs: number): Promise<HealthView> {
  const { reader, metrics, config, startedAt } = desk;
  const { store } = reader;
  const now = reader.now();
  const open = { from: 0, to: Number.MAX_SAFE_INTEGER, asOf: null, openOnly: true, limit: OPEN_MAX };
  const [probes, totals, logEntries, bytes, free, alerts, incidents, gaps] = await Promise.all([
    store.probes.all(),
    store.probes.totals(),
    store.log.size(),
    storeBytes(config.data),
    freeBytes(config.data),
    store.admin.alerts.counts(),
    store.incidents.list(open),
    store.gaps.within({ from: now - 30 * DAY_MS, to: now + 1 }),
  ]);
  const known = probes.filter(({ left }) => left === null);
  return {
    ...{ startedAt: utc(startedAt), rulesVersion: reader.rulesVersion, software: SOFTWARE },
    witnesses: counted(known, "witness", reader.present()),
    controls: counted(known, "control", reader.present()),
    versions: versionsOf(known),
    measurements: { total: totals.measurements, lastAt: totals.lastAt === null ? null : utc(totals.lastAt) },
    ...{ logEntries, storeBytes: bytes.database, journalBytes: bytes.journal, freeBytes: free },
    ...{ turnsWaiting: desk.turnsWaiting(), eventLoopMs, memoryBytes: process.memoryUsage().rss },
    ...{ rejectedSignatures: metrics.rejectedSignatures(), alerts, openIncidents: incidents.length },
    jobs: metrics.jobs().map(({ at, ...run }) => ({ ...run, at: utc(at) })),
    gaps: gaps.slice(-GAPS_SHOWN).map(({ from, to }) => ({ from: utc(from), to: utc(to) })),
  };
}

function counted(known: readonly StoredProbe[], role: StoredProbe["role"], present: ReadonlySet<string>) {
  const ofRole = known.filter((probe) => probe.role === role);
  return { known: ofRole.length, present: ofRole.filter(({ id }) => present.has(id)).length };
}

function versionsOf(known: readonly StoredProbe[]): HealthView["versions"] {
  const counts = new Map<string, number>();
  for (const { software } of known) counts.set(software ?? "?", (counts.get(software ?? "?") ?? 0) + 1);
  return [...counts].map(([software, probes]) => ({ software, probes })).sort((a, b) => b.probes - a.probes);
}
