import { parseJson } from "../../protocol/parse.ts";
import { CollectorFrame, ProbeConfig, Problem } from "../../protocol/wire.ts";
import type { ProbeClock } from "../clock.ts";
import type { Addresses } from "./addresses.ts";
import type { Cursor } from "./cursor.ts";
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

/**
 * Delivers all that waits by `POST /uplink/v1/batches`, batch after batch, until nothing does, the collector refuses
 * or it cannot be reached. Also learns the time from its answers. Never throws for the network.
 */
export async function postAll(options: PostOptions, signal: AbortSignal): Promise<PostEnd> {
  const { cursor } = options;
  while (cursor.behind() && !signal.aborted) {
    const end = await postOne(options, signal).catch(() => ({ ok: false as const, refusal: null }));
    if (end.ok) continue;
    const code = end.refusal?.code;
    if (code === "gap" && cursor.rewind()) continue;
    if (code === "too_big" && cursor.shrink()) continue;
    return end;
  }
  return { ok: true };
}

async function postOne({ to, cursor, clock, way, timeoutMs }: PostOptions, signal: AbortSignal): Promise<PostEnd> {
  const packed = await cursor.next();
  if (packed === null) return { ok: true };
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  const sent = clock.monoMs();
  const answer = await request(
    {
      method: "POST",
      url: to.batches,
      headers,
      body: packed.data,
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
    return ack.value.seq >= packed.lastSeq ? { ok: true } : { ok: false, refusal: null };
  }
  return { ok: false, refusal: refusalOf(answer) };
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
