import { createHash } from "node:crypto";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { type Db, openDatabase } from "../../collector/store/database.ts";
import { ALIVE_KEY } from "../../collector/store/keys.ts";
import { migrate } from "../../collector/store/migrate.ts";
import { sqliteStore } from "../../collector/store/open-store.ts";
import { cellTable } from "../../collector/store/sqlite/cell.ts";
import { rebuildRollups } from "../../collector/store/sqlite/rebuild-rollups.ts";
import type { Incident } from "../../protocol/incident.ts";

export type Fleet = { readonly records: number; readonly days: number; readonly to: number };

const DAY_MS = 86_400_000;
const REGIONS = 20;
const NETWORKS = [9198, 29355, 48503, 21299, 41798, 39824];
const PROBES_A_CELL = 4;
const TARGETS = 60;
const CHUNK = 500_000;
const LOSSES_A_DAY = 3;
/** Received long before: a collector that starts judges anew what came in thirty days, and that is not measured here. */
const RECEIVED_BEFORE_MS = 400 * DAY_MS;

/** Writes a folder's database with so many stored measurements, judged and counted, up to `to`. */
export async function makeRecords(file: string, fleet: Fleet, say: (text: string) => void): Promise<void> {
  const db = await openDatabase(file);
  try {
    migrate(db);
    // Nothing here is worth keeping after a crash.
    db.pragma("journal_mode = DELETE");
    db.pragma("journal_mode = OFF");
    db.pragma("synchronous = OFF");
    await timed(say, "probes and presences", () => addProbes(db, fleet));
    await timed(say, `${fleet.records} entries and as many verdicts`, () => addRecords(db, fleet));
    await timed(say, "rollups of all, as the migration makes them", () => db.transaction(() => rebuildRollups(db))());
    await timed(say, "statistics of the planner", () => sqliteStore(db, file).maintain());
    db.prepare("INSERT INTO state (key, value) VALUES (?, ?)").run(ALIVE_KEY, String(fleet.to));
    db.pragma("journal_mode = WAL");
  } finally {
    db.close();
  }
}

