import type { OutsideRow } from "../../collector/api/types.ts";

const FROM = Date.parse("2022-01-04T12:00:00.000Z");
const BUCKET_MS = 12 * 60_000;
const utc = (atMs: number) => new Date(atMs).toISOString();

/** Parts of two days: values before and after a cut, none in between where the source gave none. */
function buckets(before: number, during: number | null) {
  return Array.from({ length: 240 }, (_, part) => {
    const [from, to] = [utc(FROM + part * BUCKET_MS), utc(FROM + (part + 1) * BUCKET_MS)];
    // Not asked for before the twentieth part; cut from the 110th to the 165th.
    const value = part < 20 ? null : part >= 110 && part < 165 ? during : before - (part % 7);
    return { from, to, min: value, max: value === null ? null : value + (part % 3) };
  });
}

const ORIGIN = {
  licence: "terms of IODA (ioda.inetintel.cc.gatech.edu)",
  address: "https://api.example.org/v2/signals/raw/asn/9198",
  retrievedAt: "2022-01-07T10:00:00.000Z",
  sha256: "5c".repeat(32),
  original: "/api/v1/outside/1",
  ...{ from: utc(FROM + 20 * BUCKET_MS), to: utc(FROM + 240 * BUCKET_MS) },
};

/** What other projects measured during a cut of a city. */
export const OUTSIDE: OutsideRow[] = [
  {
    ...ORIGIN,
    ...{ source: "ioda", signal: "ping-slash24", entity: { type: "asn", code: "9198" }, asn: 9198, target: null },
    ...{ spans: [], buckets: buckets(2940, 12), low: 0, high: 2942 },
  },
  {
    ...ORIGIN,
    ...{ source: "ioda", signal: "gtr", entity: { type: "country", code: "KZ" }, asn: null, target: null },
    ...{ spans: [], buckets: buckets(8, null), low: 0, high: 10 },
  },
  {
    ...ORIGIN,
    ...{ source: "radar", signal: "outage", entity: { type: "country", code: "KZ" }, asn: null, target: null },
    licence: "CC BY-NC 4.0",
    ...{ buckets: [], low: null, high: null },
    spans: [
      { from: "2022-01-05T10:30:00.000Z", to: "2022-01-05T18:00:00.000Z", label: "Outage, nationwide", link: null },
      { from: "2022-01-05T21:00:00.000Z", to: null, label: "Outage, Almaty", link: null },
    ],
  },
];
