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
      says: "target and control are fetched by one program within half a minute of each other",
      scores: { "probe update": -4, "collector fault": -5 },
    },
  ]);
}

/** What the pairs themselves show of line and limit. */
function pairRows({ near, steadyControl, capped }: ThrottleEvidence): ThrottleRow[] {
  const rows: ThrottleRow[] = [
    near
      ? {
          says: "the control at the same address, or beside it, is not slow: a full line slows both",
          scores: { "ISP fault": -3, "ordered cut": 3, "transit filter abroad": 2, "site fault": -1 },
        }
      : {
          says: "the control stands elsewhere: its way may be another one",
          scores: { "ISP fault": 0, "ordered cut": 1 },
        },
  ];
  if (steadyControl === true)
    rows.push({ says: "the control kept the speed it had before", scores: { "ISP fault": -2, "ordered cut": 1 } });
  if (capped === true)
    rows.push({
      says: "the target comes at about one speed on lines of very different speed, as behind a limit",
      scores: { "ordered cut": 2, "transit filter abroad": 2, "site fault": -1, DDoS: -2, "ISP fault": -1 },
    });
  else if (capped === false)
    rows.push({
      says: "the target's speed varies from line to line as the control's does",
      scores: { "ordered cut": 0 },
    });
  return rows;
}

function scopeRows({ witnesses, asns, owners, openElsewhere }: ThrottleEvidence): ThrottleRow[] {
  const rows: ThrottleRow[] = [
    { says: `${about(witnesses)} probes saw it independently`, scores: { "single probe": -5 } },
  ];
  if (owners >= 2)
    rows.push({
      says: `${about(asns)} networks of ${about(owners)} owners at once`,
      scores: { "ISP fault": -4, "ordered cut": 1, "transit filter abroad": 1 },
    });
  else if (openElsewhere > 0)
    rows.push({
      says: `one owner's networks only; on ${about(openElsewhere)} others it was not slow meanwhile`,
      scores: { "ISP fault": 1, "site fault": -3, DDoS: -3, "transit filter abroad": -1 },
    });
  else rows.push({ says: "one owner's networks; nobody sampled it on others", scores: { "ISP fault": 1 } });
  return rows;
}

const RESTLESS = 0.2;
const FEW_LOOKS = 3;

function siteRows({ controlled, site: { looks, errors, turns } }: ThrottleEvidence): ThrottleRow[] {
  const rows: ThrottleRow[] = [
    controlled
      ? {
          says: "control probes got the site at its usual speed in the same hours",
          scores: { "site fault": -4, DDoS: -3, "ordered cut": 1 },
        }
      : {
          says: "no control probe sampled the site's speed in the same hours",
          scores: { "site fault": 0, DDoS: 0 },
        },
  ];
  if (looks < FEW_LOOKS) return rows;
  if ((turns + errors) / looks > RESTLESS)
    rows.push({
      says: "for controls the site came and went, or answered with errors of its own",
      scores: { DDoS: 3, "site fault": 2, "ordered cut": -1 },
    });
  else rows.push({ says: "for controls the site was steadily there", scores: { DDoS: -2, "site fault": -1 } });
  return rows;
}

function wayRows({ filteredAbroad, hostedInside }: ThrottleEvidence): ThrottleRow[] {
  if (hostedInside)
    return [
      {
        says: "the site stands in the country: the way to it leads through no other",
        scores: { "transit filter abroad": -10 },
      },
    ];
  const score = filteredAbroad ? 2 : -2;
  const where = "on record as filtered in a country through which the way leads";
  return [{ says: `the name is ${filteredAbroad ? "" : "not "}${where}`, scores: { "transit filter abroad": score } }];
}
