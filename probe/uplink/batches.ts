import { parseJson } from "../../protocol/parse.ts";
import { CollectorFrame, ProbeConfig, Problem } from "../../protocol/wire.ts";
import type { ProbeClock } from "../clock.ts";
import type { Addresses } from "./addresses.ts";
import type { Cursor } from "./cursor.ts";
import type { Packed } from "./pack.ts";
import type { Refusal } from "./refusal.ts";
import { type Answer, request } from "./request.ts";
import type { Way } from "./way.ts";

/** How a row of deliveries by HTTPS ended: all delivered, refused, or not reached. */
export type PostEnd = { ok: true } | { ok: false; refusal: Refusal | null };

export type PostOptions = {
  to: Addresses;
  cursor: Cursor;
  clock: ProbeClock;
  way?: Way;
  timeoutMs?: number;
};

/** A single entry is tried so often in a row on a line that breaks under it. */
const SINGLE_TRIES = 3;

/**
 * Delivers all that waits by `POST /uplink/v1/batches`, batch after batch, until nothing does, the collector refuses
 * or it cannot be reached. On a line that breaks under a delivery the next is smaller, at once. Also learns the time from
 * its answers. Never throws for the network.
 */
export async function postAll(options: PostOptions, signal: AbortSignal): Promise<PostEnd> {
  const { cursor } = options;
  let singles = 0;
  while (cursor.behind() && !signal.aborted) {
    const end = await postOne(options, signal);
    if (end.ok) {
      singles = 0;
      continue;
    }
    const code = end.refusal?.code;
    if (code === "gap" && cursor.rewind()) continue;
    if (code === "too_big" && cursor.shrink()) continue;
    if (end.broke !== null) {
      singles += cursor.broke(end.broke) ? 0 : 1;
      if (singles < SINGLE_TRIES) continue;
    }
    return end;
  }
  return { ok: true };
}

type PostedOne = { ok: true } | { ok: false; refusal: Refusal | null; broke: Packed | null };

/** Sends the next delivery. `broke` is what was under way on a connection that stood and ended without an answer. */
async function postOne(options: PostOptions, signal: AbortSignal): Promise<PostedOne> {
  const packed = await options.cursor.next().catch(() => null);
  if (packed === null) return options.cursor.behind() ? { ok: false, refusal: null, broke: null } : { ok: true };
  let stood = false;
  try {
    return await send(options, packed, () => (stood = true), signal);
  } catch {
    return { ok: false, refusal: null, broke: stood ? packed : null };
  }
}

async function send(
  { to, cursor, clock, way, timeoutMs }: PostOptions,
  packed: Packed,
  onConnect: () => void,
  signal: AbortSignal,
): Promise<PostedOne> {
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  const sent = clock.monoMs();
  const answer = await request(
    {
      method: "POST",
      url: to.batches,
      headers,
      body: packed.data,
      onConnect,
      ...(way && { way }),
      ...(timeoutMs && { timeoutMs }),
    },
    signal,
  );
  const ack = answer.status === 200 ? parseJson(CollectorFrame, answer.text) : null;
  if (ack?.ok && ack.value.t === "ack") {
    clock.learn(Date.parse(ack.value.at), sent, clock.monoMs());
    cursor.acknowledged(ack.value.seq, ack.value.at);
    // An answer that stores nothing of what was sent would go round for ever.
    return ack.value.seq >= packed.lastSeq ? { ok: true } : { ok: false, refusal: null, broke: null };
  }
  return { ok: false, refusal: refusalOf(answer), broke: null };
}

/** What a collector's problem answer (RFC 9457) says as a refusal. Null when it is none. */
export function refusalOf(answer: Answer): Refusal | null {
  const problem = parseJson(Problem, answer.text);
  return problem.ok
    ? { code: problem.value.code ?? `http_${problem.value.status}`, retryAfterS: answer.retryAfterS }
    : null;
}

/** Asks for the present configuration and target list; null when it cannot be had. */
export async function fetchConfig(
  to: Addresses,
  probe: string,
  way: Way | undefined,
  signal: AbortSignal,
): Promise<ProbeConfig | null> {
  try {
    const answer = await request({ method: "GET", url: to.config(probe), ...(way && { way }) }, signal);
    const config = answer.status === 200 ? parseJson(ProbeConfig, answer.text) : null;
    return config?.ok ? config.value : null;
  } catch {
    return null;
  }
}
