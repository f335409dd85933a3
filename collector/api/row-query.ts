import type { Access } from "../../protocol/primitives.ts";
import type { EntryKind } from "../../protocol/records/entry.ts";
import type { Category } from "../../protocol/target.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Cursor, RowFilter, RowQuery, StoredProbe } from "../store/store.ts";
import { windowAsked } from "./around.ts";
import { type PageCursor, packCursor } from "./cursor.ts";
import { DEFAULT_LIMIT } from "./page-rows.ts";
import type { Reader } from "./reader.ts";
import { publicCells } from "./small-cells.ts";

const DEFAULT_DAYS = 7;

export type RowsAsked = {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly around?: string | undefined;
  readonly as_of?: number | undefined;
  readonly region?: string | undefined;
  readonly asn?: number | undefined;
  readonly access?: Access | undefined;
  readonly target?: string | undefined;
  readonly category?: Category | undefined;
  readonly kind?: readonly EntryKind[] | undefined;
  readonly code?: readonly VerdictCode[] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: PageCursor | undefined;
};

/** The state of knowledge that all pages of one listing share. */
export type Snapshot = { readonly asOf: EpochMs; readonly upTo: number };

/**
 * A query over rows from what was asked; without a window, the last seven days. Places are those under which rows are
 * published: a region that is not told for a probe does not find its rows. `own` narrows probes by network, for rows
 * that do not keep the network under which they were made.
 */
export async function rowQuery(
  reader: Reader,
  asked: RowsAsked,
  newest: Snapshot,
  own: { readonly byNetwork: boolean },
): Promise<RowQuery> {
  const { cursor } = asked;
  const snapshot = cursor ?? { asOf: asked.as_of ?? newest.asOf, upTo: newest.upTo };
  return {
    ...(await windowAsked(reader, asked, (asked.as_of ?? reader.now()) + 1, DEFAULT_DAYS)),
    ...{ asOf: snapshot.asOf, upTo: snapshot.upTo },
    target: asked.target ?? null,
    after: cursor === undefined ? null : { at: cursor.at, id: Number(cursor.id) },
    limit: asked.limit ?? DEFAULT_LIMIT,
    filter: await filterOf(reader, asked, own.byNetwork),
  };
}

async function filterOf(reader: Reader, asked: RowsAsked, byNetwork: boolean): Promise<RowFilter> {
  const { store, catalogue } = reader;
  const { region, asn, access, category, kind, code } = asked;
  const targets = catalogue.list.targets.filter((one) => one.category === category).map(({ id }) => id);
  const probes = await store.probes.all();
  const placed = region !== undefined || access !== undefined || (byNetwork && asn !== undefined);
  return {
    ...(category !== undefined && { targets }),
    ...(placed && {
      probes: probesAt(publicCells(probes, reader), probes, { region, access, asn: byNetwork ? asn : undefined }),
    }),
    ...(!byNetwork && asn !== undefined && { asn }),
    ...(kind !== undefined && { kinds: kind }),
    ...(code !== undefined && { codes: code }),
  };
}

type PlaceAsked = {
  readonly region: string | undefined;
  readonly access: Access | undefined;
  readonly asn: number | undefined;
};

function probesAt(
  cellOf: ReturnType<typeof publicCells>,
  probes: readonly StoredProbe[],
  { region, access, asn }: PlaceAsked,
): string[] {
  return probes
    .filter(({ id, asn: network }) => {
      const cell = cellOf(id);
      return (
        (region === undefined || cell.region === region) &&
        (access === undefined || cell.access === access) &&
        (asn === undefined || network === asn)
      );
    })
    .map(({ id }) => id);
}

/** The cursor of the page after one that was read. */
export function nextCursor(next: Cursor<number> | null, { asOf, upTo = 0 }: RowQuery): string | null {
  return next === null ? null : packCursor({ ...next, asOf, upTo });
}

/** Tells how many probes and rows a page of rows shows; `few` where the rows of a place are of one or two probes. */
export function countProbes(rows: readonly { probe: string }[]): number {
  return new Set(rows.map(({ probe }) => probe)).size;
}

/** What rows of probes depend on besides the rows: under which regions they are published. */
export function placesState(probes: readonly StoredProbe[]): string {
  const newest = probes.reduce((latest, { joined, left }) => Math.max(latest, joined, left ?? 0), 0);
  return `${probes.length} ${newest}`;
}
