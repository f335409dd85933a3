import { encode } from "uqr";
import { type Html, html } from "../html.ts";

/** A QR code of an address as a square of some pixels, with its quiet zone. */
export function qrSvg(address: string, x: number, y: number, sizePx: number): Html {
  const { data, size } = encode(address, { ecc: "M", border: 2 });
  const dark = data.flatMap((row, top) => row.flatMap((on, left) => (on ? [`M${left} ${top}h1v1h-1z`] : [])));
  return html`<svg x="${x}" y="${y}" width="${sizePx}" height="${sizePx}" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${dark.join("")}"/></svg>`;
}
