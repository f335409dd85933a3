import type { Facts } from "./facts.ts";

export type TimelineRow = {
  readonly from: string;
  readonly to: string | null;
  readonly what: string;
  readonly title: string | null;
  readonly least: number | null;
  readonly most: number | null;
  readonly expected: number | null;
  readonly measurements: number | null;
  readonly interfered: number | null;
  readonly source: string | null;
};

const NOTHING = {
  ...{ to: null, title: null, least: null, most: null, expected: null, measurements: null, interfered: null },
  source: null,
};

/** timeline.csv: all that has a time, in its order; what it is stands in `what`. */
export function timelineRows(facts: Facts): TimelineRow[] {
  const { incident, timeline, events, reports, publication, bundle } = facts;
  const bounds = (what: string, { earliest, latest }: { earliest: string; latest: string }) => ({
    ...NOTHING,
    ...{ from: earliest, to: latest, what, title: bundle.id },
  });
  const rows: TimelineRow[] = [
    bounds("incident began", incident.start),
    ...(incident.end === null ? [] : [bounds("incident ended", incident.end)]),
    { ...NOTHING, from: incident.detectedAt, what: "incident noticed", title: bundle.id },
    ...timeline.points.map(({ from, to, min, max, expected, few }) => ({
      ...NOTHING,
      ...{ from, to, what: few === true ? "probes connected, too few to count" : "probes connected" },
      ...(few === true ? {} : { least: min, most: max, expected }),
    })),
    ...timeline.measured.map(({ from, to, measurements, interfered }) => ({
      ...NOTHING,
      ...{ from, to, what: "measurements", measurements, interfered },
    })),
    ...timeline.gaps.map(({ from, to }) => ({ ...NOTHING, from, to, what: "collector did not run" })),
    ...events.map(({ start, end, title, source }) => ({
      ...NOTHING,
      from: start,
      to: end,
      what: "event",
      title,
      source,
    })),
    ...reports.map(({ start, title, source }) => ({
      ...NOTHING,
      from: start,
      what: "report",
      title: title.en,
      source,
    })),
    ...(publication?.statements ?? []).map(({ at, speaker, source }) => ({
      ...NOTHING,
      ...{ from: at, what: "statement", title: speaker, source },
    })),
    ...(publication?.versions ?? []).map(({ publishedAt, number, version }) => ({
      ...NOTHING,
      ...{ from: publishedAt, what: "version published", title: `${number}-v${version}` },
    })),
  ];
  return rows.sort((a, b) => (a.from === b.from ? order(a.what, b.what) : order(a.from, b.from)));
}

type CellRow = {
  readonly region: string | null;
  readonly from: string;
  readonly to: string;
  readonly few: boolean;
} & Readonly<
  Record<
    | ("asn" | "probes" | "least_connected" | "most_connected" | "measuring")
    | ("measurements" | "interfered" | "clear" | "unclear"),
    number | null
  >
>;

/** cells.csv: region by network by time, with probes and samples. Cells of few witnesses have one row, without counts. */
export function cellRows({ cells, window }: Facts): CellRow[] {
  return cells.flatMap(({ region, asn, few, probes, buckets }): CellRow[] => {
    const place = { region, asn, few, probes };
    const none = { least_connected: null, most_connected: null, measuring: null };
    if (few)
      return [{ ...place, ...window, ...none, measurements: null, interfered: null, clear: null, unclear: null }];
    return buckets.map(({ from, to, least, most, measuring, measurements, interfered, clear, unclear }) => ({
      ...{ ...place, from, to, least_connected: least, most_connected: most, measuring },
      ...{ measurements, interfered, clear, unclear },
    }));
  });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
