import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store } from "../store/store.ts";
import { type PlanSettings, planPublication } from "./plan.ts";

/** Versions that came to be, and when something that waits for journals to come to rest is due. */
export type Settled = { readonly made: readonly PublishedVersion[]; readonly dueAt: EpochMs | null };

/**
 * Brings what is published up to what the analysis holds in the store. May be repeated, and may die half-way: what was
 * stored is whole, and the next call does the rest. Errors: those of the store.
 */
export function settlePublication({ publications }: Pick<Store, "publications">, settings: PlanSettings) {
  return publications.change<Settled>(settings.at, (state) => {
    const { changes, dueAt } = planPublication(state, settings);
    const made = changes.flatMap((one) => (one.what === "version" ? [one.version] : []));
    return { changes, result: { made, dueAt } };
  });
}
