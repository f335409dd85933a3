import type { ImBody } from "../../protocol/records/im.ts";
import type { SpeedBody } from "../../protocol/records/speed.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import type { Target } from "../../protocol/target.ts";
import type { Messenger } from "../../targets/messengers.ts";
import { readHostFacts } from "../measure/host-facts.ts";
import { measureIm } from "../measure/im.ts";
import { measureSpeed } from "../measure/speed.ts";
import { measureWeb, systemResolvers } from "../measure/web.ts";
import { isKnownBlockPage } from "../schedule/block-page.ts";
import type { Manner, PairOrder } from "./messages.ts";

/** The steps that measure. */
export type Measures = {
  web: (target: Target, round: string, signal: AbortSignal) => Promise<WebBody>;
  messenger: (messenger: Messenger, round: string, signal: AbortSignal) => Promise<ImBody>;
  pair: (order: PairOrder, signal: AbortSignal) => Promise<SpeedBody>;
};

/** Asked once for each measurement that met an anomaly, with the target's id. */
export type MayFollowUp = (target: string) => boolean | Promise<boolean>;

/** Makes the steps, which measure in this process. `env` is the program's environment. */
export function createMeasures(
  { blockPages, controlSni, publicResolvers, doh, ca, allowPrivate }: Manner,
  env: Readonly<Record<string, string | undefined>>,
  mayFollowUp: MayFollowUp,
): Measures {
  const facts = fresh(() => readHostFacts(env));
  const common = () => ({
    systemResolvers: systemResolvers(),
    publicResolvers,
    doh,
    ca,
    allowPrivate,
    host: facts(),
    isBlockPage: (page: Parameters<typeof isKnownBlockPage>[0]) => isKnownBlockPage(page, blockPages),
  });
  return {
    web: (target, round, signal) => {
      const { id, url, addresses = [] } = target;
      const followups = () => mayFollowUp(id);
      return measureWeb({ ...common(), target: id, url, round, addresses, controlSni, followups }, signal);
    },
    messenger: (messenger, round, signal) => measureIm({ ...common(), messenger, round }, signal),
    pair: ({ target, pair, metered, direction }, signal) =>
      measureSpeed({ target, ...pair, metered, direction, ca }, signal),
  };
}

/** Sites measured within this time are measured on the same host: its files are not read again for each. */
const FACTS_MS = 5_000;

function fresh<T>(read: () => T): () => T {
  let known: { value: T; untilMs: number } | null = null;
  return () => {
    const nowMs = performance.now();
    if (known === null || known.untilMs < nowMs) known = { value: read(), untilMs: nowMs + FACTS_MS };
    return known.value;
  };
}
