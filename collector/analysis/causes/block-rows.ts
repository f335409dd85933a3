import type { BlockEvidence, BlockRow } from "./block-evidence.ts";
import { about } from "./weigh.ts";

/**
 * Rows of the cause table of blocks: each is a prediction that the rivals make differently, held against the records. Scores
 * are log-odds; that of a paired test and of a control are from the detection notes (graded votes), all others are ours.
 */
export function blockRows(evidence: BlockEvidence): BlockRow[] {
  const rows: (BlockRow | null)[] = [
    witnessRow(evidence),
    ...nameRows(evidence),
    siteRow(evidence),
    placeRow(evidence),
    ...unrestRows(evidence),
    alikeRow(evidence),
    steadyRow(evidence),
    scopeRow(evidence),
    {
      says: "step-recorded",
      scores: { "collector fault": -5 },
    },
  ];
  return rows.filter((row) => row !== null);
}

function witnessRow({ witnesses }: BlockEvidence): BlockRow {
  if (witnesses < 2) return { says: "one-probe", scores: { "single probe": 1, "ordered cut": -1 } };
  return { says: { code: "probes-saw", counts: { probes: about(witnesses) } }, scores: { "single probe": -5 } };
}

/** One in so many of those who see it must have brought proof: a lost packet makes one now and then. */
const PROVED_BY = 3;

/** Whether it depends on the name: a fault of line or server does not. */
function nameRows({ witnesses, proofs, certain, authority }: BlockEvidence): BlockRow[] {
  const rows: BlockRow[] = [];
  if (authority === "foreign")
    rows.push({
      says: "foreign-page",
      scores: { "transit filter abroad": 6, "ordered cut": -4, "site fault": -4, DDoS: -4, "ISP fault": -4 },
    });
  else if (certain > 0 || authority === "own")
    rows.push({
      says: "page-on-record",
      scores: {
        ...{ "ordered cut": 5, "transit filter abroad": -3, "site fault": -6, DDoS: -6, "ISP fault": -4 },
        "probe update": -5,
      },
    });
  else if (proofs * PROVED_BY >= witnesses)
    rows.push({
      says: "name-alone",
      scores: {
        ...{ "ordered cut": 3, "transit filter abroad": 3, "ISP fault": -4.6, "site fault": -3, DDoS: -3 },
        "probe update": -2,
      },
    });
  else
    rows.push({
      says: proofs > 0 ? "few-paired-tests" : "no-paired-test",
      scores: { "ordered cut": 0, "ISP fault": 0, "transit filter abroad": 0 },
    });
  return rows;
}

/** Shares of a control's looks that found the site ill: hardly any, some, half. */
const HARDLY = 0.05;
const SOME = 0.2;
const HALF = 0.5;
const FEW_LOOKS = 3;

/** What controls found meanwhile. */
function siteRow({ site: { looks, ill, errors } }: BlockEvidence): BlockRow {
  if (looks < FEW_LOOKS) return { says: "hardly-any-control", scores: { "site fault": 0, DDoS: 0 } };
  const share = (ill + errors) / looks;
  if (share <= HARDLY)
    return {
      says: { code: "controls-reached", counts: { looks: about(looks) } },
      scores: { "site fault": -4.6, DDoS: -3, "ordered cut": 2, "transit filter abroad": 2, "ISP fault": 1 },
    };
  if (share <= SOME)
    return { says: "controls-mostly-reached", scores: { "site fault": -2, DDoS: -1, "ordered cut": 1 } };
  if (share <= HALF) return { says: "controls-often-failed", scores: { DDoS: 2, "ordered cut": -1 } };
  return {
    says: "controls-mostly-failed",
    scores: { "site fault": 3, DDoS: 2, "ordered cut": -3 },
  };
}

/** A part of the site's own servers, or its way there, may fail for some places abroad as well: a region of a CDN. */
function placeRow({ site: { controls, without } }: BlockEvidence): BlockRow | null {
  if (without === 0 || without === controls) return null;
  return {
    says: { code: "some-controls-failed", counts: { without, controls } },
    scores: { "site fault": 3, "ordered cut": -2, "transit filter abroad": -1 },
  };
}

const RESTLESS = 0.2;
const ERRORS = 0.1;
const MANY_LOOKS = 10;

/** An overloaded site comes and goes, and answers with errors of its own. */
function unrestRows({ site: { looks, errors, turns } }: BlockEvidence): BlockRow[] {
  if (looks < FEW_LOOKS) return [];
  const rows: BlockRow[] = [];
  if (turns / looks > RESTLESS)
    rows.push({
      says: "controls-came-and-went",
      scores: { DDoS: 3, "site fault": 1, "ordered cut": -1, "transit filter abroad": -1 },
    });
  if (errors / looks > ERRORS)
    rows.push({
      says: "controls-got-errors",
      scores: { DDoS: 2, "site fault": 2, "ordered cut": -1 },
    });
  else if (looks >= MANY_LOOKS) rows.push({ says: "controls-got-no-error", scores: { DDoS: -1 } });
  return rows;
}

const NEARLY_ALWAYS = 0.9;
const OFTEN = 0.75;

function alikeRow({ alike }: BlockEvidence): BlockRow | null {
  if (alike >= NEARLY_ALWAYS)
    return {
      says: "alike",
      scores: { "ordered cut": 1, "transit filter abroad": 1, DDoS: -2, "ISP fault": -1 },
    };
  if (alike >= OFTEN) return null;
  return { says: "unlike", scores: { "ordered cut": -1, DDoS: 1, "ISP fault": 1 } };
}

const STEADY = 0.95;
const FLAPPING = 0.7;
const FEW_VOTES = 6;

function steadyRow({ steady: { share, votes } }: BlockEvidence): BlockRow | null {
  if (votes < FEW_VOTES) return null;
  if (share >= STEADY)
    return {
      says: "never-let-through",
      scores: { "ordered cut": 1, "transit filter abroad": 1, DDoS: -2, "site fault": -1 },
    };
  if (share >= FLAPPING) return null;
  return {
    says: "let-through-at-times",
    scores: { "ordered cut": -1, DDoS: 1, "ISP fault": 1 },
  };
}

/** On how many networks, and of how many owners: networks behind one backbone are no independent witnesses. */
function scopeRow({ asns, owners, openElsewhere }: BlockEvidence): BlockRow {
  if (owners >= 2)
    return {
      says: {
        code: owners < asns ? "networks-sharing-owners" : "networks-of-owners",
        counts: { networks: about(asns), owners: about(owners) },
      },
      scores: { "ISP fault": -4, "ordered cut": 2, "transit filter abroad": 1 },
    };
  if (openElsewhere > 0)
    return {
      says: {
        code: asns >= 2 ? "owner-open-elsewhere" : "network-open-elsewhere",
        counts: { others: about(openElsewhere) },
      },
      scores: { "ISP fault": 1, "ordered cut": -1, "transit filter abroad": -1 },
    };
  return {
    says: asns >= 2 ? "owner-unmeasured-elsewhere" : "network-unmeasured-elsewhere",
    scores: { "ISP fault": 1 },
  };
}
