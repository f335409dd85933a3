import type { BlockEvidence, BlockRow } from "./block-evidence.ts";

/**
 * Rows that tell a filter of this country from one on the way through another, and from a fault of our own program. All
 * of them are ours; names filtered abroad as a group of controls are from the detection notes, 5.4.
 */
export function originRows(evidence: BlockEvidence): BlockRow[] {
  return [...transitRows(evidence), ...hopRows(evidence), ...softwareRows(evidence)];
}

/** Names that must fail together, looks that must have been made, and shares that make them fail, or pass, together. */
const FEW_NAMES = 2;
const FEW = 3;
const TOGETHER = 0.6;
const APART = 0.1;

function transitRows({ hostedInside, filteredAbroad, foreign, others }: BlockEvidence): BlockRow[] {
  if (hostedInside)
    return [
      {
        says: "the site stands in the country: the way to it leads through no other",
        scores: { "transit filter abroad": -10 },
      },
    ];
  const listed: BlockRow = filteredAbroad
    ? {
        says: "the name is on record as filtered in a country through which the way leads",
        scores: { "transit filter abroad": 2 },
      }
    : { says: "the name is not on record as filtered on the way", scores: { "transit filter abroad": -3 } };
  return [listed, foreignRow(foreign, others)];
}

/** Whether names that only a filter abroad blocks fail together with it, while others pass. */
function foreignRow(foreign: BlockEvidence["foreign"], others: BlockEvidence["others"]): BlockRow {
  const [known, rest] = [foreign.failed + foreign.passed, others.failed + others.passed];
  if (known < FEW)
    return { says: "no other names filtered on the way were measured", scores: { "transit filter abroad": 0 } };
  const share = foreign.failed / known;
  if (share >= TOGETHER && foreign.names.size >= FEW_NAMES && (rest === 0 || others.failed / rest <= share / 2))
    return {
      says: "other names filtered on the way fail for the same probes, names that are not filtered there pass",
      scores: { "transit filter abroad": 5, "ordered cut": -3, "site fault": -3 },
    };
  if (share <= APART)
    return {
      says: "other names filtered on the way pass for the same probes",
      scores: { "transit filter abroad": -4 },
    };
  return { says: "some names filtered on the way fail, others pass", scores: { "transit filter abroad": 0 } };
}

/** So few hops end inside the provider's own network; so many reach beyond the border. */
const NEAR = 5;
const FAR = 10;

function hopRows({ hops }: BlockEvidence): BlockRow[] {
  if (hops === null) return [];
  if (hops <= NEAR)
    return [
      {
        says: `the false answer of DNS came from ${hops} hops away: too near for another country`,
        scores: { "ordered cut": 2, "transit filter abroad": -3 },
      },
    ];
  const far = hops >= FAR ? 1 : 0;
  return [{ says: `the false answer of DNS came from ${hops} hops away`, scores: { "transit filter abroad": far } }];
}

function softwareRows({ software }: BlockEvidence): BlockRow[] {
  if (software === null) return [{ says: "what software the probes run is not known", scores: { "probe update": 0 } }];
  if (software.only)
    return [
      {
        says: software.since
          ? "only probes that had just been updated see it; those of other versions beside them do not"
          : "only probes of one version see it; those of other versions beside them do not",
        scores: {
          "probe update": software.since ? 6 : 4,
          "ordered cut": -3,
          "transit filter abroad": -3,
          "ISP fault": -2,
        },
      },
    ];
  if (software.shared)
    return [{ says: "probes or controls of the same version do not see it", scores: { "probe update": -4 } }];
  return [{ says: "probes of several versions see it", scores: { "probe update": -4 } }];
}
