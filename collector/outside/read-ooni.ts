import { z } from "zod";
import { utc } from "../time.ts";
import type { OutsideSeries } from "./types.ts";

const Count = z.int().min(0);
const Row = z.object({
  measurement_start_day: z.string().max(40),
  anomaly_count: Count,
  confirmed_count: Count,
  measurement_count: Count,
  probe_asn: z.union([z.string(), z.number()]).optional(),
  probe_cc: z.string().max(8).optional(),
  domain: z.string().max(253).optional(),
  input: z.string().max(2048).optional(),
});
const Answer = z.object({ result: z.array(Row).max(100_000) });
type Row = z.infer<typeof Row>;

/** Counts that are told, by the source's own names. */
const SIGNALS = ["anomaly_count", "confirmed_count", "measurement_count"] as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MAX = 100_000;

/**
 * Counts by day or hour of an answer of OONI's aggregation API whose first axis is time; one series for each network and
 * site in it. A day that is not in the answer was not measured: no value. Throws a ZodError for anything else.
 */
export function readOoni(value: unknown): OutsideSeries[] {
  const groups = new Map<string, Row[]>();
  for (const row of Answer.parse(value).result) {
    if (row.probe_cc !== undefined && row.probe_cc !== "KZ") continue;
    const key = JSON.stringify([asnOf(row), targetOf(row)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap(seriesOf);
}

function seriesOf(rows: readonly Row[]): OutsideSeries[] {
  const [first] = rows;
  const times = rows.map(({ measurement_start_day: at }) => Date.parse(at)).filter((at) => !Number.isNaN(at));
  if (first === undefined || times.length === 0) return [];
  const stepMs = times.every((at) => at % DAY_MS === 0) ? DAY_MS : HOUR_MS;
  const from = Math.floor(Math.min(...times) / stepMs) * stepMs;
  const steps = Math.min(STEPS_MAX, Math.floor((Math.max(...times) - from) / stepMs) + 1);
  const asn = asnOf(first);
  const entity = asn === null ? { type: "country", code: "KZ" } : { type: "asn", code: String(asn) };
  return SIGNALS.map((signal) => {
    const values: (number | null)[] = Array.from({ length: steps }, () => null);
    for (const row of rows) {
      const step = Math.floor((Date.parse(row.measurement_start_day) - from) / stepMs);
      if (step >= 0 && step < steps) values[step] = (values[step] ?? 0) + row[signal];
    }
    const window = { from: utc(from), to: utc(from + steps * stepMs) };
    return { signal, entity, asn, target: targetOf(first), ...window, stepMs, values, spans: [] };
  });
}

function asnOf({ probe_asn: asn }: Row): number | null {
  const number = asn === undefined ? Number.NaN : Number(String(asn).replace(/^AS/i, ""));
  return Number.isInteger(number) && number > 0 ? number : null;
}

/** The site as our target ids name it: its host. */
function targetOf({ domain, input }: Row): string | null {
  if (domain !== undefined && domain !== "") return domain;
  return input !== undefined && URL.canParse(input) ? new URL(input).hostname.slice(0, 253) || null : null;
}
