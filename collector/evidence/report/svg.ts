import type { Block } from "./blocks.ts";
import type { Shape } from "./chart-shapes.ts";
import { escaped } from "./escape.ts";
import { INKS, TEXT_COLOUR } from "./inks.ts";

/** A figure as SVG that is part of the page: it scales, prints, and is read aloud by its title and description. */
export function figureSvg({ title, describes, width, height, shapes }: Extract<Block, { kind: "figure" }>): string {
  const lines = shapes.map(shapeSvg);
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${title}. ${describes}`)}" font-family="DejaVu Sans Condensed,Noto Sans,system-ui,sans-serif" fill="${TEXT_COLOUR}">\n${lines.join("\n")}\n</svg></figure>`;
}

function shapeSvg(shape: Shape): string {
  switch (shape.shape) {
    case "rect": {
      const { fill = "none" } = INKS[shape.ink];
      return `<rect x="${at(shape.x)}" y="${at(shape.y)}" width="${at(shape.width)}" height="${at(shape.height)}" fill="${fill}"/>`;
    }
    case "line": {
      const { stroke = "none", width = 1, dash } = INKS[shape.ink];
      const points = shape.points.map(([x, y]) => `${at(x)},${at(y)}`).join(" ");
      return `<polyline points="${points}" fill="none" stroke="${stroke}" stroke-width="${width}"${dash === undefined ? "" : ` stroke-dasharray="${dash.join(" ")}"`}/>`;
    }
    case "text":
      return `<text x="${at(shape.x)}" y="${at(shape.y)}" font-size="${shape.size}" text-anchor="${shape.anchor}">${escaped(shape.text)}</text>`;
  }
}

function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}
