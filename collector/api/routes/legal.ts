import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../protocol/coded-error.ts";
import { IncidentNumber, LegalBasis, RegistryLookup } from "../../../protocol/publication.ts";
import { inForce } from "../../legal/in-force.ts";
import { quarterlyRows, quarterNamed, quarterOf } from "../../legal/quarterly.ts";
import { csv } from "../csv.ts";
import { ENVELOPE, envelopeOf, sendEnvelope } from "../envelope.ts";
import { registryState } from "../legal-view.ts";
import { addListing } from "../listing.ts";
import { sendProblem } from "../problem.ts";
import { PARAMETERS, readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { namesOfRows, RowNames } from "../row-names.ts";
import { QuarterlySchema, RECONCILIATION_MORE, ReconciledSchema, TransparencySchema } from "../rows/legal-rows.ts";
import { addOperation } from "../spec/operation.ts";
import { targetLegal } from "../target-legal.ts";
import { LEGAL_COLUMNS, QUARTERLY_COLUMNS, RECONCILIATION_COLUMNS, REGISTRY_COLUMNS } from "./legal-columns.ts";
import { LEGAL_ABOUT } from "./legal-words.ts";

const { target, as_of, limit } = PARAMETERS;

/** A quarter such as 2026-Q4. */
export const QuarterName = z.string().regex(/^\d{4}-Q[1-4]$/, "expected a quarter such as 2026-Q4");

/**
 * `GET /api/v1/legal`: what is known of legal bases; `/registry`: what a public registry answered, `/registry/answers/{sha256}`
 * the bytes; `/reconciliation`: the registry held against measurements; `/quarterly`: ARTICLE 19's table;
 * `/transparency?target=`: how open each network is about blocking.
 */
export function addLegal(app: FastifyInstance, reader: Reader): void {
  const { store } = reader;
  addListing(app, reader, {
    name: "legal",
    about: LEGAL_ABOUT.legal,
    row: LegalBasis,
    query: z.strictObject({ target, incident: IncidentNumber.optional().describe("number of an incident"), as_of }),
    columns: LEGAL_COLUMNS,
    read: async (query) => {
      const asOf = query.as_of ?? null;
      const isWanted = ({ subject }: LegalBasis) =>
        (query.target === undefined || ("target" in subject && subject.target === query.target)) &&
        (query.incident === undefined || ("incident" in subject && subject.incident === query.incident));
      return { rows: inForce(await store.legal.all(), asOf).filter(isWanted), asOf };
    },
  });
  addListing(app, reader, {
    name: "registry",
    about: LEGAL_ABOUT.registry,
    row: RegistryLookup,
    query: z.strictObject({ target, limit }),
    columns: REGISTRY_COLUMNS,
    read: async (query) => {
      if (query.target === undefined) return { rows: (await store.registry.newest()).slice(0, query.limit ?? 1000) };
      const kept = await store.registry.list({ target: query.target, before: null, limit: query.limit ?? 100 });
      return { rows: kept.map(({ lookup }) => lookup) };
    },
  });
  addListing(app, reader, {
    name: "reconciliation",
    about: LEGAL_ABOUT.reconciliation,
    row: ReconciledSchema,
    more: RECONCILIATION_MORE,
    query: z.strictObject({}),
    columns: RECONCILIATION_COLUMNS,
    read: async () => {
      const { reconciliation, asked } = await registryState(reader);
      return { rows: reconciliation.rows, more: { counts: reconciliation.counts, asked } };
    },
  });
  addListing(app, reader, {
    name: "quarterly",
    about: LEGAL_ABOUT.quarterly,
    row: QuarterlySchema,
    more: { quarter: QuarterName.optional() },
    query: z.strictObject({
      quarter: QuarterName.optional().describe("such as 2026-Q4; the present one where it is left out"),
    }),
    columns: QUARTERLY_COLUMNS,
    read: async (query) => {
      const quarter = quarterNamed(query.quarter ?? quarterOf(reader.now()));
      if (quarter === null) return { rows: [] };
      const rows = quarterlyRows(await store.publications.newest(), await store.legal.all(), quarter);
      return { rows, more: { quarter: quarter.name } };
    },
  });
  addAnswers(app, reader);
  addTransparency(app, reader);
}

/** The quarterly table as CSV. Error: `bad_input` for what is no quarter. */
export async function quarterlyCsv({ store }: Pick<Reader, "store">, name: string): Promise<string> {
  const quarter = quarterNamed(name);
  if (quarter === null) throw new CodedError("bad_input", `'${name}' is no quarter such as 2026-Q4.`);
  return csv(QUARTERLY_COLUMNS, quarterlyRows(await store.publications.newest(), await store.legal.all(), quarter));
}

function addAnswers(app: FastifyInstance, reader: Reader): void {
  app.get<{ Params: { sha256: string } }>("/api/v1/registry/answers/:sha256", async (request, reply) => {
    const bytes = await reader.store.registry.answer(request.params.sha256);
    if (bytes === null)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "No answer with that hash is kept." });
    // A stranger's bytes: to be saved, never to be shown as a page of ours.
    reply.header("content-disposition", `attachment; filename="${request.params.sha256}.bin"`);
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .type("application/octet-stream")
      .send(bytes);
  });
  addOperation(app, {
    ...{ id: "registry_answer", path: "/api/v1/registry/answers/{sha256}", tag: "data", query: null },
    ...{ about: LEGAL_ABOUT.answer, parts: { sha256: "hash of the bytes (SHA-256)" }, example: null },
    answers: [{ type: "application/octet-stream", schema: null }],
  });
}

const TransparencyQuery = z.strictObject({
  target: z.string().min(1).max(253).describe("id of a target, such as orda.kz"),
});

function addTransparency(app: FastifyInstance, reader: Reader): void {
  app.get("/api/v1/transparency", async (request, reply) => {
    const query = readQuery(TransparencyQuery, request.query);
    const wanted = reader.catalogue.list.targets.find(({ id }) => id === query.target);
    if (wanted === undefined)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "No target has that id." });
    const { transparency } = await targetLegal(reader, wanted.id);
    const { networks } = transparency;
    const coverage = { probes: null, band: null, samples: null };
    const envelope = envelopeOf(reader, request, { asOf: null, citesTime: false, coverage });
    sendEnvelope(reply.header("cache-control", "public, max-age=60"), envelope, null);
    const names = namesOfRows(reader.catalogue.names, [{ target: wanted.id }, ...networks]);
    return { ...envelope, names, target: wanted.id, ...transparency };
  });
  addOperation(app, {
    ...{ id: "transparency", path: "/api/v1/transparency", tag: "data", query: TransparencyQuery },
    about: LEGAL_ABOUT.transparency,
    answers: [{ type: "application/json", schema: TransparencySchema.extend({ ...ENVELOPE, names: RowNames }) }],
    example: "/api/v1/transparency?target=orda.kz",
  });
}
