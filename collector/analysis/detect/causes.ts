import type { CAUSES, Cause } from "../../../protocol/incident.ts";
import { sorted } from "../incidents/text.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Degree } from "./extent.ts";
import { isConfirmed, type Loss } from "./loss.ts";

type Rival = (typeof CAUSES)[number];
const RIVALS = [
  "ordered cut",
  "ISP fault",
  "power cut",
  "collector fault",
  "single probe",
  "probe update",
] as const satisfies readonly Rival[];
type Scores = Partial<Record<(typeof RIVALS)[number], number>>;
/** One kind of evidence: what it says, and the log-odds it adds to each cause. */
type Row = { says: string; scores: Scores };

/** What the causes are weighed on. */
export type LossEvidence = {
  losses: readonly Loss[];
  /** Probes of the same regions that stayed. */
  stayed: readonly { access: string | null }[];
  extent: Degree | null;
  controls: { known: number; lost: number };
};

/** Scores from which a cause is called supported, or contradicted. */
const SUPPORTED = 3;
const CONTRADICTED = -2;

/**
 * Rival causes of a loss, best first. Log-odds are those of the cause table of docs/method.md; rows of ours: networks
 * under one owner count as half-way between one and two, one network in one city is as likely its own fault, and
 * software that came back changed on the same boot was updated.
 */
export function weighCauses(evidence: LossEvidence, knowledge: Knowledge): Cause[] {
  const rows = [
    ...sentinelRows(evidence),
    ...scopeRows(evidence, knowledge),
    ...journalRows(evidence),
    ...extentRows(evidence),
    ...mediumRows(evidence),
  ];
  return RIVALS.map((cause) => weigh(cause, rows)).sort((a, b) => b.score - a.score);
}

/** Whether an ordered cut leads all other causes. */
export function isOrderedLeading(causes: readonly Cause[]): boolean {
  const ordered = causes.find(({ cause }) => cause === "ordered cut")?.score ?? 0;
  return causes.every(({ cause, score }) => cause === "ordered cut" || score < ordered);
}

function weigh(cause: (typeof RIVALS)[number], rows: readonly Row[]): Cause {
  const telling = rows.filter(({ scores }) => (scores[cause] ?? 0) !== 0);
  const score = telling.reduce((sum, { scores }) => sum + (scores[cause] ?? 0), 0);
  const verdict = score >= SUPPORTED ? "supported" : score <= CONTRADICTED ? "contradicted" : "untestable";
  const because = telling.map(({ says, scores }) => `${signed(scores[cause] ?? 0)}: ${says}`);
  return { cause, score, verdict, because };
}

function sentinelRows({ controls, losses }: LossEvidence): Row[] {
  const well = losses.filter(({ wellDuring }) => wellDuring > 0).length;
  const rows: Row[] = [];
  if (controls.known > 0 && controls.lost * 2 >= controls.known)
    rows.push({
      says: "probes abroad were lost to the collector too",
      scores: { "collector fault": 6, "ordered cut": -3, "ISP fault": -3, "power cut": -3, "single probe": -3 },
    });
  else if (controls.known > 0)
    rows.push({ says: "probes abroad stayed in touch with the collector", scores: { "collector fault": -3 } });
  if (well * 2 >= losses.length)
    rows.push({
      says: "the probes' own journals say that their lines were well",
      scores: { "collector fault": 4, "ordered cut": -4, "ISP fault": -4, "power cut": -4 },
    });
  return rows;
}

