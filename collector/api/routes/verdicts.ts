import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { VerdictRow } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";
import { inPublicRegion, nextCursor, rowQuery } from "../row-query.ts";
import { type PublicRegion, publicRegions } from "../small-cells.ts";

const { from, to, region, asn, target, limit, cursor } = PARAMETERS;

const COLUMNS = [
  { name: "probe", of: (row: Row) => row.probe },
  { name: "measured_at", of: (row: Row) => row.measuredAt },
  { name: "target", of: (row: Row) => row.target },
  { name: "asn", of: (row: Row) => row.asn },
  { name: "region", of: (row: Row) => row.region },
  { name: "code", of: (row: Row) => row.code },
  { name: "stage", of: (row: Row) => row.stage },
  { name: "strength", of: (row: Row) => row.strength },
  { name: "rule", of: (row: Row) => row.rule },
  { name: "rules_version", of: (row: Row) => row.rulesVersion },
  { name: "reasons", of: (row: Row) => row.reasons.map(({ says }) => says).join("; ") },
];

type Row = ReturnType<typeof publicRow>;

/** `GET /api/v1/verdicts`: judgements of single measurements, newest first. */
export function addVerdicts(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "verdicts",
    query: z.strictObject({ from, to, region, asn, target, limit, cursor }),
    columns: COLUMNS,
    read: async (query) => {
      const asked = rowQuery(query, reader.now());
      const regionOf = publicRegions(await reader.store.probes.all());
      const found = await reader.store.verdicts.list(asked);
      const next = nextCursor(found, asked.limit, ({ measuredAt, id }) => ({ at: measuredAt, id }));
      const rows = found.filter(inPublicRegion(query.region, regionOf)).map((row) => publicRow(reader, row, regionOf));
      return { rows, next };
    },
  });
}

function publicRow({ pseudonym }: Reader, row: VerdictRow, regionOf: PublicRegion) {
  const { probe, target, asn, measuredAt, verdict } = row;
  const region = regionOf(probe);
  return { probe: pseudonym(probe, measuredAt), target, asn, region, measuredAt: utc(measuredAt), ...verdict };
}
