import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { EpochMs } from "../../analysis/types.ts";
import { differences } from "../../publication/difference.ts";
import { findIncident } from "../find-incident.ts";
import { incidentRow } from "../incident-rows.ts";
import { sendProblem } from "../problem.ts";
import { findPublished, isNumber } from "../publication-view.ts";
import { PARAMETERS, readQuery } from "../query.ts";
import { type Reader, stamp } from "../reader.ts";

const { as_of } = PARAMETERS;
const OneQuery = z.strictObject({ as_of });
const Version = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, "expected the number of a version")
  .transform(Number);
const DifferenceQuery = z.strictObject({ from: Version, to: Version });
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
  const numberOf = async (id: string) => (isNumber(id) ? id : ((await publications.numberOf(id)) ?? id));
  app.get<Named>("/api/v1/incidents/:id", async (request, reply) => {
    const asOf = readQuery(OneQuery, request.query).as_of ?? null;
    const answer = await oneIncident(reader, await numberOf(request.params.id), asOf);
    return answer === null ? noSuchIncident(reply) : reply.header("cache-control", FRESH).send(answer);
  });
  app.get<Named>("/api/v1/incidents/:id/versions", async (request, reply) => {
    const number = await numberOf(request.params.id);
    const versions = await publications.versions(number);
    if (versions.length === 0) return noSuchIncident(reply);
    return reply.header("cache-control", FRESH).send({ ...stamp(reader, null), number, versions, next: null });
  });
  app.get<Named>("/api/v1/incidents/:id/versions/:version", async (request, reply) => {
    const version = readQuery(Version, request.params.version);
    const text = await publications.versionText(request.params.id, version);
    if (text === null) return noSuchIncident(reply);
    return reply.header("cache-control", FOR_EVER).type("application/json; charset=utf-8").send(text);
  });
  app.get<Named>("/api/v1/incidents/:id/difference", async (request, reply) => {
    const { from, to } = readQuery(DifferenceQuery, request.query);
    const number = await numberOf(request.params.id);
    const versions = await publications.versions(number);
    const [before, after] = [from, to].map((wanted) => versions.find(({ version }) => version === wanted));
    if (versions.length === 0) return noSuchIncident(reply);
    if (before === undefined || after === undefined)
      throw new CodedError("bad_query", `from, to: ${number} has the versions 1 to ${versions.length}`);
    const fields = differences(before, after);
    return reply.header("cache-control", FOR_EVER).send({ number, from, to, differences: fields });
  });
}

async function oneIncident(reader: Reader, id: string, asOf: EpochMs | null) {
  const published = isNumber(id) ? await findPublished(reader, { id, asOf }) : null;
  if (published === null) {
    const incident = await findIncident(reader, id, asOf);
    return incident === null
      ? null
      : { ...stamp(reader, asOf), incident: incidentRow(incident, new Map()), publication: null };
  }
  const { shown, publication } = published;
  const { incident, ...version } = shown;
  const { versions, legal, registry, statements } = publication;
  return {
    ...stamp(reader, asOf),
    incident: incidentRow(incident, new Map([[incident.id, shown]])),
    publication: { ...version, versions: versions.length },
    ...{ legal, registry, statements },
  };
}

function noSuchIncident(reply: FastifyReply) {
  return sendProblem(reply, { status: 404, code: "not_found", detail: "No incident has that number or id." });
}
