import type { FastifyInstance } from "fastify";
import { draftFacts } from "../../legal/drafts/facts.ts";
import { DRAFT_KINDS } from "../../legal/drafts/words.ts";
import { writeDraft } from "../../legal/drafts/write-draft.ts";
import { LANGUAGES } from "../language.ts";
import { sendProblem } from "../problem.ts";
import { findPublished } from "../publication-view.ts";
import type { Reader } from "../reader.ts";
import { addOperation } from "../spec/operation.ts";

const FILE = /^(KZ-\d{4}-\d{4,6})-v([1-9]\d{0,5})-([a-z]+)\.(kk|ru|en)\.txt$/;

/**
 * `/drafts/KZ-2026-0042-v3-court.ru.txt`: a letter or submission filled with the facts of a published version, as text, marked
 * as a draft for a lawyer.
 */
export function addDrafts(app: FastifyInstance, reader: Reader): void {
  app.get<{ Params: { file: string } }>("/drafts/:file", async (request, reply) => {
    const [, id = "", version, name, tongue] = FILE.exec(request.params.file) ?? [];
    const kind = DRAFT_KINDS.find((one) => one === name);
    const language = LANGUAGES.find((one) => one === tongue);
    const found = await findPublished(reader, { id, version: Number(version), asOf: null });
    if (kind === undefined || language === undefined || found === null)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "There is no such draft." });
    const { publicUrl: site = null, catalogue } = reader;
    const facts = draftFacts(catalogue, found, {
      language,
      site,
      madeAt: new Date(reader.now()).toISOString(),
      enoughProbes: reader.enoughProbes,
    });
    reply.headers({
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${request.params.file}"`,
    });
    return reply.type("text/plain; charset=utf-8").send(writeDraft(kind, language, facts));
  });
  addOperation(app, {
    ...{ id: "draft", path: "/drafts/{file}", tag: "data", query: null, example: null },
    about: {
      en: "A letter or submission filled with the facts of a published version, as text: a draft for a lawyer.",
      ru: "Письмо или обращение, заполненное фактами опубликованной версии, текстом: черновик для юриста.",
      kk: "Жарияланған нұсқаның фактілерімен толтырылған хат не өтініш, мәтін түрінде: заңгерге арналған жоба.",
    },
    parts: { file: "such as KZ-2026-0042-v3-court.ru.txt: un, request, prosecutor or court; kk, ru or en" },
    answers: [{ type: "text/plain", schema: null }],
  });
}
