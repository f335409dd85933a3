import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { renderAsync } from "@resvg/resvg-js";
import { indexedPng } from "./indexed-png.ts";

const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif-Bold.ttf"];

let fontFiles: readonly string[] | null = null;

/** Packed fonts that hold every Kazakh letter and our signs; the machine's own fonts play no part. */
function fonts(): string[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");
  fontFiles ??= FONTS.map((file) => join(folder, file));
  return [...fontFiles];
}

/** Draws an SVG document as PNG, outside the main thread. Whoever calls bounds how many are drawn at once. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: { fontFiles: fonts(), loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
    background: "#ffffff",
  });
  return indexedPng(image.pixels, image.width, image.height);
}
