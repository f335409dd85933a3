import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Power } from "../../protocol/records/life.ts";

/** Whether the host runs on mains: from the kernel's power supplies; a host without any battery is on mains. */
export function powerSource(root = "/sys/class/power_supply"): Power {
  try {
    if (!existsSync(root)) return "unknown";
    const supplies = readdirSync(root).map((name) => ({
      type: read(`${root}/${name}/type`),
      online: read(`${root}/${name}/online`),
    }));
    if (supplies.some(({ type, online }) => type !== "Battery" && online === "1")) return "mains";
    if (supplies.some(({ type }) => type === "Battery")) return "battery";
    return supplies.length === 0 ? "mains" : "unknown";
  } catch {
    return "unknown";
  }
}

/** Charge of the fullest battery in percent; null without one. */
export function batteryPercent(root = "/sys/class/power_supply"): number | null {
  try {
    const charges = readdirSync(root)
      .filter((name) => read(`${root}/${name}/type`) === "Battery")
      .map((name) => Number(read(`${root}/${name}/capacity`) || Number.NaN))
      .filter((percent) => percent >= 0 && percent <= 100);
    return charges.length === 0 ? null : Math.max(...charges);
  } catch {
    return null;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
