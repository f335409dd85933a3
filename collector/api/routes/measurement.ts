import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Hex32 } from "../../../protocol/primitives.ts";
import { Verdict } from "../../../protocol/verdict.ts";
import { ENVELOPE, envelopeOf, sendEnvelope } from "../envelope.ts";
import { isKnown, weakTag } from "../etag.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { namesOfRows, RowNames } from "../row-names.ts";
import { placesState } from "../row-query.ts";
import { MeasurementId, MeasurementRow, measurementRow, readMeasurementId } from "../rows/measurement-row.ts";
import { publicCells } from "../small-cells.ts";
import { addOperation } from "../spec/operation.ts";

const InLog = z.strictObject({
  leaf: z.int().min(0).describe("its place in the transparency log"),
  hash: Hex32.describe("hash of that leaf (RFC 9162)"),
  proof: z.string().describe("address of the proof that the log's newest signed head holds it"),
  checkpoint: z.string().describe("address of that signed head"),
});
const Answer = z.strictObject({
  ...ENVELOPE,
  names: RowNames,
  measurement: MeasurementRow,
  verdict: Verdict.nullable().describe("as it is judged now; null for a control's measurement and before it is judged"),
  log: InLog.nullable(),
});

/** `GET /api/v1/measurements/{id}`: one measurement with its verdict, its hash, and its place in the log. */
export function addMeasurement(app: FastifyInstance, reader: Reader): void {
  const { entries, probes, verdicts, log } = reader.store;
  app.get<{ Params: { id: string } }>("/api/v1/measurements/:id", async (request, reply) => {
    readQuery(z.strictObject({}), request.query);
    const id = readQuery(z.strictObject({ id: MeasurementId }), request.params).id;
    const { at, hash } = readMeasurementId(id);
    const found = await entries.measurement(at, hash);
    if (found === null) return sendProblem(reply, { status: 404, code: "not_found", detail: "No such measurement." });
    const known = await probes.all();
    const verdict = await verdicts.of(found.probe, found.seq);
    const tag = weakTag(id, verdict, placesState(known));
    reply.header("cache-control", "public, max-age=60").header("etag", tag);
    if (isKnown(request.headers["if-none-match"], tag)) return reply.code(304).send();
    const place = publicCells(known, reader)(found.probe);
    const measurement = measurementRow(found, { pseudonym: reader.pseudonym, place });
    const leaf = await log.leafOf(found.probe, found.seq);
    const envelope = envelopeOf(reader, request, {
      ...{ asOf: null, citesTime: false },
      coverage: { probes: 1, band: null, samples: 1 },
    });
    sendEnvelope(reply, envelope, null);
    return {
      ...envelope,
      ...{ names: namesOfRows(reader.catalogue.names, [measurement]), measurement, verdict },
      log: leaf === null ? null : inLog(leaf),
    };
  });
  addOperation(app, {
    ...{ id: "measurement", path: "/api/v1/measurements/{id}", tag: "data", query: null },
    about: {
      en: "One measurement with its verdict, the hash of its record, and its place in the transparency log.",
      ru: "Одно измерение с выводом, хешем записи и местом в журнале прозрачности.",
      kk: "Бір өлшем: қорытындысы, жазбасының хеші және ашықтық журналындағы орны.",
    },
    parts: { id: "id of the measurement" },
    answers: [{ type: "application/json", schema: Answer }],
    example: null,
  });
}

function inLog({ leaf, hash }: { leaf: number; hash: Uint8Array }): z.infer<typeof InLog> {
  return {
    leaf,
    hash: Buffer.from(hash).toString("hex"),
    proof: `/api/v1/log/proof?leaf=${leaf}`,
    checkpoint: "/api/v1/log/checkpoint",
  };
}
