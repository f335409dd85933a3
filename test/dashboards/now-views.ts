import type { NowView } from "../../collector/api/types.ts";
import { BLOCK, CUT, ENDED, MANY } from "./view-incidents.ts";
import { NAMES } from "./view-names.ts";
import { AS_OF, findings, fleet, shift, stamp } from "./view-parts.ts";

const NOW: NowView = {
  ...stamp(),
  names: NAMES,
  open: [],
  recent: [],
  coverage: fleet(),
  controls: { known: 4, present: 4 },
  cells: findings(),
  ownLine: { state: "international", since: shift(AS_OF, -9000), checkedAt: shift(AS_OF, -1) },
  measurements: { total: 1_284_306, lastAt: shift(AS_OF, -1) },
};

/** First pages by the situation they show. */
export const NOW_VIEWS = {
  nothingKnown: {
    ...NOW,
    coverage: [],
    controls: { known: 0, present: 0 },
    cells: [],
    ownLine: { state: "none", since: "2026-11-21T14:05:00.000Z", checkedAt: shift(AS_OF, -1) },
    measurements: { total: 0, lastAt: null },
  },
  quiet: { ...NOW, recent: ENDED },
  oneOpenBlock: {
    ...NOW,
    open: [BLOCK],
    recent: ENDED.slice(0, 1),
    cells: findings({ "orda.kz": { 9198: "tls_drop" }, "signal.org": { 21299: "inconclusive" } }),
  },
  cityCut: {
    ...NOW,
    open: [CUT],
    coverage: fleet((region, _asn, known) => (region === "KZ-75" ? 0 : known)),
    recent: ENDED,
  },
  manyIncidents: {
    ...NOW,
    open: MANY,
    recent: ENDED,
    coverage: fleet((region, asn, known) => (region === "KZ-75" || (region === "KZ-71" && asn !== 9198) ? 0 : known)),
    cells: findings({
      "orda.kz": { 9198: "tls_drop", 29355: "tls_drop" },
      "azattyq.org": { 29355: "dns_tamper", 48503: "block_page" },
      "vlast.kz": { 29355: "dns_tamper", 48503: "dns_tamper" },
      "ratel.kz": { 29355: "tls_reset" },
      "youtube.com": { 21299: "throttled" },
      "facebook.com": { 9198: "tls_mitm" },
      "who.int": { 9198: "site_down", 29355: "site_down", 21299: "site_down", 48503: "site_down" },
    }),
  },
  unseen: { ...NOW, open: MANY, recent: ENDED, coverage: fleet(() => 0), cells: [] },
  collectorGap: {
    ...NOW,
    coverage: fleet((_region, _asn, known) => Math.min(known, 1)).slice(0, 2),
    cells: findings().slice(0, 12),
    ownLine: null,
  },
} satisfies Record<string, NowView>;
