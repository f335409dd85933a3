import type { HttpStep } from "../../../protocol/records/web.ts";
import { isBlocking } from "../../../protocol/verdict.ts";
import type { BlockPage } from "../../../targets/schema.ts";
import type { NetworkTransparency, Transparency } from "../../api/legal-types.ts";
import { entryOf } from "../../judging/stored-items.ts";
import type { Store, VerdictRow } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { pointsOf, type SeenPage, scorePage, scoreSilence } from "./score-page.ts";

/** Measurements that gave a page, looked at for one network, the latest first. */
const PAGES_READ = 8;

/**
 * How open each network is about blocking a target, from verdicts on measurements: the fullest page that it showed counts,
 * and no page is no point. Networks that were not found to block it do not stand in the list.
 */
export async function transparencyOf(
  store: Pick<Store, "entries">,
  marks: readonly BlockPage[],
  rows: readonly VerdictRow[],
): Promise<Transparency> {
  const networks = new Map<number | null, VerdictRow[]>();
  for (const row of rows) if (isBlocking(row.verdict.code)) push(networks, row);
  const scored = await Promise.all(
    [...networks].map(([asn, own]) =>
      scoreNetwork(
        store,
        marks,
        asn,
        own.toSorted((a, b) => b.measuredAt - a.measuredAt),
      ),
    ),
  );
  scored.sort((a, b) => b.points - a.points || (a.asn ?? 0) - (b.asn ?? 0));
  const points = scored.map((one) => one.points);
  return {
    networks: scored,
    lowest: points.length === 0 ? null : Math.min(...points),
    highest: points.length === 0 ? null : Math.max(...points),
  };
}

function push(networks: Map<number | null, VerdictRow[]>, row: VerdictRow): void {
  const own = networks.get(row.asn);
  if (own === undefined) networks.set(row.asn, [row]);
  else own.push(row);
}

async function scoreNetwork(
  { entries }: Pick<Store, "entries">,
  marks: readonly BlockPage[],
  asn: number | null,
  rows: readonly VerdictRow[],
): Promise<NetworkTransparency> {
  const methods = [...new Set(rows.map(({ verdict }) => verdict.code))].sort();
  let best: NetworkTransparency = { asn, methods, points: 0, criteria: scoreSilence(), seenAt: null, record: null };
  for (const row of rows.filter(({ verdict }) => verdict.code === "block_page").slice(0, PAGES_READ)) {
    const entry = await entries.at(row.probe, row.seq);
    const page = entry === null ? null : pageOf(entry.text);
    if (entry === null || page === null) continue;
    const criteria = scorePage(page, marks);
    if (pointsOf(criteria) <= best.points) continue;
    best = { ...best, points: pointsOf(criteria), criteria, seenAt: utc(row.measuredAt), record: entry.hash };
  }
  return best;
}

/** The page that came in place of the site: its text where the probe kept it, else title, status and headers alone. */
function pageOf(text: string): SeenPage | null {
  const entry = entryOf({ text });
  if (entry.kind !== "web") return null;
  const pages = entry.body.http.filter(({ failure, status }) => failure === null && status !== null);
  const page =
    pages.find(({ blockPage }) => blockPage !== undefined) ?? pages.find(({ status }) => status === 451) ?? pages[0];
  return page === undefined ? null : seen(page);
}

function seen({ status, headers, title, blockPage }: HttpStep): SeenPage {
  return { status, headers, title, text: (blockPage ?? "").replace(/<[^>]*>/g, " ") };
}
