/**
 * Albers' equal-area conic for Kazakhstan (parallels 43° and 53° N, centre 48° N 67° E), so that no region looks larger
 * than it is. The country fills a drawing of {@link MAP} units.
 */
export const MAP = { width: 1000, height: 576 } as const;

const RADIANS = Math.PI / 180;
const [SOUTH, NORTH, LATITUDE, LONGITUDE] = [43, 53, 48, 67].map((degrees) => degrees * RADIANS) as [
  number,
  number,
  number,
  number,
];
const CONE = (Math.sin(SOUTH) + Math.sin(NORTH)) / 2;
const BASE = Math.cos(SOUTH) ** 2 + 2 * CONE * Math.sin(SOUTH);
/** Units of the drawing for one radius of the earth, and where the centre lies in it. */
const [SCALE, CENTRE_X, CENTRE_Y] = [2075, 494, 292];

/** Where a place lies in the drawing; degrees east and north. */
export function project(east: number, north: number): { x: number; y: number } {
  const radius = (latitude: number) => Math.sqrt(BASE - 2 * CONE * Math.sin(latitude)) / CONE;
  const angle = CONE * (east * RADIANS - LONGITUDE);
  const here = radius(north * RADIANS);
  return {
    x: Math.round(CENTRE_X + SCALE * here * Math.sin(angle)),
    y: Math.round(CENTRE_Y - SCALE * (radius(LATITUDE) - here * Math.cos(angle))),
  };
}
