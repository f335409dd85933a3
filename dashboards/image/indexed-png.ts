import { promisify } from "node:util";
import { crc32, deflate, type ZlibOptions } from "node:zlib";

const COLOURS_MAX = 256;
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
/** Colours nearer to each other than this step are one: the shades at the edges of letters. */
const STEP = 8;
/** Outside the main thread: the best packing takes longer than all else. */
const packed = promisify<Uint8Array, ZlibOptions, Buffer>(deflate);

/**
 * A picture of few colours as PNG with a palette of at most 256: half the bytes of one with full colours, for lines on
 * which each kilobyte counts. `pixels` are RGBA without transparency, row by row.
 */
export async function indexedPng(pixels: Uint8Array, widthPx: number, heightPx: number): Promise<Uint8Array> {
  const keys = keysOf(pixels, widthPx * heightPx);
  const { chosen, places } = paletteOf(keys);
  // Each row begins with the number of its filter; for a palette none is best.
  const rows = Buffer.alloc((widthPx + 1) * heightPx);
  for (let y = 0, at = 0; y < heightPx; y++)
    for (let x = 1; x <= widthPx; x++, at++) rows[y * (widthPx + 1) + x] = places[keys[at] ?? 0] ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(chosen.flat())),
    chunk("IDAT", await packed(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

type Colour = readonly [red: number, green: number, blue: number];

const KEYS = 1 << 15;
/** A part of a colour in five bits. */
const PARTS = Uint8Array.from({ length: 256 }, (_, value) => Math.min(31, Math.round(value / STEP)));

/** Each pixel's colour in fifteen bits. A picture has a million of them: no call, no object for one. */
function keysOf(pixels: Uint8Array, count: number): Uint16Array {
  const keys = new Uint16Array(count);
  for (let at = 0, byte = 0; at < count; at++, byte += 4) {
    const red = PARTS[pixels[byte] ?? 0] ?? 0;
    const green = PARTS[pixels[byte + 1] ?? 0] ?? 0;
    keys[at] = (red << 10) | (green << 5) | (PARTS[pixels[byte + 2] ?? 0] ?? 0);
  }
  return keys;
}

/** The commonest colours, and for every colour that occurs the place of its own or of the nearest among them. */
function paletteOf(keys: Uint16Array): { chosen: Colour[]; places: Uint8Array } {
  const counts = new Uint32Array(KEYS);
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  const found = Array.from(counts, (count, key) => [key, count] as const).filter(([, count]) => count > 0);
  const palette = found.sort(([a, m], [b, n]) => n - m || a - b);
  const chosen = palette.slice(0, COLOURS_MAX).map(([key]) => colourOf(key));
  const places = new Uint8Array(KEYS);
  for (const [index, [key]] of palette.entries())
    places[key] = index < COLOURS_MAX ? index : nearest(chosen, colourOf(key));
  return { chosen, places };
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
