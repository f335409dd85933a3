import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  BULK_FORMATS,
  BULK_TABLES,
  type BulkFile,
  BulkVersion,
  type DayManifest,
  readDay,
  readDays,
} from "../../bulk/manifest.ts";
import { placeCoverage } from "../answer-coverage.ts";
import { ENVELOPE, envelopeOf, sendEnvelope } from "../envelope.ts";
import { isKnown, weakTag } from "../etag.ts";
import { sendProblem } from "../problem.ts";
import { readRange } from "../range.ts";
import type { Reader } from "../reader.ts";
import { addOperation } from "../spec/operation.ts";

const TYPES = { ndjson: "application/gzip", parquet: "application/vnd.apache.parquet" };
const FOR_EVER = "public, max-age=31536000, immutable";

const Day = z.strictObject({
  day: z.string(),
  ...BulkVersion.shape,
  earlier: z.array(BulkVersion).describe("versions before, still there"),
});
const Manifest = z.strictObject({ ...ENVELOPE, days: z.array(Day).describe("the newest first") });

/**
 * `GET /data/manifest.json`: what there is by day; `/data/<day>/v<n>/<file>`: the files, whole or in parts (RFC 9110 14),
 * so that a download goes on where a line broke.
 */
export function addData(app: FastifyInstance, reader: Reader, folder: string): void {
  app.get("/data/manifest.json", async (request, reply) => {
    const days = (await readDays(folder)).map(shownDay);
    const tag = weakTag(days);
    reply.header("cache-control", "public, max-age=300").header("etag", tag);
    if (isKnown(request.headers["if-none-match"], tag)) return reply.code(304).send();
    const envelope = envelopeOf(reader, request, {
      ...{ asOf: null, citesTime: false },
      coverage: await placeCoverage(reader, {}, null),
    });
    sendEnvelope(reply, envelope, null);
    return { ...envelope, days };
  });
  app.get<{ Params: { day: string; version: string; file: string } }>(
    "/data/:day/:version/:file",
    async (request, reply) => {
      const { day, version, file } = request.params;
      const wanted = `${day}/${version}/${file}`;
      const found = NAME.test(wanted) ? fileOf(await readDay(folder, day), wanted) : null;
      return found === null ? noFile(reply) : sendFile(request, reply, join(folder, wanted), found);
    },
  );
  describeRoutes(app);
}

const NAME = new RegExp(
  `^\\d{4}-\\d\\d-\\d\\d/v[1-9]\\d{0,5}/(?:${BULK_TABLES.join("|")})\\.(?:${Object.values(BULK_FORMATS).join("|").replaceAll(".", "\\.")})$`,
);

function shownDay({ day, versions }: DayManifest) {
  const [newest, ...earlier] = versions;
  return { day, ...newest, earlier };
}

function fileOf(manifest: DayManifest | null, path: string): BulkFile | null {
  return manifest?.versions.flatMap(({ files }) => files).find((file) => file.path === path) ?? null;
}

function noFile(reply: FastifyReply) {
  return sendProblem(reply, {
    status: 404,
    code: "not_found",
    detail: "There is no such file: see /data/manifest.json.",
  });
}

/** Sends a file that never changes, or the part of it that was asked for. */
async function sendFile({ headers }: FastifyRequest, reply: FastifyReply, path: string, file: BulkFile) {
  const there = await stat(path).catch(() => null);
  // The manifest names what was there when it was written.
  if (there === null || there.size !== file.bytes) return noFile(reply);
  const tag = `"${file.sha256}"`;
  reply.headers({
    etag: tag,
    "accept-ranges": "bytes",
    "cache-control": FOR_EVER,
    "content-disposition": `attachment; filename="kuager-${file.path.replaceAll("/", "-")}"`,
    "x-sha256": file.sha256,
  });
  reply.type(TYPES[file.format]);
  if (isKnown(headers["if-none-match"], tag)) return reply.code(304).send();
  // A part of another file is of no use: then the whole is sent.
  const asked = headers["if-range"] === undefined || headers["if-range"] === tag ? headers.range : undefined;
  const range = readRange(asked, file.bytes);
  if (range === "none")
    return sendProblem(reply.header("content-range", `bytes */${file.bytes}`), {
      ...{ status: 416, code: "no_such_range", detail: `The file has ${file.bytes} bytes.` },
    });
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
  reply.header("content-length", end - start + 1);
  if (range !== null) reply.code(206).header("content-range", `bytes ${start}-${end}/${file.bytes}`);
  return reply.send(createReadStream(path, { start, end }));
}

function describeRoutes(app: FastifyInstance): void {
  addOperation(app, {
    ...{ id: "manifest", path: "/data/manifest.json", tag: "bulk", query: null },
    about: {
      en: "The daily files: measurements, verdicts, incidents and coverage of each UTC day, with rows, bytes and SHA-256.",
      ru: "Дневные файлы: измерения, выводы, инциденты и покрытие за каждые сутки UTC, с числом строк, байтов и SHA-256.",
      kk: "Күндік файлдар: әр UTC тәулігінің өлшемдері, қорытындылары, инциденттері және қамтуы; жол, байт саны және SHA-256.",
    },
    answers: [{ type: "application/json", schema: Manifest }],
    example: "/data/manifest.json",
  });
  addOperation(app, {
    ...{ id: "data_file", path: "/data/{day}/{version}/{file}", tag: "bulk", query: null },
    about: {
      en: "One file of a day at one version; it never changes. Parts of it may be asked for (Range).",
      ru: "Один файл одного дня в одной версии; он не меняется. Можно запросить часть (Range).",
      kk: "Бір күннің бір нұсқасындағы бір файл; ол өзгермейді. Бөлігін сұрауға болады (Range).",
    },
    parts: { day: "such as 2026-11-27", version: "such as v1", file: "such as verdicts.parquet" },
    answers: Object.values(TYPES).map((type) => ({ type, schema: null })),
    example: null,
  });
}
