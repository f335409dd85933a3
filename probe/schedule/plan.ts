import type { Category, RiskTier, Target } from "../../protocol/target.ts";

/** What the volunteer agreed to have measured. */
export type Agreed = { readonly risk: RiskTier; readonly without: Category[]; readonly except?: string[] | undefined };

/** The targets of a list that the volunteer agreed to. */
export function agreedTargets(targets: readonly Target[], agreed: Agreed): Target[] {
  const except = new Set(agreed.except);
  return targets.filter(
    ({ id, risk, category }) => risk <= agreed.risk && !agreed.without.includes(category) && !except.has(id),
  );
}

/** Ids of the sites measured now that consent was not shown; empty where it is not known what was shown. */
export function sitesAdded(
  targets: readonly Target[],
  { agreed, sitesShown }: { agreed: Agreed; sitesShown?: readonly string[] | undefined },
): string[] {
  if (sitesShown === undefined) return [];
  const shown = new Set(sitesShown);
  return agreedTargets(targets, agreed).flatMap(({ id }) => (shown.has(id) ? [] : [id]));
}

/** A list in random order (Fisher and Yates), as a copy. `random` gives numbers in [0, 1). */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [result[last], result[other]];
    if (a !== undefined && b !== undefined) [result[last], result[other]] = [b, a];
  }
  return result;
}
