import type { Ink } from "./chart-shapes.ts";

/** Colours of a chart on paper and on screen; what is told by colour is told by height or words as well. */
export const INKS: Readonly<
  Record<
    Ink,
    { readonly fill?: string; readonly stroke?: string; readonly width?: number; readonly dash?: readonly number[] }
  >
> = {
  frame: { stroke: "#17191c", width: 0.7 },
  grid: { stroke: "#d9dde1", width: 0.5 },
  probes: { fill: "#6aa3b3" },
  expected: { stroke: "#17191c", width: 0.7, dash: [2, 2] },
  bad: { fill: "#8f1d21" },
  clear: { fill: "#a9c6cf" },
  incident: { fill: "#efc9ae" },
  edge: { fill: "#faeadf" },
  gap: { fill: "#c3c8ce" },
  mark: { stroke: "#17191c", width: 0.8 },
};

export const TEXT_COLOUR = "#17191c";
