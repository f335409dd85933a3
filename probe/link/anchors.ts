import type { NamedCheck } from "../../protocol/records/link.ts";
import type { Anchor } from "../../protocol/target.ts";
import { connect } from "../measure/connect.ts";
import type { Authenticity } from "./authentic.ts";
import { enough } from "./ladder.ts";
import type { Names } from "./names.ts";

export type AnchorOptions = {
  names: Names;
  authenticity: Authenticity;
  timeoutMs: number;
  random: () => number;
  /** Asks the whole group at once: on a line that is known to be bad, time matters more than bytes. */
  atOnce?: boolean;
  /** Believes an anchor that has proved itself in this process, however long ago. */
  calm?: boolean;
};

/** Anchors asked first; only when these do not settle it are the others asked. */
const FIRST = 2;
/** On a line that was well a moment ago one says that it still is: cheap looks have asked the others in between. */
const CALM_FIRST = 1;
/** Anchors asked of one group in all. */
const MOST = 6;
/** A second address may take half as long again as the first, so that a look at a dead line stays short. */
const SECOND_CHANCE = 1.5;

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
  const hasProved = ({ id }: Anchor) => options.authenticity.proved().some((one) => one.id === id);
  const order = anchors
    .map((anchor) => ({ anchor, rank: options.random() + (hasProved(anchor) ? 0 : 1) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ anchor }) => anchor);
  const askAll = (chosen: readonly Anchor[]) =>
    Promise.all(chosen.map((anchor) => checkAnchor(anchor, options, signal)));
  if (options.atOnce === true) return askAll(order.slice(0, MOST));
  const first = await askAll(order.slice(0, options.calm === true ? CALM_FIRST : FIRST));
  if (first.length > 0 && first.every(({ ok }) => ok) && enough(first)) return first;
  return [...first, ...(await askAll(order.slice(FIRST, MOST)))];
}

async function checkAnchor(anchor: Anchor, options: AnchorOptions, signal: AbortSignal): Promise<NamedCheck> {
  const { timeoutMs } = options;
  const addresses = await options.names.addresses(anchor, timeoutMs, signal);
  const untilMs = performance.now() + timeoutMs * SECOND_CHANCE;
  let last: NamedCheck = { id: anchor.id, ok: false, ms: null, failure: "dns_no_answer" };
  for (const ip of addresses) {
    const leftMs = Math.min(timeoutMs, untilMs - performance.now());
    if (last.ok || leftMs <= 0 || signal.aborted) break;
    last = await checkAddress(anchor, ip, { ...options, timeoutMs: leftMs }, signal);
  }
  return last;
}

/** `ms` is the time of the connection alone. */
async function checkAddress(
  anchor: Anchor,
  ip: string,
  { authenticity, timeoutMs, calm = false }: AnchorOptions,
  signal: AbortSignal,
): Promise<NamedCheck> {
  const result = await connect({ ip, port: anchor.port, timeoutMs }, signal);
  const ms = result.step.durationMs;
  if (!result.ok) return { id: anchor.id, ok: false, ms, failure: result.step.failure };
  if (authenticity.isFresh(anchor) || (calm && authenticity.proved().some(({ id }) => id === anchor.id))) {
    result.socket.resetAndDestroy();
    return { id: anchor.id, ok: true, ms, failure: null };
  }
  const failure = await authenticity.prove(anchor, result.socket, timeoutMs, signal);
  return { id: anchor.id, ok: failure === null, ms, failure };
}
