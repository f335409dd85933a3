import type { Cause } from "../../../protocol/incident.ts";
import type { Weather } from "./site-weather.ts";
import { about, type Row, weigh } from "./weigh.ts";

/** Causes that a throttle can have. `ordered cut` stands for a limit in the country's own networks. */
const THROTTLE_RIVALS = [
  "ordered cut",
  "transit filter abroad",
  "ISP fault",
  "site fault",
  "DDoS",
  "probe update",
  "collector fault",
  "single probe",
] as const;
type ThrottleRow = Row<(typeof THROTTLE_RIVALS)[number]>;

/** What the causes of a throttle are weighed on. */
export type ThrottleEvidence = {
  witnesses: number;
  asns: number;
  owners: number;
  /** Networks on which the same target was sampled meanwhile and not slow. */
  openElsewhere: number;
  /** Every control is the target's neighbour: at its address, or beside it. */
  near: boolean;
  /** Control probes sampled the target's speed and found it as usual. */
  controlled: boolean;
  /** The control kept the speed it had before; null where no time before is known. */
  steadyControl: boolean | null;
  /** One speed for the target whatever the line's own; null where too few probes tell. */
  capped: boolean | null;
  filteredAbroad: boolean;
  hostedInside: boolean;
  site: Weather;
};

/**
 * Rival causes of a throttle, best first. That congestion slows both sides of a pair and a limit does not, and that a limit
 * leaves one speed on all lines, is from the detection notes (sections 3 and 7.4); the scores are ours.
 */
export function weighThrottle(evidence: ThrottleEvidence): Cause[] {
  return weigh(THROTTLE_RIVALS, [
    ...pairRows(evidence),
    ...scopeRows(evidence),
    ...siteRows(evidence),
    ...wayRows(evidence),
    {
      says: "fetched-together",
      scores: { "probe update": -4, "collector fault": -5 },
    },
  ]);
}

/** What the pairs themselves show of line and limit. */
function pairRows({ near, steadyControl, capped }: ThrottleEvidence): ThrottleRow[] {
  const rows: ThrottleRow[] = [
    near
      ? {
          says: "pair-near",
          scores: { "ISP fault": -3, "ordered cut": 3, "transit filter abroad": 2, "site fault": -1 },
        }
      : {
          says: "pair-far",
          scores: { "ISP fault": 0, "ordered cut": 1 },
        },
  ];
  if (steadyControl === true) rows.push({ says: "control-speed-kept", scores: { "ISP fault": -2, "ordered cut": 1 } });
  if (capped === true)
    rows.push({
      says: "one-speed",
      scores: { "ordered cut": 2, "transit filter abroad": 2, "site fault": -1, DDoS: -2, "ISP fault": -1 },
    });
  else if (capped === false)
    rows.push({
      says: "speed-varies",
      scores: { "ordered cut": 0 },
    });
  return rows;
}

function scopeRows({ witnesses, asns, owners, openElsewhere }: ThrottleEvidence): ThrottleRow[] {
  const rows: ThrottleRow[] = [
    { says: { code: "probes-saw", counts: { probes: about(witnesses) } }, scores: { "single probe": -5 } },
  ];
  if (owners >= 2)
    rows.push({
      says: { code: "networks-of-owners", counts: { networks: about(asns), owners: about(owners) } },
      scores: { "ISP fault": -4, "ordered cut": 1, "transit filter abroad": 1 },
    });
  else if (openElsewhere > 0)
    rows.push({
      says: { code: "owner-not-slow-elsewhere", counts: { others: about(openElsewhere) } },
      scores: { "ISP fault": 1, "site fault": -3, DDoS: -3, "transit filter abroad": -1 },
    });
  else rows.push({ says: "owner-unsampled-elsewhere", scores: { "ISP fault": 1 } });
  return rows;
}

const RESTLESS = 0.2;
const FEW_LOOKS = 3;

function siteRows({ controlled, site: { looks, errors, turns } }: ThrottleEvidence): ThrottleRow[] {
  const rows: ThrottleRow[] = [
    controlled
      ? {
          says: "controls-usual-speed",
          scores: { "site fault": -4, DDoS: -3, "ordered cut": 1 },
        }
      : {
          says: "controls-no-speed",
          scores: { "site fault": 0, DDoS: 0 },
        },
  ];
  if (looks < FEW_LOOKS) return rows;
  if ((turns + errors) / looks > RESTLESS)
    rows.push({
      says: "controls-uneven",
      scores: { DDoS: 3, "site fault": 2, "ordered cut": -1 },
    });
  else rows.push({ says: "controls-steady", scores: { DDoS: -2, "site fault": -1 } });
  return rows;
}

function wayRows({ filteredAbroad, hostedInside }: ThrottleEvidence): ThrottleRow[] {
  if (hostedInside)
    return [
      {
        says: "hosted-inside",
        scores: { "transit filter abroad": -10 },
      },
    ];
  const score = filteredAbroad ? 2 : -2;
  return [
    { says: filteredAbroad ? "on-transit-list" : "not-on-transit-list", scores: { "transit filter abroad": score } },
  ];
}
