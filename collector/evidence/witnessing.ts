import type { Logger } from "pino";
import type { WitnessPolicy } from "../../protocol/witness-policy.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Ask } from "../outward.ts";
import type { Store, StoredCheckpoint } from "../store/store.ts";
import { askStamp, finishStamp, type Keeper } from "./stamp/ask-stamps.ts";
import { askWitness } from "./witness/ask-witness.ts";

export type WitnessingParts = {
  readonly store: Pick<Store, "log" | "state">;
  readonly policy: WitnessPolicy | null;
  readonly keepers: readonly Keeper[];
  readonly ask: Ask;
  readonly log: Logger;
  readonly now: () => EpochMs;
  /** A witness is asked for a new head at most so often, a keeper of time likewise. */
  readonly witnessS: number;
  readonly stampS: number;
};

const RETRY_MS = 60_000;
const RETRY_MAX_MS = 6 * 3_600_000;
/** A calendar has written to Bitcoin within hours; then a promise becomes a proof. */
const FINISH_MS = 6 * 3_600_000;
const PENDING_MAX = 50;

/** Whom to ask next when: after a failure later and later. */
type Turn = { readonly due: EpochMs; readonly failures: number };

/**
 * Asks witnesses and keepers of time about the newest head, each in its own turn and one after another. `look` does what is
 * due and never throws: what fails is logged and tried again later.
 */
export function createWitnessing(parts: WitnessingParts): { look: () => Promise<void> } {
  const { store, policy, keepers, log, now, witnessS, stampS } = parts;
  const turns = new Map<string, Turn>();

  async function inTurn(name: string, everyS: number, work: () => Promise<unknown>): Promise<void> {
    const turn = turns.get(name) ?? { due: 0, failures: 0 };
    if (turn.due > now()) return;
    try {
      const came = await work();
      turns.set(name, { due: now() + everyS * 1000, failures: 0 });
      log.debug({ name, came }, "asked about a head of the log");
    } catch (error) {
      const wait = Math.min(RETRY_MS * 2 ** turn.failures, RETRY_MAX_MS);
      turns.set(name, { due: now() + wait, failures: turn.failures + 1 });
      log.warn({ name, err: error }, "a witness or keeper of time did not answer; it is asked again later");
    }
  }

  async function witnesses(head: StoredCheckpoint): Promise<void> {
    for (const { label, key, url } of policy?.witnesses ?? []) {
      if (url === null) continue;
      await inTurn(`witness ${label}`, witnessS, async () => {
        const came = await askWitness(parts, { key, url }, head);
        if (came === "ahead")
          log.error({ label }, "this witness has seen a larger head: was the log restored from a copy?");
        if (came === "refused") throw new Error("the witness refused the head");
        return came;
      });
    }
  }

  async function stamps(head: StoredCheckpoint): Promise<void> {
    for (const keeper of keepers) await inTurn(`${keeper.kind} ${keeper.url}`, stampS, () => stamped(keeper, head));
    await inTurn("ots pending", FINISH_MS / 1000, async () => {
      const pending = (await store.log.stamps(head.size, PENDING_MAX)).filter(({ kind }) => kind === "ots");
      for (const stamp of pending)
        if (now() - stamp.made > FINISH_MS) await finishStamp(parts, stamp).catch(() => false);
    });
  }

  /** A head of the same size needs no second stamp of the same keeper. */
  async function stamped(keeper: Keeper, head: StoredCheckpoint): Promise<string> {
    const known = await store.log.stamps(head.size, PENDING_MAX);
    if (
      known.some(({ size, kind, authority }) => size === head.size && kind === keeper.kind && authority === keeper.url)
    )
      return "known";
    await askStamp(parts, keeper, head);
    return "stamped";
  }

  return {
    look: async () => {
      const head = await store.log.checkpoint();
      if (head === null || head.size === 0) return;
      await witnesses(head);
      await stamps(head);
    },
  };
}
