import { CATEGORIES, type Category } from "../../protocol/target.ts";
import { type Reader, stamp } from "./reader.ts";
import { latestCells } from "./target-cells.ts";
import type { TargetsView } from "./types.ts";

/** What is measured, all or of one category, and the latest judgement of each in every network. */
export async function targetsView(reader: Reader, category: Category | null): Promise<TargetsView> {
  const { list, names } = reader.catalogue;
  const targets = list.targets.filter((target) => category === null || target.category === category);
  const ids = new Set(targets.map(({ id }) => id));
  return {
    ...stamp(reader, null),
    names,
    category,
    categories: CATEGORIES.filter((one) => list.targets.some((target) => target.category === one)),
    targets,
    cells: (await latestCells(reader)).filter(({ target }) => ids.has(target)),
  };
}
