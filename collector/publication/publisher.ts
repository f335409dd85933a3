import type { Logger } from "pino";
import type { EpochMs } from "../analysis/types.ts";
import type { Store } from "../store/store.ts";
import { settlePublication } from "./settle.ts";

/** Publishes what the analysis finds, as far as something has changed or is due. */
export type Publisher = {
  /** Something of substance has changed in what the store holds of the analysis. */
  changed: () => void;
  /** Never throws: a fault is logged, and the next call tries again. */
  settle: (at: EpochMs, rulesVersion: string) => Promise<void>;
};

/** A publisher over a store. */
export function createPublisher(parts: {
  readonly store: Pick<Store, "publications">;
  readonly settleMs: number;
  readonly log: Logger;
}): Publisher {
  const { store, settleMs, log } = parts;
  let waiting = true;
  let dueAt: EpochMs | null = null;
  return {
    changed: () => {
      waiting = true;
    },
    settle: async (at, rulesVersion) => {
      if (!waiting && (dueAt === null || at < dueAt)) return;
      try {
        const settled = await settlePublication(store, { at, rulesVersion, settleMs });
        waiting = false;
        dueAt = settled.dueAt;
        for (const { number, version, change } of settled.made) log.info({ number, version, change }, "published");
      } catch (error) {
        log.error({ err: error }, "what was found could not be published yet");
      }
    },
  };
}
