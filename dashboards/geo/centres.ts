import { project } from "./projection.ts";

/** Where the centre of a region's administration lies in the drawing, and on which side of it its name has room. */
export type Centre = { code: string; x: number; y: number; side: "left" | "right" | "above" | "below" };

/** `nudge`: units by which a dot is moved up, where two towns lie closer than their dots are wide. */
function centre(code: string, north: number, east: number, side: Centre["side"] = "right", nudge = 0): Centre {
  const { x, y } = project(east, north);
  return { code, x, y: y - nudge, side };
}

/**
 * Centres of the 20 regions, degrees north and east to two digits (the towns' well-known places; points for regions
 * only, never for probes). In reading order, as the tiles are.
 */
export const CENTRES: readonly Centre[] = [
  centre("KZ-39", 53.21, 63.62, "left"),
  centre("KZ-59", 54.87, 69.15, "above"),
  centre("KZ-55", 52.29, 76.97),
  centre("KZ-27", 51.23, 51.37),
  centre("KZ-15", 50.28, 57.17),
  centre("KZ-11", 53.28, 69.39, "right"),
  centre("KZ-71", 51.17, 71.43, "left"),
  centre("KZ-10", 50.41, 80.23, "above"),
  centre("KZ-63", 49.97, 82.61, "below"),
  centre("KZ-23", 47.11, 51.92),
  centre("KZ-62", 47.8, 67.71, "left"),
  centre("KZ-35", 49.8, 73.1),
  centre("KZ-33", 45.02, 78.37, "right"),
  centre("KZ-47", 43.65, 51.16),
  centre("KZ-43", 44.85, 65.51, "left"),
  centre("KZ-61", 43.3, 68.25, "left"),
  centre("KZ-31", 42.9, 71.37, "right"),
  centre("KZ-19", 43.86, 77.06, "right", 5),
  centre("KZ-79", 42.32, 69.59, "below"),
  centre("KZ-75", 43.24, 76.89, "right", -5),
];
