import type { LinkBody } from "../../protocol/records/link.ts";
import { type LinkView, linkView, rung } from "./read/link-view.ts";
import type { Settings } from "./settings.ts";
import type { EpochMs } from "./types.ts";

type Point = { at: EpochMs; view: LinkView | null };

/** The state of every probe's line over time, from its own journal. */
export type LineLog = {
  put: (probe: string, at: EpochMs, body: LinkBody) => void;
  /** A new boot: what was known of the line is over. */
  forget: (probe: string, at: EpochMs) => void;
  /** The worst state from one moment to another, the one in force at its beginning included; null when not known. */
  worst: (probe: string, from: EpochMs, to: EpochMs) => LinkView | null;
};

/** An empty log with a bounded number of entries a probe. */
export function createLineLog(settings: Settings): LineLog {
  const logs = new Map<string, Point[]>();
  const add = (probe: string, point: Point) => {
    const points = logs.get(probe) ?? [];
    logs.set(probe, points);
    let index = points.length;
    while (index > 0 && (points[index - 1]?.at ?? 0) > point.at) index--;
    points.splice(index, 0, point);
    if (points.length > settings.linksKept) points.shift();
  };
  return {
    put: (probe, at, body) => add(probe, { at, view: linkView(body) }),
    forget: (probe, at) => add(probe, { at, view: null }),
    worst: (probe, from, to) => {
      const points = logs.get(probe) ?? [];
      const first = points.findLastIndex(({ at }) => at <= from);
      const views = points
        .slice(Math.max(0, first))
        .filter(({ at }) => at <= to)
        .map(({ view }) => view)
        .filter((view) => view !== null);
      return views.reduce<LinkView | null>((worst, view) => (worst === null ? view : worse(worst, view)), null);
    },
  };
}

function worse(a: LinkView, b: LinkView): LinkView {
  const low = rung(b.state) < rung(a.state) ? b : a;
  const resolverOk = a.resolverOk === false || b.resolverOk === false ? false : (a.resolverOk ?? b.resolverOk);
  return { state: low.state, portal: a.portal || b.portal, resolverOk };
}
