import type { NamedCheck } from "../../protocol/records/link.ts";
import type { Anchor } from "../../protocol/target.ts";
import { connect } from "../measure/connect.ts";
import type { Authenticity } from "./authentic.ts";
import { enough } from "./ladder.ts";
import type { Names } from "./names.ts";

export type AnchorOptions = { names: Names; authenticity: Authenticity; timeoutMs: number; random: () => number };

/** Anchors asked first; only when these do not settle it are the others asked. */
const FIRST = 2;
/** Anchors asked of one group in all. */
const MOST = 6;

/**
 * Asks a group of anchors by a TCP connection each, and for proof that it is they who answer: two of them, chosen by
 * chance among those that proved themselves lately, and more of the group when those two do not both answer. Cheap on
 * a good line, thorough on a bad one. Results stand in the order of asking.
 */
export async function checkAnchors(
  anchors: readonly Anchor[],
  options: AnchorOptions,
  signal: AbortSignal,
): Promise<NamedCheck[]> {
  const order = anchors
    .map((anchor) => ({ anchor, rank: options.random() + (options.authenticity.isFresh(anchor) ? 0 : 1) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ anchor }) => anchor);
  const askAll = (chosen: readonly Anchor[]) =>
    Promise.all(chosen.map((anchor) => checkAnchor(anchor, options, signal)));
  const first = await askAll(order.slice(0, FIRST));
  if (first.length > 0 && first.every(({ ok }) => ok) && enough(first)) return first;
  return [...first, ...(await askAll(order.slice(FIRST, MOST)))];
}

async function checkAnchor(anchor: Anchor, options: AnchorOptions, signal: AbortSignal): Promise<NamedCheck> {
  const { timeoutMs } = options;
  const addresses = await options.names.addresses(anchor, timeoutMs, signal);
  let last: NamedCheck = { id: anchor.id, ok: false, ms: null, failure: "dns_no_answer" };
  for (const ip of addresses) {
    last = await checkAddress(anchor, ip, options, signal);
    if (last.ok || signal.aborted) break;
  }
  return last;
}

/** `ms` is the time of the connection alone. */
async function checkAddress(
  anchor: Anchor,
  ip: string,
  { authenticity, timeoutMs }: AnchorOptions,
  signal: AbortSignal,
): Promise<NamedCheck> {
  const result = await connect({ ip, port: anchor.port, timeoutMs }, signal);
  const ms = result.step.durationMs;
  if (!result.ok) return { id: anchor.id, ok: false, ms, failure: result.step.failure };
  if (authenticity.isFresh(anchor)) {
    result.socket.destroy();
    return { id: anchor.id, ok: true, ms, failure: null };
  }
  const failure = await authenticity.prove(anchor, result.socket, timeoutMs, signal);
  return { id: anchor.id, ok: failure === null, ms, failure };
}
