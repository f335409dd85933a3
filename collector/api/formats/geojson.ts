import type { Region } from "../../../targets/schema.ts";
import type { Column, Words } from "../columns.ts";

type Position = readonly [longitude: number, latitude: number];

/**
 * Rows as a GeoJSON FeatureCollection (RFC 7946): the centres of their regions, never a probe. A row without a region,
 * or of the whole country, has no geometry. `facts` are foreign members of the collection.
 */
export function geoJson<Row>(parts: {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly words: Words;
  readonly regions: readonly Region[];
  readonly placesOf: (row: Row) => readonly string[];
  readonly facts: object;
}): string {
  const { columns, rows, words, regions, placesOf, facts } = parts;
  const centres = new Map<string, Position | undefined>(regions.map(({ code, centre }) => [code, centre]));
  const features = rows.map((row) => ({
    type: "Feature",
    geometry: geometryOf(
      placesOf(row)
        .map((code) => centres.get(code))
        .filter((point) => point !== undefined),
    ),
    properties: Object.fromEntries(columns.map(({ name, of }) => [name, of(row, words)])),
  }));
  return JSON.stringify({ type: "FeatureCollection", ...facts, features });
}

function geometryOf(points: readonly Position[]): object | null {
  const [only] = points;
  if (only === undefined) return null;
  return points.length === 1 ? { type: "Point", coordinates: only } : { type: "MultiPoint", coordinates: points };
}
