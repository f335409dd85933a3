import { describe, expect, test } from "vitest";
import { isTimeZone, nameHoldsUrl, namesBannedMovement } from "../../targets/rules.ts";

describe("namesBannedMovement", () => {
  test.each([
    "dvk",
    "https://dvk-kz.example/",
    "DCK channel",
    "koshe-partiyasy.example",
    "Көше партиясы",
    "Коше партиясы",
    "Демократический выбор Казахстана",
    "Қазақстанның демократиялық таңдауы",
    "democratic-choice-of-kazakhstan.example",
  ])("recognises %j", (text) => {
    expect(namesBannedMovement(["harmless", text])).toBe(true);
  });

  test.each(["orda.kz", "Көше өнері", "Выбор редакции", "dvkrasota.ru", "Демократическая партия", "duckduckgo.com"])(
    "lets %j pass",
    (text) => {
      expect(namesBannedMovement([text])).toBe(false);
    },
  );
});

describe("nameHoldsUrl", () => {
  test.each([
    ["azattyq.org", "https://www.azattyq.org/"],
    ["www.azattyq.org", "https://www.azattyq.org/"],
    ["rus.azattyq.org", "https://rus.azattyq.org"],
    ["bit.ly/abc", "https://bit.ly/abc"],
    ["t.me/s/channel", "https://t.me/s/channel/"],
  ])("accepts %s for %s", (id, url) => {
    expect(nameHoldsUrl(id, url)).toBe(true);
  });

  test.each([
    ["azattyq.org", "https://azattyq-ruhy.kz/"],
    ["azattyq.org", "https://rus.azattyq.org/"],
    ["bit.ly", "https://bit.ly/abc"],
    ["orda.kz", "not an address"],
  ])("refuses %s for %s", (id, url) => {
    expect(nameHoldsUrl(id, url)).toBe(false);
  });
});

test("isTimeZone knows the zones of the system and nothing else", () => {
  expect(isTimeZone("Asia/Qyzylorda")).toBe(true);
  expect(isTimeZone("Asia/Astana")).toBe(false);
  expect(isTimeZone("")).toBe(false);
});
