import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Hex32, Utc } from "../../../protocol/primitives.ts";
import { addOperation } from "../spec/operation.ts";

const Size = z.int().min(1).describe("so many leaves");
const Witnesses = z.strictObject({
  heads: z.array(
    z.strictObject({
      size: Size,
      cosignatures: z.array(
        z.strictObject({ witness: z.string().describe("key of the witness (C2SP signed-note)"), made: Utc }),
      ),
    }),
  ),
});
const Stamps = z.strictObject({
  stamps: z.array(
    z.strictObject({
      size: Size,
      kind: z.enum(["rfc3161", "ots"]),
      authority: z.string().describe("who keeps time"),
      made: Utc,
      sha256: Hex32.describe("hash of the answer"),
      bytes: z.int().min(1),
    }),
  ),
});

/** What asks for one answer of who keeps time. */
export const STAMP_QUERY = z.strictObject({
  size: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, "expected a whole number")
    .transform(Number)
    .describe("so many leaves"),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "expected 64 hex digits")
    .describe("hash of the bytes (SHA-256)"),
});

/** Describes what others signed and stamped of the log. */
export function describeLogWitnesses(app: FastifyInstance): void {
  addOperation(app, {
    ...{ id: "log_witnesses", path: "/api/v1/log/witnesses", tag: "log", query: null },
    about: {
      en: "Heads of the log that witnesses cosigned: by which key, and when. The largest 200, the newest first.",
      ru: "Вершины журнала, подписанные свидетелями журнала: каким ключом и когда. До 200, новые сначала.",
      kk: "Журнал куәгерлері қоса қол қойған журнал шыңдары: қай кілтпен және қашан. 200-ге дейін, жаңасы алдымен.",
    },
    ...{ answers: [{ type: "application/json", schema: Witnesses }], example: "/api/v1/log/witnesses" },
  });
  addOperation(app, {
    ...{ id: "log_stamps", path: "/api/v1/log/stamps", tag: "log", query: null },
    about: {
      en: "Answers of those who keep time (RFC 3161, OpenTimestamps) for heads of the log. The largest 200, the newest first.",
      ru: "Ответы служб времени (RFC 3161, OpenTimestamps) для вершин журнала. До 200, новые сначала.",
      kk: "Журнал шыңдарына уақыт қызметтерінің (RFC 3161, OpenTimestamps) жауаптары. 200-ге дейін, жаңасы алдымен.",
    },
    ...{ answers: [{ type: "application/json", schema: Stamps }], example: "/api/v1/log/stamps" },
  });
  addOperation(app, {
    ...{ id: "log_stamp", path: "/api/v1/log/stamp", tag: "log", query: STAMP_QUERY, example: null },
    about: {
      en: "One such answer, byte for byte, as common tools check it.",
      ru: "Один такой ответ, байт в байт, как его проверяют обычные программы.",
      kk: "Осындай бір жауап, байтына дейін, әдеттегі бағдарламалар тексеретін күйде.",
    },
    answers: [
      { type: "application/timestamp-reply", schema: null },
      { type: "application/vnd.opentimestamps.v1", schema: null },
    ],
  });
  addOperation(app, {
    ...{ id: "verifier", path: "/verify-offline.html", tag: "log", query: null, example: null },
    about: {
      en: "The verifier as one page: keep it, and check bundles with it without a network.",
      ru: "Проверка одной страницей: сохраните её и проверяйте пакеты без сети.",
      kk: "Тексергіш бір бет түрінде: оны сақтап, бумаларды желісіз тексеріңіз.",
    },
    answers: [{ type: "text/html", schema: null }],
  });
}
