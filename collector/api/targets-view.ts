import { CATEGORIES, type Category } from "../../protocol/target.ts";
import { type Reader, stamp } from "./reader.ts";
import { standingIncidents } from "./standing-incidents.ts";
import { latestCells } from "./target-cells.ts";
import type { TargetsView } from "./types.ts";

const CHANGED_MS = 7 * 86_400_000;
const INCIDENTS_MAX = 10_000;

/** What is measured, all or of one category or with changes lately, and the latest judgement of each in every network. */
export async function targetsView(reader: Reader, category: Category | null, changed: boolean): Promise<TargetsView> {
  const { list, names } = reader.catalogue;
  const recent = changed ? await changedTargets(reader) : null;
  const targets = list.targets.filter(
    (target) => (category === null || target.category === category) && (recent === null || recent.has(target.id)),
  );
  const ids = new Set(targets.map(({ id }) => id));
  return {
    ...stamp(reader, null),
    names,
    category,
    categories: CATEGORIES.filter((one) => list.targets.some((target) => target.category === one)),
    targets,
    cells: (await latestCells(reader)).filter(({ target }) => ids.has(target)),
    changed,
  };
}

/** Targets of which an incident began or ended within seven days. */
async function changedTargets(reader: Reader): Promise<Set<string>> {
  const since = reader.now() - CHANGED_MS;
  const window = { from: since, to: reader.now() + 1, asOf: null, openOnly: false, limit: INCIDENTS_MAX };
  const { incidents } = await standingIncidents(reader, window);
  const changed = incidents.filter(
    ({ start, end }) => Date.parse(start.latest) >= since || (end !== null && Date.parse(end.latest) >= since),
  );
  return new Set(changed.flatMap(({ targets }) => targets));
}
