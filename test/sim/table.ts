import type { Row } from "./goals.ts";
import type { Score } from "./score.ts";

/** The table of an evaluation as text; goals missed are marked. */
export function tableOf(rows: readonly Row[]): string {
  const head: Row = {
    name: "measure",
    value: "here (simulated truth)",
    goal: "goal",
    others: "others report",
    met: null,
  };
  const width = (of: (row: Row) => string) => Math.max(...[head, ...rows].map((row) => of(row).length));
  const [name, value, goal] = [width((row) => row.name), width((row) => row.value), width((row) => row.goal)];
  const line = (row: Row, mark: string) =>
    `${mark} ${row.name.padEnd(name)}  ${row.value.padEnd(value)}  ${row.goal.padEnd(goal)}  ${row.others}`.trimEnd();
  const marks = { true: "  ok  ", false: "MISSED", null: "      " } as const;
  return [line(head, "      "), ...rows.map((row) => line(row, marks[`${row.met}`]))].join("\n");
}

/** True causes against the causes that lead by three, as text. */
export function causesOf({ causes }: Score): string {
  const columns = [...new Set([...causes.values()].flatMap((told) => [...told.keys()]))].sort();
  const rows = [...causes].sort(([a], [b]) => (a < b ? -1 : 1));
  const cells = [
    ["true cause", ...columns],
    ...rows.map(([cause, told]) => [cause, ...columns.map((one) => String(told.get(one) ?? 0))]),
  ];
  return cells
    .map((row) => row.map((cell, index) => (index === 0 ? cell.padEnd(22) : cell.padStart(22))).join(""))
    .join("\n");
}
