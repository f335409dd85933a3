import { expect, test } from "vitest";
import { isLeftover, runPrefix } from "./run-prefix.ts";

test("only names of runs whose process is gone are leftovers", () => {
  const alive = (pid: number) => pid === 10;
  expect(isLeftover(`${runPrefix(11)}core-kt`, alive)).toBe(true);
  expect(isLeftover(`${runPrefix(10)}core-kt`, alive)).toBe(false);
  expect(isLeftover("somebody-elses", alive)).toBe(false);
});

test("a device named after a run fits the kernel's 15 characters, whatever the process id", () => {
  expect(`${runPrefix(4194304)}page`.length).toBeLessThanOrEqual(15);
});
