import { isBlocking, type VerdictCode } from "../../../protocol/verdict.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { VerdictCount } from "../../store/rollups.ts";
import type { StoredProbe } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { type Reader, stamp } from "../reader.ts";
import { SILENT_CODES } from "../target-cells.ts";
import type { MatrixValue, MatrixView, MatrixViewCell } from "./view-types.ts";

const STEP_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
const COUNTS_MAX = 100_000;
const INCIDENTS_MAX = 2000;

export type MatrixChoice = {
  readonly at: EpochMs | null;
  readonly value: MatrixValue;
  readonly sort: MatrixView["sort"];
};

/** Regions against networks at one moment, held to whole five minutes so that its address always shows the same. */
export async function matrixView(reader: Reader, choice: MatrixChoice): Promise<MatrixView> {
  const { store, catalogue } = reader;
  const now = reader.now();
  const at = Math.floor(Math.min(choice.at ?? now, now) / STEP_MS) * STEP_MS;
  const all = { role: "witness", region: null, asn: null, access: null } as const;
  const wantsSites = choice.value === "sites" || choice.value === "dns";
  const [probes, lanes, counts, incidents, gaps] = await Promise.all([
    store.probes.all(),
    store.rollups.presence({ ...all, from: at - STEP_MS, to: at, stepMs: STEP_MS, by: ["region", "asn"] }),
    wantsSites
      ? store.rollups.verdicts({
          ...all,
          ...{ from: at - HOUR_MS, to: at, grain: "hour", target: null, rowsMax: COUNTS_MAX },
          by: ["region", "asn", "target"],
        })
      : [],
    store.incidents.list({ from: at, to: at + 1, asOf: null, openOnly: false, limit: INCIDENTS_MAX }),
    store.gaps.within({ from: at - STEP_MS, to: at }),
  ]);
  const bySite = sitesOf(counts);
  const cells = knownCells(probes, at).map((cell): MatrixViewCell => {
    const lane = lanes.find(({ region, asn }) => region === cell.region && asn === cell.asn);
    const sites = bySite.get(keyOf(cell)) ?? [];
    return {
      ...cell,
      present: lane?.parts.at(-1)?.min ?? null,
      measured: sites.length,
      interfered: sites.filter(({ interfered }) => interfered).length,
      dns: sites.filter(({ dns }) => dns).length,
    };
  });
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    at: utc(at),
    value: choice.value,
    sort: choice.sort,
    cells,
    open: incidents,
    gaps: gaps.map(({ from, to }) => ({ from: utc(from), to: utc(to) })),
  };
}

type Cell = Pick<MatrixViewCell, "region" | "asn" | "known">;

/** Cells in which witnesses were known at a moment. */
function knownCells(probes: readonly StoredProbe[], at: EpochMs): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { role, region, asn, joined, left } of probes) {
    if (role !== "witness" || region === null || asn === null) continue;
    if (joined > at || (left !== null && left <= at)) continue;
    const key = keyOf({ region, asn });
    cells.set(key, { region, asn, known: (cells.get(key)?.known ?? 0) + 1 });
  }
  return [...cells.values()];
}

type Site = { interfered: boolean; dns: boolean };

/** Of each cell its sites: with signs of interference where at least half of the judgements that tell say so. */
function sitesOf(counts: readonly VerdictCount[]): Map<string, Site[]> {
  const bySite = new Map<string, { cell: string; telling: number; interfered: number; dns: number }>();
  for (const { region = null, asn = null, target = "", code, count } of counts) {
    const cell = keyOf({ region: region ?? "", asn: asn ?? 0 });
    const site = bySite.get(`${cell} ${target}`) ?? { cell, telling: 0, interfered: 0, dns: 0 };
    if (!SILENT_CODES.has(code)) site.telling += count;
    if (interferes(code)) site.interfered += count;
    if (code === "dns_tamper") site.dns += count;
    bySite.set(`${cell} ${target}`, site);
  }
  const cells = new Map<string, Site[]>();
  for (const { cell, telling, interfered, dns } of bySite.values()) {
    if (telling === 0) continue;
    const site = { interfered: interfered * 2 >= telling && interfered > 0, dns: dns * 2 >= telling && dns > 0 };
    cells.set(cell, [...(cells.get(cell) ?? []), site]);
  }
  return cells;
}

/** Whether a verdict is consistent with somebody interfering: blocked, or slowed down. */
export function interferes(code: VerdictCode): boolean {
  return isBlocking(code) || code === "throttled";
}

function keyOf({ region, asn }: Pick<Cell, "region" | "asn">): string {
  return `${region} ${asn}`;
}
