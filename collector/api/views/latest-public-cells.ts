import type { Reader } from "../reader.ts";
import { publicRegions } from "../small-cells.ts";
import { targetCells } from "../target-cells.ts";
import type { TargetCell } from "../types.ts";

const LATEST_MS = 2 * 3_600_000;

/**
 * The latest judgement of each target by network and region, over the witnesses that measured it within two hours.
 * Witnesses of a cell of one or two stand without a region, as their measurements do.
 */
export async function latestPublicCells({ store, now }: Reader): Promise<TargetCell[]> {
  const [probes, latest] = await Promise.all([store.probes.all(), store.verdicts.latest(now() - LATEST_MS)]);
  const regionOf = publicRegions(probes);
  const witnesses = new Set(probes.filter(({ role }) => role === "witness").map(({ id }) => id));
  const rows = latest.filter(({ probe }) => witnesses.has(probe));
  return targetCells(
    rows.map((row) => {
      const region = regionOf(row.probe);
      return { ...row, region: region?.includes("-") === true ? region : null };
    }),
  );
}
