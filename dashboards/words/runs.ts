/** Neighbours in a list that are the same by a key: the first and last of each run, and all that are in it. */
export type Run<T> = { first: T; last: T; all: readonly T[] };

/** A list as runs of neighbours with one key, so that ninety like days are one line of a table. */
export function runsOf<T>(list: readonly T[], keyOf: (item: T) => string): Run<T>[] {
  const runs: { key: string; all: T[] }[] = [];
  for (const item of list) {
    const key = keyOf(item);
    const last = runs.at(-1);
    if (last?.key === key) last.all.push(item);
    else runs.push({ key, all: [item] });
  }
  return runs.flatMap(({ all }) => {
    const [first] = all;
    const last = all.at(-1);
    return first === undefined || last === undefined ? [] : [{ first, last, all }];
  });
}
