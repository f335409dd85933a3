import { describe, expect, test } from "vitest";
import { imDue } from "../../../probe/measure/im-due.ts";

const MINUTE_MS = 60_000;

describe("imDue", () => {
  test("gives every messenger that was never measured", () => {
    expect(imDue({}, ["telegram", "signal"], 0)).toEqual(["telegram", "signal"]);
  });

  test("gives a messenger in order once an hour", () => {
    const book = { telegram: { atMs: 0, anomalous: false } };
    expect(imDue(book, ["telegram"], 59 * MINUTE_MS)).toEqual([]);
    expect(imDue(book, ["telegram"], 60 * MINUTE_MS)).toEqual(["telegram"]);
  });

  test("gives a messenger with failures again in the next round of a quarter of an hour", () => {
    const book = { telegram: { atMs: 0, anomalous: true }, whatsapp: { atMs: 0, anomalous: false } };
    expect(imDue(book, ["telegram", "whatsapp"], 5 * MINUTE_MS)).toEqual([]);
    expect(imDue(book, ["telegram", "whatsapp"], 15 * MINUTE_MS)).toEqual(["telegram"]);
  });
});
