/** What the chart of a report is made of: shapes in points, with its measures. Pure. */

/** How a shape looks; each renderer knows what ink that is. */
export type Ink = "frame" | "grid" | "probes" | "expected" | "bad" | "clear" | "incident" | "edge" | "gap" | "mark";

/** A drawing in points, from its upper left corner. */
export type Shape =
  | {
      readonly shape: "rect";
      readonly ink: Ink;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly shape: "line"; readonly ink: Ink; readonly points: readonly (readonly [number, number])[] }
  | {
      readonly shape: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly anchor: "start" | "middle" | "end";
      readonly size: number;
    };

export const WIDTH = 480;

export const LEFT = 34;
export const RIGHT = WIDTH - 4;
export const PROBES = { top: 34, bottom: 96 };
export const MEASURED = { top: 116, bottom: 170 };
export const SMALL = 7;

export type Scale = (time: string) => number;

export type Lane = { readonly top: number; readonly bottom: number };

/** From the last lane to the legend: the axis stands between. */
export const LEGEND = 30;
/** Height of a row of the legend; width of what stands before a text in it, and about that of a letter. */
const [ROW, SWATCH, LETTER] = [11, 22, 3.95];

/** What the inks mean, in as many rows as it takes, and their height. */
export function legend(
  words: Readonly<Record<string, string>>,
  { top, measured, gaps }: { top: number; measured: boolean; gaps: boolean },
): { readonly shapes: readonly Shape[]; readonly height: number } {
  const entries: readonly (readonly [Ink, string | undefined])[] = [
    ["incident", words.incident],
    ["edge", words.edge],
    ["expected", words.expected],
    ...(measured
      ? ([
          ["bad", words.interfered],
          ["clear", words.clear],
        ] as const)
      : []),
    ...(gaps ? ([["gap", words.gap]] as const) : []),
  ];
  let [x, y] = [LEFT, top];
  const shapes = entries.flatMap(([ink, text = ""]): Shape[] => {
    const width = SWATCH + text.length * LETTER;
    if (x > LEFT && x + width > RIGHT) [x, y] = [LEFT, y + ROW];
    const at = x;
    x += width;
    const swatch: Shape =
      ink === "expected"
        ? {
            shape: "line",
            ink,
            points: [
              [at, y + 3.5],
              [at + 10, y + 3.5],
            ],
          }
        : { shape: "rect", ink, x: at, y: y, width: 10, height: 7 };
    return [swatch, { shape: "text", x: at + 13, y: y + 6.5, text, anchor: "start", size: SMALL }];
  });
  return { shapes, height: y + ROW - top };
}

export function laneTitle(text: string, { top }: Lane): Shape {
  return { shape: "text", x: LEFT, y: top === PROBES.top ? 10 : top - 6, text, anchor: "start", size: SMALL + 0.5 };
}

export function scaleTexts(most: number, { top, bottom }: Lane): Shape[] {
  return [
    { shape: "text", x: LEFT - 4, y: top + 5, text: String(most), anchor: "end", size: SMALL },
    {
      shape: "line",
      ink: "grid",
      points: [
        [LEFT, top],
        [RIGHT, top],
      ],
    },
    {
      shape: "line",
      ink: "frame",
      points: [
        [LEFT, top],
        [LEFT, bottom],
      ],
    },
  ];
}

export function baseline({ bottom }: Lane): Shape {
  return {
    shape: "line",
    ink: "frame",
    points: [
      [LEFT, bottom],
      [RIGHT, bottom],
    ],
  };
}

export function bar(ink: Ink, x: Scale, { from, to }: { from: string; to: string }, { top, bottom }: Lane): Shape {
  const x0 = x(from);
  return { shape: "rect", ink, x: x0, y: top, width: Math.max(0.8, x(to) - x0), height: bottom - top };
}

export function lastOf(lanes: readonly Lane[]): number {
  return lanes.at(-1)?.bottom ?? PROBES.bottom;
}

export function clamped(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, from), to);
}
