import { z } from "zod";
import { utc } from "../time.ts";
import type { OutsideSeries, OutsideSpan } from "./types.ts";

const Word = z.string().max(2048);
const When = Word.refine((text) => !Number.isNaN(Date.parse(text)), "expected a time");
/** Empty while it goes on. */
const End = z.union([z.literal(""), When]).nullish();
const AsNumber = z.union([z.string(), z.number()]).transform(Number).pipe(z.int().min(0).max(4294967295));

const Annotation = z.object({
  startDate: When,
  endDate: End,
  eventType: Word,
  scope: Word.nullish(),
  locations: z.array(Word).max(256).default([]),
  asns: z.array(AsNumber).max(1024).default([]),
  outage: z.object({ outageCause: Word.nullish(), outageType: Word.nullish() }).nullish(),
  description: Word.nullish(),
  linkedUrl: Word.nullish(),
});

const Anomaly = z.object({
  startDate: When,
  endDate: End,
  status: Word,
  type: Word,
  asnDetails: z.object({ asn: AsNumber }).nullish(),
  locationDetails: z.object({ code: Word }).nullish(),
});

const Answer = z.object({
  result: z.union([
    z.object({ annotations: z.array(Annotation).max(2000) }),
    z.object({ trafficAnomalies: z.array(Anomaly).max(2000) }),
  ]),
});

const COUNTRY = "KZ";

type Marked = { signal: string; country: boolean; asns: number[]; span: OutsideSpan };

/**
 * Annotations or traffic anomalies of Cloudflare Radar that touch Kazakhstan: spans by kind and network. Others are
 * passed over. Throws a ZodError for anything else.
 */
export function readRadar(value: unknown): OutsideSeries[] {
  const { result } = Answer.parse(value);
  const marked = "annotations" in result ? result.annotations.map(annotated) : result.trafficAnomalies.map(anomalous);
  const groups = new Map<string, { signal: string; asn: number | null; spans: OutsideSpan[] }>();
  for (const { signal, asns, span } of marked.filter(({ country }) => country))
    for (const asn of asns.length > 0 ? asns : [null]) {
      const key = JSON.stringify([signal, asn]);
      const group = groups.get(key) ?? { signal, asn, spans: [] };
      group.spans.push(span);
      groups.set(key, group);
    }
  return [...groups.values()].map(({ signal, asn, spans }) => seriesOf(signal, asn, spans));
}

function annotated(row: z.infer<typeof Annotation>): Marked {
  const { eventType, scope, locations, asns, outage, description, linkedUrl, startDate, endDate } = row;
  const words = [outage?.outageType, outage?.outageCause, scope, description];
  return {
    signal: eventType.toLowerCase(),
    country: locations.includes(COUNTRY),
    asns,
    span: spanOf(startDate, endDate, words, linkedUrl),
  };
}

function anomalous({ startDate, endDate, status, type, asnDetails, locationDetails }: z.infer<typeof Anomaly>): Marked {
  return {
    signal: "traffic anomaly",
    country: locationDetails?.code === COUNTRY,
    asns: asnDetails == null ? [] : [asnDetails.asn],
    span: spanOf(startDate, endDate, [type, status], null),
  };
}

function spanOf(
  from: string,
  to: string | null | undefined,
  words: readonly (string | null | undefined)[],
  link: string | null | undefined,
): OutsideSpan {
  const label = words.filter((word) => word !== null && word !== undefined && word !== "").join(" · ");
  const end = to === null || to === undefined || to === "" ? null : utc(Date.parse(to));
  return { from: utc(Date.parse(from)), to: end, label: label.slice(0, 2048), link: link || null };
}

function seriesOf(signal: string, asn: number | null, spans: readonly OutsideSpan[]): OutsideSeries {
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));
  const last = sorted
    .map(({ from, to }) => to ?? from)
    .sort()
    .at(-1);
  const from = sorted[0]?.from ?? utc(0);
  const entity = asn === null ? { type: "country", code: COUNTRY } : { type: "asn", code: String(asn) };
  return { signal, entity, asn, target: null, from, to: last ?? from, stepMs: null, values: [], spans: sorted };
}
