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
        says: "hosted-inside",
        scores: { "transit filter abroad": -10 },
      },
    ];
  const listed: BlockRow = filteredAbroad
    ? {
        says: "on-transit-list",
        scores: { "transit filter abroad": 2 },
      }
    : { says: "not-on-transit-list", scores: { "transit filter abroad": -3 } };
  return [listed, foreignRow(foreign, others)];
}

/** Whether names that only a filter abroad blocks fail together with it, while others pass. */
function foreignRow(foreign: BlockEvidence["foreign"], others: BlockEvidence["others"]): BlockRow {
  const [known, rest] = [foreign.failed + foreign.passed, others.failed + others.passed];
  if (known < FEW) return { says: "no-transit-names", scores: { "transit filter abroad": 0 } };
  const share = foreign.failed / known;
  if (share >= TOGETHER && foreign.names.size >= FEW_NAMES && (rest === 0 || others.failed / rest <= share / 2))
    return {
      says: "transit-names-fail",
      scores: { "transit filter abroad": 5, "ordered cut": -3, "site fault": -3 },
    };
  if (share <= APART)
    return {
      says: "transit-names-pass",
      scores: { "transit filter abroad": -4 },
    };
  return { says: "transit-names-mixed", scores: { "transit filter abroad": 0 } };
}

/** So few hops end inside the provider's own network; so many reach beyond the border. */
const NEAR = 5;
const FAR = 10;

function hopRows({ hops }: BlockEvidence): BlockRow[] {
  if (hops === null) return [];
  if (hops <= NEAR)
    return [
      {
        says: { code: "dns-hops-near", counts: { hops } },
        scores: { "ordered cut": 2, "transit filter abroad": -3 },
      },
    ];
  const far = hops >= FAR ? 1 : 0;
  return [{ says: { code: "dns-hops", counts: { hops } }, scores: { "transit filter abroad": far } }];
}

function softwareRows({ software }: BlockEvidence): BlockRow[] {
  if (software === null) return [{ says: "software-unknown", scores: { "probe update": 0 } }];
  if (software.only)
    return [
      {
        says: software.since ? "software-just-updated" : "software-one-version",
        scores: {
          "probe update": software.since ? 6 : 4,
          "ordered cut": -3,
          "transit filter abroad": -3,
          "ISP fault": -2,
        },
      },
    ];
  if (software.shared) return [{ says: "software-shared", scores: { "probe update": -4 } }];
  return [{ says: "software-several", scores: { "probe update": -4 } }];
}
