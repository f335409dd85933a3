import { crc32, deflateSync } from "node:zlib";

const COLOURS_MAX = 256;
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
/** Colours nearer to each other than this step are one: the shades at the edges of letters. */
const STEP = 8;

/**
 * A picture of few colours as PNG with a palette of at most 256: half the bytes of one with full colours, for lines on
 * which each kilobyte counts. `pixels` are RGBA without transparency, row by row.
 */
export function indexedPng(pixels: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const keys = new Uint16Array(widthPx * heightPx);
  const counts = new Map<number, number>();
  for (let at = 0; at < keys.length; at++) {
    const key = keyOf(pixels, at * 4);
    keys[at] = key;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const palette = [...counts].sort(([a, m], [b, n]) => n - m || a - b).slice(0, COLOURS_MAX);
  const exact = new Map(palette.map(([key], index) => [key, index]));
  const chosen = palette.map(([key]) => colourOf(key));
  const places = new Map([...counts.keys()].map((key) => [key, exact.get(key) ?? nearest(chosen, colourOf(key))]));
  // Each row begins with the number of its filter; for a palette none is best.
  const rows = Buffer.alloc((widthPx + 1) * heightPx);
  for (let at = 0; at < keys.length; at++) rows[at + Math.floor(at / widthPx) + 1] = places.get(keys[at] ?? 0) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(chosen.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

type Colour = readonly [red: number, green: number, blue: number];

/** Five bits of each part of a colour. */
function keyOf(pixels: Uint8Array, at: number): number {
  const part = (offset: number) => Math.min(31, Math.round((pixels[at + offset] ?? 0) / STEP));
  return (part(0) << 10) | (part(1) << 5) | part(2);
}

function colourOf(key: number): Colour {
  // The brightest step stands for white itself.
  const part = (value: number) => (value === 31 ? 255 : value * STEP);
  return [part(key >> 10), part((key >> 5) & 31), part(key & 31)];
}

function nearest(colours: readonly Colour[], [red, green, blue]: Colour): number {
  const far = ([r, g, b]: Colour) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  return colours.reduce((best, colour, index) => (far(colour) < far(colours[best] ?? colour) ? index : best), 0);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
