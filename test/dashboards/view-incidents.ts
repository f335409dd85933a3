import type { Incident } from "../../collector/api/types.ts";
import { AS_OF, CAUSES, incident, shift } from "./view-parts.ts";

/** One site silent on one network. */
export const BLOCK = incident({ id: "KZ-2026-0042", causes: CAUSES.slice(3) });
/** A city without internet. */
export const CUT = incident({
  id: "KZ-2026-0043",
  kind: "shutdown",
  method: null,
  extent: "total",
  targets: [],
  asns: [],
  access: [],
  start: { earliest: shift(AS_OF, -94), latest: shift(AS_OF, -93.5) },
  witnesses: 17,
  measurements: 0,
  confidence: "probable",
  causes: CAUSES,
});

/** One open incident of every kind, and more. */
export const MANY: Incident[] = [
  CUT,
  BLOCK,
  incident({
    id: "KZ-2026-0044",
    kind: "shutdown",
    method: null,
    extent: "mobile-only",
    targets: [],
    asns: [29355, 21299],
    regions: ["KZ-71"],
    access: ["mobile"],
    start: { earliest: shift(AS_OF, -61), latest: shift(AS_OF, -60) },
    confidence: "observed",
    witnesses: 7,
    measurements: 0,
  }),
  incident({
    id: "KZ-2026-0045",
    targets: ["azattyq.org", "vlast.kz", "ratel.kz"],
    method: "dns_tamper",
    asns: [29355, 48503],
    regions: [],
    access: [],
    start: { earliest: "2026-11-19T04:10:00.000Z", latest: "2026-11-19T04:25:00.000Z" },
  }),
  incident({
    id: "KZ-2026-0046",
    kind: "throttle",
    method: "throttled",
    targets: ["youtube.com"],
    asns: [21299],
    regions: ["KZ-79", "KZ-61"],
    confidence: "observed",
    singleWitness: true,
    witnesses: 1,
  }),
  incident({
    id: "KZ-2026-0047",
    kind: "interception",
    method: "tls_mitm",
    targets: ["facebook.com"],
    regions: ["KZ-63"],
  }),
  incident({
    id: "KZ-2026-0048",
    kind: "outage",
    method: null,
    targets: [],
    regions: ["KZ-55"],
    confidence: "observed",
    witnesses: 3,
    measurements: 0,
  }),
];

/** Incidents that have ended. */
export const ENDED: Incident[] = [
  incident({
    id: "KZ-2026-0039",
    targets: ["web.telegram.org"],
    method: "tcp_block",
    start: { earliest: "2026-11-20T09:02:00.000Z", latest: "2026-11-20T09:11:00.000Z" },
    end: { earliest: "2026-11-20T15:40:00.000Z", latest: "2026-11-20T15:55:00.000Z" },
  }),
  incident({
    id: "KZ-2026-0036",
    kind: "outage",
    method: null,
    targets: [],
    regions: ["KZ-39"],
    asns: [],
    start: { earliest: "2026-11-18T01:00:10.000Z", latest: "2026-11-18T01:00:40.000Z" },
    end: { earliest: "2026-11-18T02:31:00.000Z", latest: "2026-11-18T02:31:30.000Z" },
    confidence: "probable",
    witnesses: 4,
    measurements: 0,
  }),
];