async function timed(say: (text: string) => void, what: string, work: () => unknown): Promise<void> {
  const begun = performance.now();
  await work();
  say(`made ${what} in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** Four probes a network and region, each with some losses a day. */
function addProbes(db: Db, { days, to }: Fleet): void {
  const regions = loadCatalogue().regions.slice(0, REGIONS);
  const addProbe = db.prepare(
    "INSERT INTO probe (id, role, asn, region, access, joined, changed, hash) VALUES (?, 'witness', ?, ?, 'fixed', ?, 0, '')",
  );
  const addPresence = db.prepare("INSERT INTO presence (probe, from_at, to_at, received, cell) VALUES (?, ?, ?, ?, ?)");
  const cells = cellTable(db);
  db.exec("CREATE TEMP TABLE fleet (n INTEGER PRIMARY KEY, probe TEXT, asn INTEGER, region TEXT, cell INTEGER)");
  const addFleet = db.prepare("INSERT INTO fleet VALUES (?, ?, ?, ?, ?)");
  const from = to - days * DAY_MS;
  let n = 0;
  for (const { code: region } of regions)
    for (const asn of NETWORKS)
      for (let at = 0; at < PROBES_A_CELL; at++, n++) {
        const probe = createHash("sha256").update(`probe ${n}`).digest("hex").slice(0, 32);
        addProbe.run(probe, asn, region, from - DAY_MS);
        const cell = cells.numberOf({ role: "witness", asn, region, access: "fixed" });
        addFleet.run(n, probe, asn, region, cell);
        for (const [start, end] of spansOf(n, from, to)) addPresence.run(probe, start, end, end + 90_000, cell);
      }
}

function spansOf(n: number, from: number, to: number): [number, number][] {
  const spans: [number, number][] = [];
  const step = Math.round(DAY_MS / LOSSES_A_DAY);
  for (let start = from + ((n * 997_013) % step), at = 0; start < to; start += step, at++) {
    const away = 300_000 + ((n * 31 + at * 17) % 35) * 60_000;
    spans.push([start, Math.min(to, start + step - away)]);
  }
  return spans;
}

/** In the order of time, as they would have come. */
function addRecords(db: Db, { records, days, to }: Fleet): void {
  const targets = loadCatalogue()
    .list.targets.slice(0, TARGETS)
    .map(({ id }) => id);
  db.exec("CREATE TEMP TABLE site (t INTEGER PRIMARY KEY, target TEXT)");
  const addSite = db.prepare("INSERT INTO site VALUES (?, ?)");
  for (const [t, target] of targets.entries()) addSite.run(t, target);
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('entry', 'verdict')",
    )
    .all();
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  const fleet = REGIONS * NETWORKS.length * PROBES_A_CELL;
  const moments = { from: to - days * DAY_MS, spacing: (days * DAY_MS) / records };
  const common = `WITH RECURSIVE r (i) AS (SELECT @first UNION ALL SELECT i + 1 FROM r WHERE i + 1 < @end),
    m AS (SELECT i, CAST(@from + i * @spacing AS INTEGER) AS at, i / ${fleet} + 1 AS seq, i % ${fleet} AS n,
      (i / ${fleet} + i % ${fleet}) % ${TARGETS} AS t, (i * 2654435761) % 1000 AS luck FROM r)`;
  const entries = db.prepare(`${common} INSERT INTO entry (probe, seq, received, kind, target, at, text, hash)
    SELECT f.probe, m.seq, m.at - ${RECEIVED_BEFORE_MS}, 'web', s.target, m.at,
      '{"kind":"web","body":{"target":"' || s.target || '","dns":[],"tcp":[],"tls":[],"http":[]}}', printf('%064x', m.i)
    FROM m JOIN fleet f ON f.n = m.n JOIN site s ON s.t = m.t`);
  const verdicts = db.prepare(`${common},
    j AS (SELECT m.*, f.*, s.target, CASE WHEN m.t % 10 = 3 AND f.asn % 2 = 1 THEN 'tls_drop'
      WHEN m.luck < 20 THEN 'inconclusive' ELSE 'ok' END AS code
      FROM m JOIN fleet f ON f.n = m.n JOIN site s ON s.t = m.t)
    INSERT INTO verdict (probe, seq, target, asn, region, cell, measured, code, verdict, since)
    SELECT probe, seq, target, asn, region, cell, at, code, '{"code":"' || code ||
      '","stage":"tls","strength":"contrasted","rule":"bench","rulesVersion":"3","reasons":[]}', at FROM j`);
  for (let first = 0; first < records; first += CHUNK) {
    // Whole numbers: SQLite divides numbers of JavaScript as fractions.
    const parameters = { ...moments, first: BigInt(first), end: BigInt(Math.min(records, first + CHUNK)) };
    entries.run(parameters);
    verdicts.run(parameters);
  }
  for (const { sql } of indexes) db.exec(sql);
  db.exec(`INSERT INTO latest (probe, target, seq, asn, region, measured, code)
    SELECT probe, target, max(seq), asn, region, max(measured), code FROM verdict
    WHERE measured >= ${Math.round(to - 7_200_000)} GROUP BY probe, target`);
  db.exec(`UPDATE probe SET measured = ${Math.round(to)}, measurements = ${Math.round(records / fleet)}`);
}

/** Incidents of the month, as many as a bad one has: all have ended. */
export function incidentsOf({ days, to }: Fleet, count: number): Incident[] {
  const { list, regions } = loadCatalogue();
  const time = (at: number) => new Date(Math.round(at)).toISOString();
  return Array.from({ length: count }, (_, at): Incident => {
    const start = to - days * DAY_MS + (at / count) * (days - 1) * DAY_MS;
    const target = list.targets[at % TARGETS]?.id ?? "";
    const asn = NETWORKS[at % NETWORKS.length] ?? 0;
    return {
      ...{ id: `bench-${at}`, kind: "block", method: "tls_drop", extent: null, targets: [target], asns: [asn] },
      ...{ regions: [regions[at % REGIONS]?.code ?? ""], access: ["fixed"], confidence: "probable" },
      start: { earliest: time(start), latest: time(start + 60_000) },
      end: { earliest: time(start + 7_200_000), latest: time(start + 7_260_000) },
      ...{ detectedAt: time(start + 120_000), witnesses: 4, measurements: 64, causes: [] },
    };
  });
}
