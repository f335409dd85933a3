import type { FastifyRequest } from "fastify";

/** The forms in which a table is given: by suffix of the path, or by the Accept header. */
export const FORMATS = {
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
  geojson: "application/geo+json",
} as const;
export type Format = keyof typeof FORMATS;

/** The media type without its parameters. */
export function plainType(format: Format): string {
  return FORMATS[format].split(";")[0] ?? "";
}

/** The form a request asks for among those there are: the first of the best by its Accept header, else JSON. */
export function formatOf({ headers }: FastifyRequest, offered: readonly Format[]): Format {
  const wishes = (headers.accept ?? "*/*")
    .split(",")
    .slice(0, 32)
    .map((part) => {
      const [type = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const quality = parameters.find((text) => text.startsWith("q="))?.slice(2);
      return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
    });
  const qualityOf = (format: Format) => {
    const type = plainType(format);
    const fitting = wishes.filter((wish) => [type, `${type.split("/")[0]}/*`, "*/*"].includes(wish.type));
    // The most exact wish holds: a type before a range, a range before anything.
    return fitting.sort((a, b) => stars(a.type) - stars(b.type))[0]?.quality ?? 0;
  };
  const ranked = offered
    .map((format) => ({ format, quality: qualityOf(format) }))
    .sort((a, b) => b.quality - a.quality);
  const [best] = ranked;
  return best === undefined || best.quality === 0 ? "json" : best.format;
}

function stars(type: string): number {
  return type.split("*").length;
}
