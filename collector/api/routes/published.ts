import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { EpochMs } from "../../analysis/types.ts";
import { differences } from "../../publication/difference.ts";
import { coverageOf, type Envelope, envelopeOf, sendEnvelope } from "../envelope.ts";
import { findIncident } from "../find-incident.ts";
import { isBehind, unpublishedRow, versionRow } from "../incident-rows.ts";
import { sendProblem } from "../problem.ts";
import { findPublished, isNumber, numberAt } from "../publication-view.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { namesOfRows } from "../row-names.ts";
import type { Incident } from "../types.ts";
import { DIFFERENCE_QUERY, describePublished, ONE_QUERY, VersionText } from "./published-operations.ts";

const FRESH = "public, max-age=10";
/** A published version never changes. */
const FOR_EVER = "public, max-age=31536000, immutable";

type Named = { Params: { id: string; version: string } };

/**
 * `GET /api/v1/incidents/{number}`: a published incident at its newest version, with legal basis, registry and statements
 * (or, by an id of the analysis that has no number, the incident alone); `…/versions`: all versions; `…/versions/{n}`: one
 * of them, the same bytes for ever; `…/difference?from=1&to=3`: what one tells differently from another.
 */
export function addPublished(app: FastifyInstance, reader: Reader): void {
  const { publications } = reader.store;
  const numberOf = async (id: string, asOf: EpochMs | null = null) =>
    isNumber(id) ? id : ((await numberAt(reader, id, asOf)) ?? id);
  app.get<Named>("/api/v1/incidents/:id", async (request, reply) => {
    const asOf = readQuery(ONE_QUERY, request.query).as_of ?? null;
    const one = await oneIncident(reader, await numberOf(request.params.id, asOf), asOf);
    if (one === null) return noSuchIncident(reply);
    const envelope = enveloped(reader, request, reply, { incident: one.incident, asOf });
    return { ...envelope, names: namesOfRows(reader.catalogue.names, [one.incident]), ...one };
  });
  app.get<Named>("/api/v1/incidents/:id/versions", async (request, reply) => {
    const number = await numberOf(request.params.id);
    const versions = await publications.versions(number);
    const [newest] = versions;
    if (newest === undefined) return noSuchIncident(reply);
    const envelope = enveloped(reader, request, reply, { incident: newest.incident, asOf: null });
    return { ...envelope, number, versions, next: null };
  });
  app.get<Named>("/api/v1/incidents/:id/versions/:version", async (request, reply) => {
    const version = readQuery(VersionText, request.params.version);
    const text = await publications.versionText(request.params.id, version);
    if (text === null) return noSuchIncident(reply);
    return reply.header("cache-control", FOR_EVER).type("application/json; charset=utf-8").send(text);
  });
  app.get<Named>("/api/v1/incidents/:id/difference", async (request, reply) => {
    const { from, to } = readQuery(DIFFERENCE_QUERY, request.query);
    const number = await numberOf(request.params.id);
    const versions = await publications.versions(number);
    const [before, after] = [from, to].map((wanted) => versions.find(({ version }) => version === wanted));
    if (versions.length === 0) return noSuchIncident(reply);
    if (before === undefined || after === undefined)
      throw new CodedError("bad_query", `from, to: ${number} has the versions 1 to ${versions.length}`);
    const fields = differences(before, after);
    return reply.header("cache-control", FOR_EVER).send({ number, from, to, differences: fields });
  });
  describePublished(app);
}

/** What every answer carries, of one incident; also as headers. */
function enveloped(
  reader: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  { incident, asOf }: { incident: Pick<Incident, "witnesses" | "measurements">; asOf: EpochMs | null },
): Envelope {
  const coverage = coverageOf({ probes: incident.witnesses, samples: incident.measurements, placed: true }, reader);
  const envelope = envelopeOf(reader, request, { asOf, citesTime: true, coverage });
  sendEnvelope(reply.header("cache-control", FRESH), envelope, null);
  return envelope;
}

async function oneIncident(reader: Reader, id: string, asOf: EpochMs | null) {
  const published = isNumber(id) ? await findPublished(reader, { id, asOf }) : null;
  if (published === null) {
    const incident = await findIncident(reader, id, asOf);
    return incident === null ? null : { incident: unpublishedRow(incident), publication: null };
  }
  const { shown, publication } = published;
  const { incident: _incident, ...version } = shown;
  const { versions, legal, registry, statements } = publication;
  return {
    incident: versionRow(shown, await isBehind(reader, shown, asOf)),
    publication: { ...version, versions: versions.length },
    ...{ legal, registry, statements },
  };
}

function noSuchIncident(reply: FastifyReply) {
  return sendProblem(reply, { status: 404, code: "not_found", detail: "No incident has that number or id." });
}
