import type { Reader } from "../api/reader.ts";
import { entryOf } from "../judging/stored-items.ts";
import type { LatestRow, PresenceRow, StoredProbe } from "../store/store.ts";
import { utc } from "../time.ts";
import type { ProbeRow } from "./types.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const HOUR_MS = 3_600_000;
/** Judgements that speak of the probe's own line or host, and those that say nothing. */
const OWN_LINE = new Set(["offline", "captive_portal", "local_interference"]);

/** Every probe with what tells how much its word is worth; those that left come last. */
export async function probeRows(reader: Reader, short: (probe: string) => string): Promise<ProbeRow[]> {
  const { store, now } = reader;
  const window = { from: now() - WEEK_MS, to: now() + 1 };
  const [probes, presences, latest] = await Promise.all([
    store.probes.all(),
    store.presence.within(window),
    store.verdicts.latest(now() - DAY_MS),
  ]);
  const beats = grouped(presences);
  const judged = grouped(latest);
  const present = reader.present();
  const rows = await Promise.all(
    probes.map(async (probe): Promise<ProbeRow> => {
      const own = beats.get(probe.id) ?? [];
      return {
        ...placeOf(probe),
        short: short(probe.id),
        present: present.has(probe.id),
        ...presenceOf(probe, own, { from: window.from, to: now() }, present.has(probe.id)),
        entries: probe.head.seq,
        judged: judgedOf(judged.get(probe.id) ?? []),
        ...(await lineOf(reader, probe)),
      };
    }),
  );
  return rows.sort((a, b) => Number(a.left !== null) - Number(b.left !== null) || (a.joined < b.joined ? 1 : -1));
}

function placeOf({ role, region, asn, access, own, joined, left, revoked, software }: StoredProbe) {
  const times = { joined: utc(joined), left: left === null ? null : utc(left) };
  return { role, region, asn, access, own, ...times, revoked, software };
}

function presenceOf(
  probe: StoredProbe,
  rows: readonly PresenceRow[],
  { from, to }: { from: number; to: number },
  isThere: boolean,
) {
  const begin = Math.max(from, probe.joined);
  const end = probe.left ?? to;
  const heardMs = rows.reduce((sum, row) => {
    const until = row.received === null && isThere ? to : row.to;
    return sum + Math.max(0, Math.min(until, end) - Math.max(row.from, begin));
  }, 0);
  const last = Math.max(0, ...rows.map((row) => row.to));
  const whole = end - begin;
  return {
    lastHeard: last === 0 ? null : utc(last),
    presence: whole < HOUR_MS ? null : Math.min(1, heardMs / whole),
  };
}

function judgedOf(rows: readonly LatestRow[]): ProbeRow["judged"] {
  const ownLine = rows.filter(({ code }) => OWN_LINE.has(code)).length;
  const unclear = rows.filter(({ code }) => code === "inconclusive").length;
  return { told: rows.length - ownLine - unclear, unclear, ownLine };
}

/** What its latest look at its own line says of clock and VPN. */
async function lineOf({ store }: Reader, { id }: StoredProbe): Promise<Pick<ProbeRow, "clockOffsetMs" | "vpn">> {
  const row = await store.entries.latestLink(id);
  if (row === null) return { clockOffsetMs: null, vpn: false };
  const entry = entryOf(row);
  const vpn = entry.kind === "link" && entry.body.vpn === true;
  return { clockOffsetMs: entry.clock.source === "none" ? null : entry.clock.offsetMs, vpn };
}

function grouped<Row extends { probe: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.probe);
    if (group === undefined) groups.set(row.probe, [row]);
    else group.push(row);
  }
  return groups;
}
