import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Hex32 } from "../../../protocol/primitives.ts";
import { addOperation } from "../spec/operation.ts";

const Whole = z
  .string()
  .regex(/^\d{1,15}$/, "expected a whole number")
  .transform(Number);
const EntryName = z
  .string()
  .regex(/^[0-9a-f]{32}\/[1-9]\d{0,14}$/, "expected the id of a probe, a slash, and a number such as …/42")
  .transform((text) => ({ probe: text.slice(0, 32), seq: Number(text.slice(33)) }));

/** What asks for a proof that an entry is in the log. */
export const PROOF_QUERY = z.strictObject({
  entry: EntryName.optional().describe("id of a probe, a slash, and the number of its entry; this or leaf"),
  leaf: Whole.optional().describe("place in the log, from 0"),
  size: Whole.optional().describe("so many leaves; those of the newest signed head where it is left out"),
});
/** What asks for the same as one text (C2SP tlog-proof). */
export const TLOG_QUERY = z.strictObject({ leaf: Whole.describe("place in the log, from 0") });
/** What asks for a proof that the log only grew. */
export const CONSISTENCY_QUERY = z.strictObject({
  from: Whole.describe("so many leaves"),
  to: Whole.optional().describe("so many leaves; those of the newest signed head where it is left out"),
});

const Proof = z.strictObject({
  index: z.int().min(0),
  size: z.int().min(0),
  leaf: Hex32.describe("hash of the leaf"),
  path: z.array(Hex32),
  root: Hex32,
});
const Consistency = z.strictObject({
  from: z.int().min(1),
  to: z.int().min(1),
  fromRoot: Hex32,
  toRoot: Hex32,
  path: z.array(Hex32),
});

/** Describes the routes of the transparency log. */
export function describeLog(app: FastifyInstance): void {
  addOperation(app, {
    ...{ id: "log_checkpoint", path: "/api/v1/log/checkpoint", tag: "log", query: null },
    about: {
      en: "The newest signed head of the log (C2SP tlog-checkpoint).",
      ru: "Новейшая подписанная вершина журнала (C2SP tlog-checkpoint).",
      kk: "Журналдың ең соңғы қол қойылған шыңы (C2SP tlog-checkpoint).",
    },
    ...{ answers: [{ type: "text/plain", schema: null }], example: "/api/v1/log/checkpoint" },
  });
  addOperation(app, {
    ...{ id: "log_key", path: "/api/v1/log/key", tag: "log", query: null },
    about: {
      en: "The key that checks its signature (C2SP signed-note).",
      ru: "Ключ, которым проверяется подпись (C2SP signed-note).",
      kk: "Қолтаңбаны тексеретін кілт (C2SP signed-note).",
    },
    ...{ answers: [{ type: "text/plain", schema: null }], example: "/api/v1/log/key" },
  });
  addOperation(app, {
    ...{ id: "log_proof", path: "/api/v1/log/proof", tag: "log", query: PROOF_QUERY },
    about: {
      en: "Proof that an entry is in the log (RFC 9162, 2.1.3); without an envelope.",
      ru: "Доказательство, что запись есть в журнале (RFC 9162, 2.1.3); без обёртки.",
      kk: "Жазбаның журналда барының дәлелі (RFC 9162, 2.1.3); қосымша өріссіз.",
    },
    ...{ answers: [{ type: "application/json", schema: Proof }], example: "/api/v1/log/proof?leaf=0" },
  });
  addOperation(app, {
    ...{ id: "log_proof_text", path: "/api/v1/log/proof.tlog", tag: "log", query: TLOG_QUERY },
    about: {
      en: "The same proof with the newest head and the lines of witnesses, as one text (C2SP tlog-proof).",
      ru: "То же доказательство с новейшей вершиной и строками свидетелей, одним текстом (C2SP tlog-proof).",
      kk: "Сол дәлел ең соңғы шыңмен және куәлер жолдарымен бірге, бір мәтінмен (C2SP tlog-proof).",
    },
    ...{ answers: [{ type: "text/plain", schema: null }], example: "/api/v1/log/proof.tlog?leaf=0" },
  });
  addOperation(app, {
    ...{ id: "log_consistency", path: "/api/v1/log/consistency", tag: "log", query: CONSISTENCY_QUERY },
    about: {
      en: "Proof that the log only grew from one size to another (RFC 9162, 2.1.4); without an envelope.",
      ru: "Доказательство, что журнал только рос от одного размера к другому (RFC 9162, 2.1.4); без обёртки.",
      kk: "Журналдың бір көлемнен екіншісіне дейін тек өскенінің дәлелі (RFC 9162, 2.1.4); қосымша өріссіз.",
    },
    ...{ answers: [{ type: "application/json", schema: Consistency }], example: "/api/v1/log/consistency?from=1" },
  });
  addOperation(app, {
    ...{ id: "log_tile", path: "/api/v1/log/tile/{level}/{index}", tag: "log", query: null },
    about: {
      en: "A tile of hashes (C2SP tlog-tiles); tiles of entries are not published.",
      ru: "Плитка хешей (C2SP tlog-tiles); плитки записей не публикуются.",
      kk: "Хештер тақтасы (C2SP tlog-tiles); жазбалар тақталары жарияланбайды.",
    },
    parts: { level: "level of the tree, from 0", index: "three digits a part, with .p/WIDTH for a part of a tile" },
    ...{ answers: [{ type: "application/octet-stream", schema: null }], example: null },
  });
}
