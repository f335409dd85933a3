import { expect, test } from "vitest";
import { createUndoList } from "./undo-list.ts";

test("what was made is unmade last first, and one failure stops nothing", async () => {
  const undone: string[] = [];
  const undo = createUndoList();
  undo.add("first", async () => undone.push("first"));
  undo.add("second", async () => {
    throw new Error("busy");
  });
  undo.add("third", async () => undone.push("third"));
  expect(await undo.close()).toEqual(["second: busy"]);
  expect(undone).toEqual(["third", "first"]);
  expect(await undo.close()).toEqual([]);
});
