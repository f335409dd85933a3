import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TOLD, tellLine } from "../../../probe/run/tell.ts";
import { LINE_CONDITIONS } from "../../../protocol/records/link.ts";

const at = new Date(2026, 10, 28, 9, 5);
const told = (line: Record<string, unknown>) => tellLine({ level: 30, ...line }, "en", at);

describe("what run tells at a terminal", () => {
  it("begins with the host's own time and has no mark that hangs on colour", () => {
    const line = told({ msg: "the line", state: "international" });
    expect(line).toBe("09:05 The line: the internet is reachable, at home and abroad.");
  });

  it.each(LINE_CONDITIONS)("names the line's condition %s", (to) => {
    for (const language of ["kk", "ru", "en"] as const)
      expect(tellLine({ level: 30, msg: "the line has changed", of: "condition", to }, language, at)).toMatch(
        /^09:05 \S/,
      );
  });

  it("tells rounds of sites, and nothing of those in quiet hours", () => {
    expect(told({ msg: "round", planned: 60, measured: 58, anomalies: 3 })).toMatch(/58, out of the ordinary: 3/);
    expect(told({ msg: "round", planned: 0, measured: 0, anomalies: 0 })).toBeNull();
  });

  it("leaves what is for technicians untold, but no warning and no fault", () => {
    expect(told({ msg: "the collector sent a configuration" })).toBeNull();
    expect(told({ level: 40, msg: "something odd" })).toContain("something odd");
    expect(told({ level: 50, msg: "a fault in delivery" })).toContain("a fault in delivery");
  });

  it("knows only messages that the program writes", () => {
    const root = fileURLToPath(new URL("../../../probe", import.meta.url));
    const code = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.endsWith("run/tell.ts"))
      .map((path) => readFileSync(`${root}/${path}`, "utf8"))
      .join("\n");
    expect(Object.keys(TOLD).filter((message) => !code.includes(`"${message}"`))).toEqual([]);
  });
});