function scopeRows({ losses }: LossEvidence, knowledge: Knowledge): Row[] {
  const asns = sorted(losses.map(({ probe }) => probe.asn));
  const owners = new Set(asns.map((asn) => knowledge.networks.get(asn)?.group ?? `AS${asn}`)).size;
  const regions = new Set(losses.map(({ probe }) => probe.region)).size;
  const many: Row = { says: `${losses.length} probes were lost together`, scores: { "single probe": -5 } };
  if (regions >= 2 && asns.length >= 2)
    return [
      many,
      {
        says: `${asns.length} networks in ${regions} regions`,
        scores: { "ordered cut": 2, "ISP fault": owners > 1 ? -4 : 1, "power cut": -4 },
      },
    ];
  if (regions >= 2)
    return [
      many,
      { says: `one network in ${regions} regions`, scores: { "ISP fault": 3, "ordered cut": -1, "power cut": -4 } },
    ];
  if (owners >= 2)
    return [
      many,
      { says: `${asns.length} networks in one region`, scores: { "ordered cut": 2, "ISP fault": -4, "power cut": 1 } },
    ];
  if (asns.length >= 2)
    return [
      many,
      { says: "networks of one owner in one region", scores: { "ordered cut": 1, "ISP fault": -1, "power cut": 1 } },
    ];
  return [many, { says: "one network in one region", scores: { "ISP fault": 1, "ordered cut": -1 } }];
}

function journalRows({ losses }: LossEvidence): Row[] {
  const heard = losses.filter((loss) => isConfirmed(loss) || loss.sameBootAt !== null);
  if (heard.length === 0) return [];
  const share = (wanted: (loss: Loss) => boolean) => heard.filter(wanted).length / heard.length;
  const rows: Row[] = [];
  if (share(({ rebooted }) => rebooted) >= 0.5)
    rows.push({
      says: "hosts started anew: their power was gone",
      scores: { "power cut": 5, "ordered cut": -4, "ISP fault": -3, "collector fault": -3 },
    });
  else if (share(({ rebooted, gatewayUp }) => !rebooted && gatewayUp) >= 0.5)
    rows.push({
      says: "hosts and their gateways stayed up, the way beyond was gone",
      scores: { "power cut": -5, "ordered cut": 3, "ISP fault": 2, "collector fault": -3, "single probe": 1 },
    });
  else if (share(({ rebooted, sameBootAt }) => !rebooted && sameBootAt !== null) >= 0.5)
    rows.push({ says: "hosts stayed up", scores: { "power cut": -3 } });
  rows.push(
    share(({ updated }) => updated) >= 0.5
      ? {
          says: "the program came back in another version on the same boot",
          scores: { "probe update": 5, "ordered cut": -3, "power cut": -3 },
        }
      : { says: "the program was not replaced", scores: { "probe update": -3 } },
  );
  return rows;
}

const EXTENT_ROWS: Readonly<Record<Degree, Row | null>> = {
  total: null,
  "dns-only": null,
  "domestic-only": {
    says: "sites inside the country stayed open, those abroad not",
    scores: { "power cut": -5, "collector fault": -4, "ISP fault": 1, "ordered cut": 3, "single probe": -2 },
  },
  whitelist: {
    says: "only names of the white list stayed open",
    scores: { "power cut": -6, "collector fault": -5, "ISP fault": -2, "ordered cut": 5, "single probe": -3 },
  },
  "partial-port": {
    says: "some ports passed, that of the web did not",
    scores: { "power cut": -6, "collector fault": -4, "ISP fault": -1, "ordered cut": 4, "single probe": -2 },
  },
};

function extentRows({ extent }: LossEvidence): Row[] {
  const row = extent === null ? null : EXTENT_ROWS[extent];
  return row === null ? [] : [row];
}

function mediumRows({ losses, stayed }: LossEvidence): Row[] {
  const mobile = losses.every(({ probe }) => probe.access === "mobile");
  const fixed = losses.every(({ probe }) => probe.access === "fixed");
  if (mobile && stayed.some(({ access }) => access === "fixed"))
    return [
      {
        says: "mobile lines were lost, fixed ones beside them stayed",
        scores: { "ordered cut": 2, "power cut": -2, "collector fault": -3, "single probe": -2 },
      },
    ];
  if (fixed && stayed.some(({ access }) => access === "mobile"))
    return [
      {
        says: "fixed lines were lost, mobile ones beside them stayed",
        scores: { "power cut": 3, "collector fault": -3 },
      },
    ];
  return [];
}

function signed(score: number): string {
  return score > 0 ? `+${score}` : String(score);
}
