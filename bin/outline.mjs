// Writes dashboards/geo/outline.ts from the outline of Kazakhstan in the package world-atlas (Natural Earth, public
// domain), projected and thinned. With --check it only tells whether the file is current.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature } from "topojson-client";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { project } = await import(join(root, "dist/dashboards/geo/projection.js"));
const KAZAKHSTAN = "398";
/** Points closer than this to the last one are left out; in units of the drawing. */
const LEAST = 4;

const world = createRequire(import.meta.url)("world-atlas/countries-50m.json");
const country = feature(world, world.objects.countries).features.find(({ id }) => id === KAZAKHSTAN);
const rings = country.geometry.type === "Polygon" ? country.geometry.coordinates : country.geometry.coordinates.flat();

function pathOf(ring) {
  const points = [];
  for (const [east, north] of ring) {
    const { x, y } = project(east, north);
    const last = points.at(-1);
    if (last === undefined || Math.hypot(x - last.x, y - last.y) >= LEAST) points.push({ x, y });
  }
  if (points.length < 4) return "";
  const steps = points.slice(1).map(({ x, y }, index) => `${x - points[index].x} ${y - points[index].y}`);
  return `M${points[0].x} ${points[0].y}l${steps.join(" ").replaceAll(" -", "-")}z`;
}

const path = rings.map(pathOf).join("");
const text = `/** Outline of Kazakhstan, made by bin/outline.mjs from world-atlas (Natural Earth 1:50m, public domain). */
export const OUTLINE =
  "${path}";
`;
const file = join(root, "dashboards/geo/outline.ts");
if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  process.stderr.write("dashboards/geo/outline.ts is not what bin/outline.mjs makes.\n");
  process.exitCode = 1;
}
