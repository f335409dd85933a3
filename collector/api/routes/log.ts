import type { FastifyInstance, FastifyReply } from "fastify";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { Hash } from "../../../protocol/merkle.ts";
import { verifierText } from "../../../protocol/note.ts";
import { tlogProofText } from "../../../protocol/tlog-proof.ts";
import { logIdentity } from "../../evidence/log-identity.ts";
import type { LogTable, StoredCheckpoint } from "../../store/store.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { CONSISTENCY_QUERY, describeLog, PROOF_QUERY, TLOG_QUERY } from "./log-operations.ts";

const TILE = /^([0-9]|[1-5][0-9]|6[0-3])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
const TILE_WIDTH = 256;

/**
 * `/api/v1/log/…`: the transparency log. `checkpoint` (with the lines of witnesses) and `key` as text (C2SP tlog-checkpoint,
 * signed-note), `proof` and `consistency` as JSON with hashes in hex (RFC 9162 2.1.3, 2.1.4), `proof.tlog` as C2SP
 * tlog-proof has it, tiles of hashes as C2SP tlog-tiles lays them out. Witnesses and stamps: routes/log-witnesses.ts.
 * Tiles of entries are not published: an entry tells more of its probe than readers may know.
 */
export function addLog(app: FastifyInstance, { store }: Reader): void {
  const { log } = store;
  app.get("/api/v1/log/checkpoint", async (_request, reply) => {
    const newest = await log.checkpoint();
    return newest === null
      ? notFound(reply, "The log has no signed head yet.")
      : plain(reply, await cosigned(log, newest));
  });
  app.get("/api/v1/log/key", async (_request, reply) =>
    plain(reply, `${verifierText((await logIdentity(store)).verifier)}\n`),
  );
  app.get("/api/v1/log/proof", async (request, reply) => {
    const query = readQuery(PROOF_QUERY, request.query);
    if ((query.entry === undefined) === (query.leaf === undefined))
      throw new CodedError("bad_query", "entry or leaf: name the one or the other");
    const size = await sizeWithin(log, "size", query.size);
    const found =
      query.entry === undefined
        ? await log.leaf(query.leaf ?? 0)
        : await log.leafOf(query.entry.probe, query.entry.seq);
    if (found === null || found.leaf >= size) return notFound(reply, `No such leaf among the first ${size}.`);
    const path = (await log.inclusion(found.leaf, size)).map(hex);
    const root = hex(await log.root(size));
    return noStore(reply).send({ index: found.leaf, size, leaf: hex(found.hash), path, root });
  });
  app.get("/api/v1/log/proof.tlog", async (request, reply) => {
    const { leaf } = readQuery(TLOG_QUERY, request.query);
    const newest = await log.checkpoint();
    if (newest === null || leaf >= newest.size) return notFound(reply, "There is no such leaf below the newest head.");
    const path = await log.inclusion(leaf, newest.size);
    return plain(reply, tlogProofText({ index: leaf, path, checkpoint: await cosigned(log, newest) }));
  });
  app.get("/api/v1/log/consistency", async (request, reply) => {
    const query = readQuery(CONSISTENCY_QUERY, request.query);
    const to = await sizeWithin(log, "to", query.to);
    const { from } = query;
    if (from < 1 || from > to) throw new CodedError("bad_query", `from: expected a size from 1 to ${to}`);
    const path = (await log.consistency(from, to)).map(hex);
    const [fromRoot, toRoot] = [hex(await log.root(from)), hex(await log.root(to))];
    return noStore(reply).send({ from, to, fromRoot, toRoot, path });
  });
  app.get<{ Params: { "*": string } }>("/api/v1/log/tile/*", async (request, reply) => {
    const tile = readTile(request.params["*"]);
    if (tile === null)
      return notFound(reply, "Tiles are tile/LEVEL/INDEX or tile/LEVEL/INDEX.p/WIDTH; only of hashes.");
    const hashes = await log.tile(tile.level, tile.index, tile.width);
    if (hashes.length < tile.width) return notFound(reply, "The log does not go so far.");
    // A tile of its width never changes.
    reply.header("cache-control", "public, max-age=31536000, immutable");
    return reply.type("application/octet-stream").send(Buffer.concat(hashes));
  });
  describeLog(app);
}

/** Level, index and width that the path of a tile names (C2SP tlog-tiles: three digits a part, `x` before all but the last). */
function readTile(path: string): { level: number; index: number; width: number } | null {
  const [, level, index = "", width] = TILE.exec(path) ?? [];
  if (level === undefined) return null;
  const wide = width === undefined ? TILE_WIDTH : Number(width);
  if (wide > TILE_WIDTH || (width !== undefined && wide === TILE_WIDTH)) return null;
  return { level: Number(level), index: Number(index.replaceAll(/[x/]/g, "")), width: wide };
}

/** The size asked for, or that of the newest signed head. Error: `bad_query` beyond the log. */
async function sizeWithin(log: LogTable, name: string, asked: number | undefined): Promise<number> {
  if (asked === undefined) return (await log.checkpoint())?.size ?? 0;
  const size = await log.size();
  if (asked < 1 || asked > size) throw new CodedError("bad_query", `${name}: expected a size from 1 to ${size}`);
  return asked;
}

/** A head with the lines that witnesses put below it. */
async function cosigned(log: LogTable, { size, note }: StoredCheckpoint): Promise<string> {
  return note + (await log.cosignatures(size)).map(({ line }) => line).join("");
}

function plain(reply: FastifyReply, text: string) {
  return noStore(reply).type("text/plain; charset=utf-8").send(text);
}

function noStore(reply: FastifyReply) {
  return reply.header("cache-control", "no-store");
}

function notFound(reply: FastifyReply, detail: string) {
  return sendProblem(reply, { status: 404, code: "not_found", detail });
}

function hex(hash: Hash): string {
  return Buffer.from(hash).toString("hex");
}
