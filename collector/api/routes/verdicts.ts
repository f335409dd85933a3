import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addListing } from "../listing.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";
import { countProbes, nextCursor, placesState, type RowsAsked, rowQuery } from "../row-query.ts";
import { VERDICT_COLUMNS, VerdictRow, verdictRow } from "../rows/verdict-row.ts";
import { publicCells } from "../small-cells.ts";
import { snapshotOf } from "../snapshot.ts";

const { from, to, as_of, around, region, asn, access, target, category, code, limit, cursor } = PARAMETERS;

/** `GET /api/v1/verdicts`: judgements of single measurements, newest first; `as_of` gives those of that moment. */
export function addVerdicts(app: FastifyInstance, reader: Reader): void {
  const { verdicts, probes } = reader.store;
  addListing(app, reader, {
    name: "verdicts",
    about: {
      en: "Verdicts on single measurements, newest first: what each shows, by which rule, and why.",
      ru: "Выводы по отдельным измерениям, новые сначала: что каждое показывает, по какому правилу и почему.",
      kk: "Жеке өлшемдер бойынша қорытындылар, жаңасы алдымен: әрқайсысы нені көрсетеді, қай ереже бойынша және неліктен.",
    },
    query: z.strictObject({
      ...{ from, to, as_of, around, region, asn, access, target, category, code, limit, cursor },
    }),
    row: VerdictRow,
    columns: VERDICT_COLUMNS,
    example: "limit=2",
    state: async () => `${await verdicts.lastChange()} ${placesState(await probes.all())}`,
    read: (query) => readVerdicts(reader, query),
  });
}

async function readVerdicts(reader: Reader, asked: RowsAsked) {
  const { verdicts, probes } = reader.store;
  const newest = { asOf: snapshotOf(reader, await verdicts.lastChange()), upTo: 0 };
  const query = await rowQuery(reader, asked, newest, { byNetwork: false });
  const cellOf = publicCells(await probes.all(), reader);
  const found = await verdicts.list(query);
  const { pseudonym } = reader;
  const rows = found.rows.map((row) => verdictRow(row, { pseudonym, place: cellOf(row.probe) }));
  return {
    ...{ rows, next: nextCursor(found.next, query), asOf: query.asOf },
    coverage: { probes: countProbes(rows), band: null, samples: rows.length },
  };
}
