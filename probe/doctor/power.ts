import { readdirSync, readFileSync } from "node:fs";
import { powerSource } from "../life/power.ts";
import { type Finding, finding } from "./finding.ts";

/** Where the kernel lists sensors and power supplies; a Raspberry Pi's firmware tells of its own beside them. */
const PLACES = {
  sensors: "/sys/class/hwmon",
  throttled: "/sys/devices/platform/soc/soc:firmware/get_throttled",
  supplies: "/sys/class/power_supply",
};
/** Bits of the Pi's firmware: too little voltage now, and since the boot (Raspberry Pi documentation, vcgencmd). */
const LOW_NOW = 0x1;
const LOW_SINCE = 0x10000;

/**
 * Whether the host has the power it needs. A Pi on a weak supply slows down and writes badly to its card; on a battery
 * a power cut is not seen as one.
 */
export function checkPower(places: typeof PLACES = PLACES): Finding {
  const bits = Number.parseInt(read(places.throttled), 16);
  const isLow = hasLowVoltage(places.sensors) || (bits & (LOW_NOW | LOW_SINCE)) !== 0;
  if (isLow)
    return finding("powerLow", {}, `under-voltage${Number.isNaN(bits) ? "" : `, throttled=0x${bits.toString(16)}`}`);
  return finding(powerSource(places.supplies) === "battery" ? "powerBattery" : "powerOk");
}

/** The alarm of the driver `raspberrypi-hwmon`. */
function hasLowVoltage(sensors: string): boolean {
  return list(sensors).some(
    (name) => read(`${sensors}/${name}/name`) === "rpi_volt" && read(`${sensors}/${name}/in0_lcrit_alarm`) === "1",
  );
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
