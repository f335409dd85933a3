import { BLOCKS } from "./settings/blocks.ts";
import { JUDGING } from "./settings/judging.ts";
import { LOSSES } from "./settings/losses.ts";
import { SPEED } from "./settings/speed.ts";

/**
 * Every number that analysis uses, with its reason and source. "Simulated" means: chosen by simulation of cells of 2 to 8
 * probes in 15-minute rounds with failures shared between probes (baseline 0.03, correlation 0.15 and 0.35), for less
 * than 0.1 false alarms a cell and year. Times are milliseconds.
 */
export const SETTINGS = { ...JUDGING, ...BLOCKS, ...SPEED, ...LOSSES } as const;
export type Settings = typeof SETTINGS;
